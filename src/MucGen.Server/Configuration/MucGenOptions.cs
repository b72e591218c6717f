using MucGen.Rooms;
using MucGen.Rooms.Service;

namespace MucGen.Server.Configuration;

/// <summary>Everything an operator can set, validated: read once at start by <see cref="OptionsReader"/> and never changed.</summary>
public sealed record MucGenOptions
{
    /// <summary>The configuration section that holds all keys.</summary>
    public const string Section = "MucGen";

    /// <summary>The served domain, prepared: accounts are user@domain. Key <c>Domain</c>.</summary>
    public string Domain { get; init; } = "localhost";

    /// <summary>The domain of the rooms, prepared. Key <c>MucDomain</c>; <c>conference.</c> before the domain unless set.</summary>
    public string MucDomain { get; init; } = "conference.localhost";

    /// <summary>Where clients connect; STARTTLS is offered. Key <c>Listen</c>.</summary>
    public IReadOnlyList<ListenAddress> Listen { get; init; } = [new("127.0.0.1", 5222)];

    /// <summary>Where clients connect with TLS from the first byte (XEP-0368). Key <c>ListenTls</c>; none by default.</summary>
    public IReadOnlyList<ListenAddress> ListenTls { get; init; } = [];

    /// <summary>The folder of the database, as an absolute path. Key <c>DataFolder</c>.</summary>
    public string DataFolder { get; init; } = Path.GetFullPath("data");

    /// <summary>Whether anybody may create an account in-band (XEP-0077). Key <c>AllowRegistration</c>.</summary>
    public bool AllowRegistration { get; init; }

    /// <summary>The bare JIDs that every room treats as its owners, though no list of a room names them. Key <c>Admins</c>.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Whether the operating system is told to those who ask (XEP-0092 section 5). Key <c>ShowOperatingSystem</c>.</summary>
    public bool ShowOperatingSystem { get; init; }

    /// <summary>How long a graceful stop may take. Key <c>ShutdownSeconds</c>.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Certificate and encryption. Section <c>Tls</c>.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>What one client may use. Section <c>Limits</c>.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How passwords are kept and logins are made. Section <c>Login</c>.</summary>
    public LoginOptions Login { get; init; } = new();

    /// <summary>How the database writes. Section <c>Storage</c>.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>What holds for every account. Section <c>Accounts</c>.</summary>
    public AccountOptions Accounts { get; init; } = new();

    /// <summary>What holds for every room. Section <c>Rooms</c>.</summary>
    public RoomOptions Rooms { get; init; } = new();

    /// <summary>How much people may send to a room. Section <c>Rates</c>.</summary>
    public RateLimits Rates { get; init; } = new();
}

/// <summary>One address to listen on.</summary>
/// <param name="Host">An IP address, <c>localhost</c> (both families) or <c>*</c> (every address).</param>
/// <param name="Port">0 to 65535; 0 lets the system choose.</param>
public readonly record struct ListenAddress(string Host, int Port)
{
    /// <summary>HOST:PORT, an IPv6 host in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

/// <summary>Certificate and encryption.</summary>
public sealed record TlsOptions
{
    /// <summary>The certificate chain: PEM, or PKCS#12 by the ending .pfx or .p12. None: a self-signed one is made in the data folder. Key <c>CertificateFile</c>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key in PEM when it is not in the certificate file. Key <c>KeyFile</c>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The password of the private key. Key <c>KeyPassword</c>.</summary>
    public string? KeyPassword { get; init; }

    /// <summary>Whether clients must encrypt before they log in, loopback included. Key <c>Required</c>. Without it, clear text is taken from loopback only.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>What one client, account or address may use. Each limit has an error of its own.</summary>
public sealed record LimitOptions
{
    /// <summary>Bytes of one stanza once logged in; RFC 6120 13.12 wants 10000 at least. Beyond: stream error policy-violation. Key <c>MaxStanzaBytes</c>.</summary>
    public int MaxStanzaBytes { get; init; } = 262_144;

    /// <summary>Bytes of one top-level element before login. Beyond: policy-violation. Key <c>MaxStanzaBytesBeforeLogin</c>.</summary>
    public int MaxStanzaBytesBeforeLogin { get; init; } = 10_000;

    /// <summary>Depth of elements. Beyond: policy-violation. Key <c>MaxDepth</c>.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Attributes of one element. Beyond: policy-violation. Key <c>MaxAttributes</c>.</summary>
    public int MaxAttributes { get; init; } = 64;

    /// <summary>Elements in one stanza. Beyond: policy-violation. Key <c>MaxElements</c>.</summary>
    public int MaxElements { get; init; } = 4096;

    /// <summary>Connections at a time. Beyond: resource-constraint. Key <c>MaxConnections</c>.</summary>
    public int MaxConnections { get; init; } = 100_000;

    /// <summary>Connections at a time from one address that is not loopback. Beyond: policy-violation. Key <c>MaxConnectionsPerAddress</c>.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 200;

    /// <summary>Sessions of one account. Beyond: binding is refused with resource-constraint. Key <c>MaxSessionsPerAccount</c>.</summary>
    public int MaxSessionsPerAccount { get; init; } = 20;

    /// <summary>Bytes that may wait for a slow reader. Beyond: its session ends. Key <c>MaxOutboxBytes</c>.</summary>
    public int MaxOutboxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Inputs that may wait for one room; then those who send to it wait. Key <c>MaxRoomMailbox</c>.</summary>
    public int MaxRoomMailbox { get; init; } = 1024;

    /// <summary>Bytes that a bound client may send in a second, over a while; beyond, the server reads on later. 0: no limit. Key <c>MaxBytesPerSecond</c>.</summary>
    public int MaxBytesPerSecond { get; init; }

    /// <summary>Stanzas that a bound client may send in a second, over a while; beyond, the server reads on later. 0: no limit. Key <c>MaxStanzasPerSecond</c>.</summary>
    public int MaxStanzasPerSecond { get; init; }

    /// <summary>How long a client may take until it is bound. Beyond: connection-timeout. Key <c>NegotiationSeconds</c>.</summary>
    public TimeSpan NegotiationTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a bound client may be silent before it is pinged; when it stays silent as long again: connection-timeout. Key <c>IdleSeconds</c>.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Contacts on one roster. Beyond: resource-constraint. Key <c>MaxRosterItems</c>.</summary>
    public int MaxRosterItems { get; init; } = 2000;

    /// <summary>Groups of one contact. Beyond: not-acceptable. Key <c>MaxRosterGroups</c>.</summary>
    public int MaxRosterGroups { get; init; } = 50;

    /// <summary>UTF-8 bytes of a contact's name, or of a group's. Beyond: not-acceptable. Key <c>MaxRosterNameBytes</c>.</summary>
    public int MaxRosterNameBytes { get; init; } = 1023;

    /// <summary>Bytes of an account's vCard. Beyond: policy-violation. Key <c>MaxVCardBytes</c>.</summary>
    public int MaxVCardBytes { get; init; } = 65_536;

    /// <summary>Subscription requests that may wait for one account's answer. Beyond, further ones are dropped. Key <c>MaxPendingRequests</c>.</summary>
    public int MaxPendingRequests { get; init; } = 500;

    /// <summary>Addresses that one account may block. Beyond: resource-constraint. Key <c>MaxBlockedAddresses</c>.</summary>
    public int MaxBlockedAddresses { get; init; } = 1000;

    /// <summary>Messages that may wait for one account; 0: none. Beyond: whoever writes gets service-unavailable. Key <c>MaxOfflineMessages</c>.</summary>
    public int MaxOfflineMessages { get; init; } = 200;

    /// <summary>Bytes that may wait for one account. Beyond: the same. Key <c>MaxOfflineBytes</c>.</summary>
    public int MaxOfflineBytes { get; init; } = 1024 * 1024;

    /// <summary>Addresses, rooms included, that one session may keep directed presence with. Beyond: resource-constraint. Key <c>MaxDirectedPresences</c>.</summary>
    public int MaxDirectedPresences { get; init; } = 1000;

    /// <summary>Accounts that one address that is not loopback may register in an hour. Beyond: resource-constraint. Key <c>MaxRegistrationsPerHour</c>.</summary>
    public int MaxRegistrationsPerHour { get; init; } = 10;
}

/// <summary>How passwords are kept and logins are made.</summary>
public sealed record LoginOptions
{
    /// <summary>PBKDF2 rounds of new keys; existing accounts keep theirs until their password changes. Key <c>ScramIterations</c>.</summary>
    public int ScramIterations { get; init; } = Storage.Credentials.DefaultIterations;

    /// <summary>Failed logins that one stream may have. Then: policy-violation. Key <c>MaxAttempts</c>.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Wrong passwords from one address that is not loopback in <see cref="FailurePeriod"/>. Then, until it is over: temporary-auth-failure. Key <c>MaxFailuresPerAddress</c>.</summary>
    public int MaxFailuresPerAddress { get; init; } = 100;

    /// <summary>How long wrong passwords of an address are counted, from the first one on. Key <c>FailurePeriodSeconds</c>.</summary>
    public TimeSpan FailurePeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether PLAIN is offered where it is safe (TLS or loopback) beside SCRAM. Key <c>OfferPlain</c>.</summary>
    public bool OfferPlain { get; init; } = true;

    /// <summary>Whether SCRAM with channel binding is offered over TLS. Key <c>OfferChannelBinding</c>.</summary>
    public bool OfferChannelBinding { get; init; } = true;
}

/// <summary>How the database writes.</summary>
public sealed record StorageOptions
{
    /// <summary>Whether each commit waits for the disk (SQLite synchronous FULL). Without it, a power cut may lose the last commits; a crash of the process does not. Key <c>SyncEveryCommit</c>.</summary>
    public bool SyncEveryCommit { get; init; } = true;

    /// <summary>How long changes that nobody waits for (ordinary messages) are gathered into one commit, and so how much of them a crash may lose. Key <c>GatherMilliseconds</c>.</summary>
    public TimeSpan GatherTime { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After how many events of a room its state is written whole, which bounds what a load replays and what the room keeps on disk. Key <c>EventsPerSnapshot</c>.</summary>
    public int EventsPerSnapshot { get; init; } = 1000;
}

/// <summary>What holds for every account.</summary>
public sealed record AccountOptions
{
    /// <summary>Whether what people send to each other is archived for each of them. Key <c>Archive</c>.</summary>
    public bool Archive { get; init; }

    /// <summary>Days for which an archive keeps a message; 0: as long as the account is there. Key <c>ArchiveDays</c>.</summary>
    public int ArchiveDays { get; init; }

    /// <summary>The same as a span; null: as long as the account is there.</summary>
    public TimeSpan? ArchiveLifetime => ArchiveDays > 0 ? TimeSpan.FromDays(ArchiveDays) : null;
}

/// <summary>What holds for every room.</summary>
public sealed record RoomOptions
{
    /// <summary>Who may create rooms. Key <c>Creation</c>.</summary>
    public RoomCreation Creation { get; init; } = RoomCreation.Everybody;

    /// <summary>Rooms that one person may own and still create another one; 0: any number. The service's admins create as many as they like. Key <c>MaxRoomsPerOwner</c>.</summary>
    public int MaxRoomsPerOwner { get; init; }

    /// <summary>Who may register a nickname with a room; off, the rooms do not say that they register anybody. Key <c>Registration</c>.</summary>
    public RegistrationPolicy Registration { get; init; } = RegistrationPolicy.Open;

    /// <summary>Whether whoever registered a nickname with a room can be there under no other. Key <c>LockNicks</c>.</summary>
    public bool LockNicks { get; init; }

    /// <summary>Whether people who are not in a room are told that their affiliation with it changed. Key <c>TellAbsentUsers</c>.</summary>
    public bool TellAbsentUsers { get; init; }

    /// <summary>When the owners of a room may configure it. Key <c>OwnersConfigure</c>.</summary>
    public OwnerConfiguration OwnersConfigure { get; init; } = OwnerConfiguration.Always;

    /// <summary>Whether an owner of a room may take ownership from another one. Key <c>OwnersRevokeOwners</c>.</summary>
    public bool OwnersRevokeOwners { get; init; } = true;

    /// <summary>The namespaces of the payloads that rooms pass on; null: all. Key <c>Payloads</c>.</summary>
    public IReadOnlyList<string>? Payloads { get; init; }

    /// <summary>Who may have the list of all rooms by searching for everything. Key <c>FullSearch</c>.</summary>
    public FullSearch FullSearch { get; init; } = FullSearch.Everybody;

    /// <summary>Searches that one person may make in a minute. Key <c>MaxSearchesPerMinute</c>.</summary>
    public int MaxSearchesPerMinute { get; init; } = 60;

    /// <summary>Whether new rooms are archived, unless their owner decides otherwise. Key <c>Archive</c>.</summary>
    public bool Archive { get; init; }

    /// <summary>Days for which an archive keeps a message; 0: as long as the room is there. Key <c>ArchiveDays</c>.</summary>
    public int ArchiveDays { get; init; }

    /// <summary>Whether people read an archive only from when they entered the room or were put on one of its lists. Key <c>ArchiveSinceJoining</c>.</summary>
    public bool ArchiveSinceJoining { get; init; }

    /// <summary>Messages that a room keeps for those who join. Key <c>MaxHistory</c>.</summary>
    public int MaxHistory { get; init; } = 100;

    /// <summary>Occupants of a room whose owner sets no limit. Key <c>MaxOccupants</c>.</summary>
    public int MaxOccupants { get; init; } = 10_000;

    /// <summary>UTF-8 bytes of a nickname. Key <c>MaxNickBytes</c>.</summary>
    public int MaxNickBytes { get; init; } = 1023;

    /// <summary>Bytes of a room's vCard, which holds its avatar; 0: rooms have none. Key <c>MaxVCardBytes</c>.</summary>
    public int MaxVCardBytes { get; init; } = 65_536;

    /// <summary>How long a new room waits for its owner to configure it. Key <c>LockedSeconds</c>.</summary>
    public TimeSpan LockedTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Days for which a destroyed room tells those who come where to go, if its owner wants that; 0: no room does. Key <c>TombstoneDays</c>.</summary>
    public int TombstoneDays { get; init; } = 30;

    /// <summary>How long a temporary room that a restart emptied waits for somebody to come back. Key <c>EmptySeconds</c>.</summary>
    public TimeSpan EmptyTime { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Who may create rooms.</summary>
public enum RoomCreation : byte
{
    /// <summary>Everybody who can reach the service.</summary>
    Everybody,

    /// <summary>Accounts of the served domain, and the service's admins.</summary>
    Local,

    /// <summary>The service's admins.</summary>
    Admins,
}
