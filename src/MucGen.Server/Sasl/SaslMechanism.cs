using MucGen.Server.Storage;

namespace MucGen.Server.Sasl;

/// <summary>A mechanism this server knows.</summary>
/// <param name="Name">Its registered name.</param>
/// <param name="Hash">The hash function of a SCRAM mechanism; null for PLAIN.</param>
/// <param name="BindsChannel">Whether it is a PLUS variant.</param>
internal sealed record SaslMechanism(string Name, ScramHash? Hash, bool BindsChannel)
{
    /// <summary>All of them, the strongest first: the order in which they are offered (RFC 6120 6.4.1).</summary>
    public static IReadOnlyList<SaslMechanism> All { get; } =
    [
        new("SCRAM-SHA-256-PLUS", ScramHash.Sha256, BindsChannel: true),
        new("SCRAM-SHA-256", ScramHash.Sha256, BindsChannel: false),
        new("SCRAM-SHA-1-PLUS", ScramHash.Sha1, BindsChannel: true),
        new("SCRAM-SHA-1", ScramHash.Sha1, BindsChannel: false),
        new("PLAIN", null, BindsChannel: false),
    ];

    /// <summary>Whether the mechanism sends the password itself.</summary>
    public bool IsPlain => Hash is null;

    /// <summary>What a channel is offered: PLUS only with binding data, PLAIN only where nobody listens in and the policy allows it.</summary>
    public static IEnumerable<SaslMechanism> OfferedOn(SaslChannel channel) => All.Where(mechanism => mechanism.IsOfferedOn(channel));

    /// <summary>Whether this mechanism is offered on a channel.</summary>
    public bool IsOfferedOn(SaslChannel channel) =>
        (!BindsChannel || channel.CanBind) && (!IsPlain || (channel.IsSecure && channel.AllowsPlain));
}

/// <summary>What the channel below a login is worth.</summary>
/// <param name="IsSecure">Encrypted, or never leaving this machine.</param>
/// <param name="AllowsPlain">The policy lets PLAIN be used on secure channels.</param>
/// <param name="ServerEndPointBinding">Channel binding data of type tls-server-end-point; empty without TLS.</param>
/// <param name="UniqueBinding">Channel binding data of type tls-unique; empty when the platform gives none.</param>
internal readonly record struct SaslChannel(
    bool IsSecure, bool AllowsPlain, ReadOnlyMemory<byte> ServerEndPointBinding, ReadOnlyMemory<byte> UniqueBinding = default)
{
    /// <summary>Whether PLUS mechanisms can be used.</summary>
    public bool CanBind => !ServerEndPointBinding.IsEmpty;
}
