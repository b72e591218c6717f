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
/// <param name="UniqueBinding">Channel binding data of type tls-unique; empty where the platform gives none.</param>
/// <param name="IsUniqueDefined">The version of TLS is one for which tls-unique is defined (1.2).</param>
/// <param name="AllowsBinding">The policy lets PLUS mechanisms be offered.</param>
internal readonly record struct SaslChannel(
    bool IsSecure,
    bool AllowsPlain,
    ReadOnlyMemory<byte> ServerEndPointBinding,
    ReadOnlyMemory<byte> UniqueBinding = default,
    bool IsUniqueDefined = false,
    bool AllowsBinding = true)
{
    // RFC 5929 4: works with every version of TLS, and XEP-0440 section 3 wants it wherever there is any.
    private const string ServerEndPoint = "tls-server-end-point";

    // RFC 5929 3: defined, and told to clients, for TLS 1.2 only. COMPAT slixmpp 1.8: it binds to tls-unique whatever the version of TLS; it is taken over
    // TLS 1.3 as well, where both ends have the same bytes for it, because refusing pushes such clients down to PLAIN.
    // The successor tls-exporter (RFC 9266) needs keys that the platform does not hand out.
    private const string Unique = "tls-unique";

    /// <summary>Whether PLUS mechanisms can be used.</summary>
    public bool CanBind => AllowsBinding && !ServerEndPointBinding.IsEmpty;

    /// <summary>The types of channel binding that XEP-0440 lets clients know; none where PLUS is not offered.</summary>
    public IEnumerable<string> BindingTypes
    {
        get
        {
            if (!CanBind)
                yield break;
            if (IsUniqueDefined && !UniqueBinding.IsEmpty)
                yield return Unique;
            yield return ServerEndPoint;
        }
    }

    /// <summary>The data of a type of channel binding; empty when it cannot be used here.</summary>
    public ReadOnlyMemory<byte> BindingOf(string? type) => type switch
    {
        _ when !CanBind => default,
        ServerEndPoint => ServerEndPointBinding,
        Unique => UniqueBinding,
        _ => default,
    };
}
