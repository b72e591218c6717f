using System.Buffers;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>Answers an iq that a client may send before it has logged in (in-band registration, XEP-0077 section 3.1).</summary>
public interface IPreLoginHandler
{
    /// <summary>Whether a payload is this handler's. Any other iq before login ends the stream with not-authorized.</summary>
    bool Handles(ElementView payload);

    /// <summary>Answers one request by writing one iq of type result or error to <see cref="PreLoginRequest.Output"/>. Called for any number of requests a stream.</summary>
    ValueTask HandleAsync(PreLoginRequest request, CancellationToken cancellationToken);
}

/// <summary>An iq of type get or set, with an id and one payload, from a stream that has not logged in.</summary>
public sealed class PreLoginRequest
{
    internal PreLoginRequest(Stanza stanza, IBufferWriter<byte> output, string peerAddress, bool isSecure)
    {
        Stanza = stanza;
        Output = output;
        PeerAddress = peerAddress;
        IsSecure = isSecure;
    }

    /// <summary>The request. The lease is the caller's.</summary>
    public Stanza Stanza { get; }

    /// <summary>Where the answer goes.</summary>
    public IBufferWriter<byte> Output { get; }

    /// <summary>The client's network address, to limit attempts by; never shown to other users.</summary>
    public string PeerAddress { get; }

    /// <summary>Whether the channel is encrypted, or never leaves this machine.</summary>
    public bool IsSecure { get; }
}
