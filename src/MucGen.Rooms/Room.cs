using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// All state of one room. It changes only by <see cref="Apply"/>, so that the journal's events, applied in order to a snapshot, give
/// the same room again. A room that nobody created yet is a <see cref="Room"/> with <see cref="Exists"/> false.
/// </summary>
/// <remarks>Not for use by several threads: one actor owns it.</remarks>
public sealed class Room
{
    /// <summary>A room that does not exist yet.</summary>
    /// <param name="address">The bare JID of the room.</param>
    /// <param name="policy">The service's options.</param>
    public Room(Jid address, RoomPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(policy);
        Address = address.Bare;
        Policy = policy;
        Config = policy.DefaultConfig();
        Occupants = new Occupants(Address, policy.OccupantIdSecret);
        Traffic = new RoomTraffic(policy.Rates);
        History = new RoomHistory(Address, policy.MaxHistory);
    }

    /// <summary>The bare JID of the room.</summary>
    public Jid Address { get; }

    /// <summary>The service's options.</summary>
    public RoomPolicy Policy { get; }

    /// <summary>Whether the room was created and not destroyed since.</summary>
    public bool Exists { get; internal set; }

    /// <summary>What is left of the room that was here last; null for nothing, and while there is a room.</summary>
    public RoomTombstone? Tombstone { get; internal set; }

    /// <summary>Whether the room waits for its first configuration (XEP-0045 10.1.1): only its creator can enter or ask.</summary>
    public bool IsLocked { get; internal set; }

    /// <summary>The bare JID of who created the room.</summary>
    public Jid? Creator { get; internal set; }

    /// <summary>When the room was created.</summary>
    public DateTimeOffset CreatedAt { get; internal set; }

    /// <summary>Since when a restart left the room without occupants; null otherwise.</summary>
    public DateTimeOffset? EmptySince { get; internal set; }

    /// <summary>The configuration in force.</summary>
    public RoomConfig Config { get; internal set; }

    /// <summary>The lists of owners, admins, members and outcasts, and the reserved nicks.</summary>
    public Affiliations Affiliations { get; } = new();

    /// <summary>The last changes of those lists.</summary>
    public AffiliationLog AffiliationLog { get; } = new();

    /// <summary>Who is in the room.</summary>
    public Occupants Occupants { get; }

    /// <summary>The subject; null when nobody ever set one.</summary>
    public RoomSubject? Subject { get; internal set; }

    /// <summary>The vCard with the avatar; null when there is none.</summary>
    public RoomVCard? VCard { get; internal set; }

    /// <summary>The recent messages that newcomers get.</summary>
    public RoomHistory History { get; }

    /// <summary>Registrations that wait for an admin (XEP-0045 9.9).</summary>
    public RegistrationQueue PendingRegistrations { get; } = new();

    /// <summary>Roles that a moderator gave or took in a moderated room, kept between visits (XEP-0045 5.1).</summary>
    public Dictionary<Jid, MucRole> RememberedRoles { get; } = [];

    /// <summary>When people last asked for voice, where the room bounds how often they may (XEP-0045 8.6).</summary>
    public Dictionary<Jid, DateTimeOffset> VoiceRequests { get; } = [];

    /// <summary>Those who have been silenced, for a time or for good.</summary>
    public RoomMutes Mutes { get; } = new();

    /// <summary>Those who earned their voice by being there.</summary>
    public SettledPeople Settled { get; } = new();

    /// <summary>What the room calls some of its people.</summary>
    public RoomHats Hats { get; } = new();

    /// <summary>How much is said.</summary>
    public MessageActivity Activity { get; } = new();

    /// <summary>How much of that those who belong to the room have heard.</summary>
    public HeardMessages Heard { get; } = new();

    /// <summary>How much was sent lately, which no journal keeps.</summary>
    public RoomTraffic Traffic { get; }

    /// <summary>Recent invitations through the room, so that declines find their way back.</summary>
    public RoomInvitations Invitations { get; } = new();

    /// <summary>Sessions of commands that ended lately (XEP-0050).</summary>
    public EndedCommands EndedCommands { get; } = new();

    /// <summary>Since when people belong to the room, where the service bounds the reading of archives by that.</summary>
    public Dictionary<Jid, DateTimeOffset> Readers { get; } = [];

    /// <summary>Tells rooms of one name apart that came one after the other in this object; of use only while it is in memory.</summary>
    internal int Incarnation { get; set; }

    /// <summary>The number that the next session gets.</summary>
    internal int NextSessionNumber { get; set; } = 1;

    /// <summary>
    /// The affiliation by which a person is judged and shown: what the lists say, outcast when a ban by mask hits them,
    /// <see cref="MucAffiliation.None"/> when nothing names them, and owner for the service's admins.
    /// </summary>
    public MucAffiliation AffiliationOf(Jid jid) => Policy.Admins.Contains(jid.Bare) ? MucAffiliation.Owner : Affiliations.Of(jid.Bare);

    /// <summary>Whether the room is locked and this person neither created it nor is an admin of the service: for them it is not there (decision A25).</summary>
    public bool IsHiddenFrom(Jid jid) => IsLocked && !jid.Bare.Equals(Creator) && !Policy.Admins.Contains(jid.Bare);

    /// <summary>
    /// Whether <paramref name="viewer"/> may see the real address of <paramref name="subject"/> in this room (XEP-0045 7.2.3, 7.2.4).
    /// </summary>
    /// <param name="viewer">The recipient's full or bare JID.</param>
    /// <param name="subject">The bare JID of the person whose address it is.</param>
    public bool MaySeeAddress(Jid viewer, Jid subject)
    {
        if (viewer.Bare.Equals(subject.Bare))
            return true;
        var occupant = Occupants.Find(viewer)?.Occupant;
        return occupant is null
            ? AffiliationOf(viewer) >= MucAffiliation.Admin
            : Config.IsNonAnonymous || occupant.Role == MucRole.Moderator;
    }

    /// <summary>The only way in which a room changes.</summary>
    public void Apply(RoomEvent change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.ApplyTo(this);
    }

    /// <summary>Gives back what the room has pooled; it must not be used any more.</summary>
    public void Release()
    {
        Occupants.Clear();
        History.Clear();
        Subject?.Release();
    }
}
