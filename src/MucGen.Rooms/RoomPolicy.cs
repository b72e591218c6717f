using System.Collections.Frozen;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Who may register a nick with a room (XEP-0045 7.10, 9.9), from the most liberal to the strictest.</summary>
public enum RegistrationPolicy : byte
{
    /// <summary>Anybody; unless the room says otherwise, at once in open rooms and after approval by an admin in members-only rooms.</summary>
    Open,

    /// <summary>Anybody, after approval by an admin in every room.</summary>
    Approval,

    /// <summary>Only those who are members or more already.</summary>
    Members,

    /// <summary>Nobody: the rooms do not answer jabber:iq:register.</summary>
    Off,
}

/// <summary>When the owners of rooms may configure them (XEP-0045 10.1.3, 10.2, 18.1).</summary>
public enum OwnerConfiguration : byte
{
    /// <summary>At any time.</summary>
    Always,

    /// <summary>Before the room is unlocked, and never again.</summary>
    AtCreation,

    /// <summary>Never: every room is as the service has it.</summary>
    Never,
}

/// <summary>What holds for every room of a service: limits, defaults and secrets. Set once at start.</summary>
public sealed record RoomPolicy
{
    /// <summary>
    /// The key from which occupant ids are derived (XEP-0421 4.1), and sessions of commands. It must outlive the process, or identities change.
    /// </summary>
    public required ReadOnlyMemory<byte> OccupantIdSecret { get; init; }

    /// <summary>Whether this bare JID may create rooms (XEP-0045 10.1.1). Everybody by default.</summary>
    public Func<Jid, bool> MayCreate { get; init; } = static _ => true;

    /// <summary>Whether this bare JID owns as many rooms as one person may, and so creates no further one (XEP-0045 14.6). Nobody does by default.</summary>
    public Func<Jid, bool> OwnsEnough { get; init; } = static _ => false;

    /// <summary>
    /// The service's admins, by bare JID: every room treats them as owners, whatever its lists say; the lists do not name them (XEP-0045 5.2).
    /// </summary>
    public IReadOnlySet<Jid> Admins { get; init; } = FrozenSet<Jid>.Empty;

    /// <summary>The configuration that a new room starts with.</summary>
    public Func<RoomConfig> DefaultConfig { get; init; } = static () => new RoomConfig();

    /// <summary>What answers requests to a room: the server's own extension, and an application's before it.</summary>
    public ProtocolHost Protocol { get; init; } = new(GeneratedExtension.Instance);

    /// <summary>The most messages that a room keeps for those who join (XEP-0045 7.2.13, 7.2.14); 0 to 1000.</summary>
    public int MaxHistory { get; init; } = 100;

    /// <summary>The most messages that one page of a room's archive has (XEP-0313 4.3.1), from 1.</summary>
    public int MaxArchivePage { get; init; } = 100;

    /// <summary>The most retractions that are told one by one when somebody is banned with all they said; from 0.</summary>
    public int MaxPurgeNotices { get; init; } = 500;

    /// <summary>Whether people read a room's archive only from when they came to it: entered it, or were put on one of its lists.</summary>
    public bool BoundsArchiveReading { get; init; }

    /// <summary>How long a room's archive keeps a message (XEP-0313 3.2); null keeps it as long as the room is there.</summary>
    public TimeSpan? ArchiveLifetime { get; init; }

    /// <summary>The most bytes that a nick may have (XEP-0045 14.6); RFC 7622 ends at 1023.</summary>
    public int MaxNickBytes { get; init; } = 1023;

    /// <summary>The most bytes that the payload of one presence may have; every occupant costs everybody that much.</summary>
    public int MaxPresenceBytes { get; init; } = 8 * 1024;

    /// <summary>The most bytes of a room's vCard (XEP-0054, XEP-0486); 0 when rooms have none.</summary>
    public int MaxVCardBytes { get; init; } = 64 * 1024;

    /// <summary>The most occupants of a room whose owner sets no limit.</summary>
    public int MaxOccupants { get; init; } = 10_000;

    /// <summary>How many admins and owners a full room takes beyond its limit (XEP-0045 7.2.9, decision A50).</summary>
    public int ReservedPlaces { get; init; } = 5;

    /// <summary>How much people may send to a room.</summary>
    public RateLimits Rates { get; init; } = new();

    /// <summary>Who may register with a room at most; a room may be stricter (<see cref="RoomConfig.Registration"/>).</summary>
    public RegistrationPolicy Registration { get; init; } = RegistrationPolicy.Open;

    /// <summary>Whether somebody with a reserved nick is confined to it in every room, whatever a room says (XEP-0045 7.2.2, 7.6, 7.12; decisions A03, A04).</summary>
    public bool LocksNicks { get; init; }

    /// <summary>Whether people who are not in a room are told, with status 101, that their affiliation with it changed (XEP-0045 18.1, decision A42).</summary>
    public bool TellsAbsentUsers { get; init; }

    /// <summary>When owners may configure their rooms. The service's admins always may.</summary>
    public OwnerConfiguration OwnersConfigure { get; init; } = OwnerConfiguration.Always;

    /// <summary>Whether an owner may take ownership from another one (XEP-0045 10.4). The service's admins may.</summary>
    public bool OwnersRevokeOwners { get; init; } = true;

    /// <summary>Which payloads reach others; null for all (XEP-0045 18.1.1, decision A19).</summary>
    public PayloadFilter? Payloads { get; init; }

    /// <summary>How long a new room waits for its configuration before it is destroyed (XEP-0045 10.1.1, decision A25).</summary>
    public TimeSpan LockedRoomLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a destroyed room that points to another one keeps its address (XEP-0045 10.9, <see cref="RoomConfig.LeavesTombstone"/>); zero when no room does.
    /// </summary>
    public TimeSpan TombstoneLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a temporary room that a restart emptied waits for somebody to come back.</summary>
    public TimeSpan EmptyRoomLifetime { get; init; } = TimeSpan.FromMinutes(10);
}
