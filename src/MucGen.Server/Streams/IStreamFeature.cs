using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>Something that <c>&lt;stream:features/&gt;</c> announces and that is no step of the negotiation itself (RFC 6120 4.3.2).</summary>
public interface IStreamFeature
{
    /// <summary>Writes the feature's element for this stage and channel, or nothing.</summary>
    void Write(ref XmppWriter writer, in StreamStage stage);
}

/// <summary>How far a stream's negotiation is.</summary>
/// <param name="IsAuthenticated">The client has logged in; what follows is binding.</param>
/// <param name="IsSecure">The channel is encrypted, or never leaves this machine.</param>
public readonly record struct StreamStage(bool IsAuthenticated, bool IsSecure);
