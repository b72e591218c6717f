using MucGen.Server.Configuration;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>What clients' streams may cost and how long they may take. Set once at start; every limit ends in an error that names it.</summary>
internal sealed record StreamPolicy
{
    /// <summary>Limits of a stanza once the client has logged in: policy-violation.</summary>
    public XmlLimits Stanzas { get; init; } = XmlLimits.Default;

    /// <summary>Limits of anything sent before: a stranger needs little.</summary>
    public XmlLimits BeforeLogin { get; init; } = new(MaxStanzaBytes: 10_000, MaxDepth: 8, MaxAttributes: 32, MaxChildren: 128);

    /// <summary>How long the negotiation may take; each answered pre-login request starts it anew: connection-timeout.</summary>
    public TimeSpan NegotiationTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a bound client may be silent before it is asked for a sign of life (RFC 6120 4.6.4 advises at least 5 minutes).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it may then take to answer: connection-timeout.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take none of the bytes that wait for it; then the connection is dropped.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client has to close after the server did (RFC 6120 4.4).</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that may wait for a slow client; with one more stanza it loses its session: resource-constraint.</summary>
    public int MaxPendingBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Requests that a stream may see before login, of which each starts the negotiation's time anew: policy-violation after the last.</summary>
    public int MaxRequestsBeforeLogin { get; init; } = 1000;

    /// <summary>Failed logins a stream may see: policy-violation after the last (RFC 6120 6.4.5 advises 2 to 5).</summary>
    public int MaxLoginAttempts { get; init; } = 5;

    /// <summary>Wrong passwords from one network address, other than this machine, in <see cref="FailurePeriod"/>; then temporary-auth-failure (RFC 6120 6.5.10).</summary>
    public int MaxFailuresPerAddress { get; init; } = 100;

    /// <summary>How long wrong passwords of an address are counted, from the first one on.</summary>
    public TimeSpan FailurePeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes that a bound client may send in a second, on the average; beyond, reading waits. 0: no limit.</summary>
    public int MaxBytesPerSecond { get; init; }

    /// <summary>Stanzas that a bound client may send in a second, on the average; beyond, reading waits. 0: no limit.</summary>
    public int MaxStanzasPerSecond { get; init; }

    /// <summary>Failed resource bindings a stream may see: policy-violation after the last.</summary>
    public int MaxBindAttempts { get; init; } = 10;

    /// <summary>Sessions an account may have at once: resource-constraint on binding.</summary>
    public int MaxSessionsPerAccount { get; init; } = 20;

    /// <summary>Connections in all: resource-constraint.</summary>
    public int MaxConnections { get; init; } = 100_000;

    /// <summary>Connections from one network address, other than this machine: policy-violation.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 200;

    /// <summary>Whether clients on this machine must encrypt as well before they log in; all others must anyway.</summary>
    public bool RequireTlsOnLoopback { get; init; }

    /// <summary>Whether PLAIN is offered on channels where nobody listens in: TLS, and loopback.</summary>
    public bool AllowPlain { get; init; } = true;

    /// <summary>Whether the PLUS mechanisms are offered over TLS. Who says "y" is refused then, for it was lied to (RFC 5802 6).</summary>
    public bool OfferChannelBinding { get; init; } = true;

    /// <summary>What the operator configured.</summary>
    public static StreamPolicy From(MucGenOptions options) => new()
    {
        Stanzas = new XmlLimits(options.Limits.MaxStanzaBytes, options.Limits.MaxDepth, options.Limits.MaxAttributes, options.Limits.MaxElements),
        BeforeLogin = new XmlLimits(options.Limits.MaxStanzaBytesBeforeLogin, MaxDepth: 8, MaxAttributes: 32, MaxChildren: 128),
        NegotiationTimeout = options.Limits.NegotiationTime,
        IdleTimeout = options.Limits.IdleTime,
        MaxPendingBytes = options.Limits.MaxOutboxBytes,
        MaxLoginAttempts = options.Login.MaxAttempts,
        MaxFailuresPerAddress = options.Login.MaxFailuresPerAddress,
        FailurePeriod = options.Login.FailurePeriod,
        MaxBytesPerSecond = options.Limits.MaxBytesPerSecond,
        MaxStanzasPerSecond = options.Limits.MaxStanzasPerSecond,
        MaxSessionsPerAccount = options.Limits.MaxSessionsPerAccount,
        MaxConnections = options.Limits.MaxConnections,
        MaxConnectionsPerAddress = options.Limits.MaxConnectionsPerAddress,
        RequireTlsOnLoopback = options.Tls.IsRequired,
        AllowPlain = options.Login.OfferPlain,
        OfferChannelBinding = options.Login.OfferChannelBinding,
    };
}
