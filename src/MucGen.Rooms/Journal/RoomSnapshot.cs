using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>
/// A room as it stood between two events: with it, the events before can be forgotten. Everything that <see cref="RoomEvent.ApplyTo"/> can
/// change is in here.
/// </summary>
public sealed record RoomSnapshot
{
    /// <summary>What is left of a destroyed room, and then everything; null while there is a room.</summary>
    public RoomTombstone? Tombstone { get; init; }

    /// <summary>Whether the room waits for its first configuration.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Who created it.</summary>
    public Jid? Creator { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when a restart left it empty.</summary>
    public DateTimeOffset? EmptySince { get; init; }

    /// <summary>All values of the configuration, by field.</summary>
    public Dictionary<string, string[]> Config { get; init; } = [];

    /// <summary>Everybody with an affiliation.</summary>
    public IReadOnlyList<Affiliated> Affiliations { get; init; } = [];

    /// <summary>How often the lists of affiliations changed.</summary>
    public long AffiliationVersion { get; init; }

    /// <summary>The last changes of them, oldest first.</summary>
    public IReadOnlyList<AffiliationStep> AffiliationSteps { get; init; } = [];

    /// <summary>The bans by mask.</summary>
    public IReadOnlyList<MaskBanned> Masks { get; init; } = [];

    /// <summary>Those who have been silenced.</summary>
    public IReadOnlyList<PersonMuted> Mutes { get; init; } = [];

    /// <summary>Those who earned their voice, the longest first.</summary>
    public IReadOnlyList<Jid> Settled { get; init; } = [];

    /// <summary>The nicks of those of whose availability the others have not been told yet, in order.</summary>
    public IReadOnlyList<string> HeldPresence { get; init; } = [];

    /// <summary>The subject.</summary>
    public KeptSubject? Subject { get; init; }

    /// <summary>The vCard.</summary>
    public RoomVCard? VCard { get; init; }

    /// <summary>The history, oldest first.</summary>
    public IReadOnlyList<KeptMessage> Messages { get; init; } = [];

    /// <summary>The occupants, in the order of entering.</summary>
    public IReadOnlyList<KeptOccupant> Occupants { get; init; } = [];

    /// <summary>Their sessions, in the order of entering: the leases that a restart asks about.</summary>
    public IReadOnlyList<KeptSession> Sessions { get; init; } = [];

    /// <summary>The number that the next session gets.</summary>
    public int NextSessionNumber { get; init; } = 1;

    /// <summary>Registrations that wait for an admin, in the order of asking.</summary>
    public IReadOnlyList<RegistrationRequest> PendingRegistrations { get; init; } = [];

    /// <summary>Roles kept between visits.</summary>
    public IReadOnlyList<KeptRole> RememberedRoles { get; init; } = [];

    /// <summary>When people last asked for voice.</summary>
    public IReadOnlyList<VoiceRequested> VoiceRequests { get; init; } = [];

    /// <summary>Invitations that can still be declined, oldest first.</summary>
    public IReadOnlyList<InvitationSent> Invitations { get; init; } = [];

    /// <summary>Sessions of commands that ended lately, oldest first.</summary>
    public IReadOnlyList<string> EndedCommands { get; init; } = [];

    /// <summary>Since when people belong to the room, where that bounds their reading.</summary>
    public IReadOnlyList<ReaderCame> Readers { get; init; } = [];

    /// <summary>The hats of the room, in the order in which they were made.</summary>
    public IReadOnlyList<Hat> Hats { get; init; } = [];

    /// <summary>Who wears which, each person's in the order in which they were given.</summary>
    public IReadOnlyList<HatGiven> WornHats { get; init; } = [];

    /// <summary>How much is said; null when it was not counted yet.</summary>
    public KeptActivity? Activity { get; init; }

    /// <summary>How much of that those who belong to the room have heard.</summary>
    public IReadOnlyList<KeptHeard> Heard { get; init; } = [];

    /// <summary>The room as it stands; null when there is none and nothing is left of one.</summary>
    public static RoomSnapshot? Of(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        if (!room.Exists)
            return room.Tombstone is { } tombstone ? new RoomSnapshot { Tombstone = tombstone } : null;
        return new RoomSnapshot
        {
            IsLocked = room.IsLocked,
            Creator = room.Creator,
            CreatedAt = room.CreatedAt,
            EmptySince = room.EmptySince,
            Config = room.Config.Save(),
            Affiliations = [.. room.Affiliations.All.OrderBy(entry => entry.BareJid.ToString(), StringComparer.Ordinal)],
            AffiliationVersion = room.AffiliationLog.Version,
            AffiliationSteps = [.. room.AffiliationLog.Steps],
            Masks = [.. room.Affiliations.Masks.All.Select(MaskBanned.Of)],
            Mutes = [.. room.Mutes.All.Select(PersonMuted.Of)],
            Settled = [.. room.Settled.All],
            HeldPresence = [.. room.Occupants.Held.Select(occupant => occupant.Nick)],
            Subject = room.Subject is { } subject ? new KeptSubject(subject.Content, subject.Setter, subject.At) : null,
            VCard = room.VCard,
            Messages = [.. Enumerable.Range(0, room.History.Count).Select(index => KeptMessage.Of(room.History[index]))],
            Occupants = [.. room.Occupants.All.Select(occupant => new KeptOccupant(occupant.Nick, occupant.BareJid, occupant.Role, occupant.WaitsSince))],
            Sessions = [.. room.Occupants.Sessions.Select(KeptSession.Of)],
            NextSessionNumber = room.NextSessionNumber,
            PendingRegistrations = [.. room.PendingRegistrations],
            RememberedRoles =
            [
                .. room.RememberedRoles
                    .OrderBy(remembered => remembered.Key.ToString(), StringComparer.Ordinal)
                    .Select(remembered => new KeptRole(remembered.Key, remembered.Value)),
            ],
            VoiceRequests =
            [
                .. room.VoiceRequests
                    .OrderBy(asked => asked.Key.ToString(), StringComparer.Ordinal)
                    .Select(asked => new VoiceRequested(asked.Key, asked.Value)),
            ],
            Invitations = [.. room.Invitations.All],
            Readers =
            [
                .. room.Readers
                    .OrderBy(reader => reader.Key.ToString(), StringComparer.Ordinal)
                    .Select(reader => new ReaderCame(reader.Key, reader.Value)),
            ],
            EndedCommands = [.. room.EndedCommands.All],
            Activity = KeptActivity.Of(room.Activity),
            Heard =
            [
                .. room.Heard.All
                    .OrderBy(heard => heard.Key.ToString(), StringComparer.Ordinal)
                    .Select(heard => new KeptHeard(heard.Key, heard.Value)),
            ],
            Hats = [.. room.Hats.All],
            WornHats = [.. room.Hats.Wearers.SelectMany(wearer => room.Hats.Of(wearer).Select(hat => new HatGiven(wearer, hat.Uri)))],
        };
    }

    /// <summary>Makes the room of a snapshot; events that came after it are applied next.</summary>
    public Room ToRoom(Jid address, RoomPolicy policy)
    {
        if (Tombstone is not null)
            return new Room(address, policy) { Tombstone = Tombstone };
        var room = new Room(address, policy)
        {
            Exists = true,
            IsLocked = IsLocked,
            Creator = Creator,
            CreatedAt = CreatedAt,
            EmptySince = EmptySince,
            Config = RoomConfig.Load(Config),
            Subject = Subject is null ? null : new RoomSubject(Subject.Content, Subject.Setter, Subject.At),
            VCard = VCard,
            NextSessionNumber = NextSessionNumber,
        };
        foreach (var entry in Affiliations)
            room.Affiliations.Set(entry);
        room.AffiliationLog.Restore(AffiliationVersion, AffiliationSteps);
        foreach (var mask in Masks)
            mask.ApplyTo(room);
        foreach (var mute in Mutes)
            mute.ApplyTo(room);
        foreach (var message in Messages)
        {
            using var payload = Payload.Copy(message.Stanza.Utf8, message.From);
            room.History.Add(payload, message.At, message.Sender, message.IsRetracted);
        }
        foreach (var person in Settled)
            room.Settled.Add(person);
        foreach (var occupant in Occupants)
            occupant.AddTo(room);
        foreach (var session in Sessions)
            session.AddTo(room);
        foreach (var nick in HeldPresence)
            new PresenceHeld(nick).ApplyTo(room);
        foreach (var pending in PendingRegistrations)
            room.PendingRegistrations.Put(pending);
        foreach (var remembered in RememberedRoles)
            room.RememberedRoles.Add(remembered.BareJid, remembered.Role);
        foreach (var asked in VoiceRequests)
            room.VoiceRequests.Add(asked.BareJid, asked.At);
        foreach (var invitation in Invitations)
            invitation.ApplyTo(room);
        foreach (var reader in Readers)
            reader.ApplyTo(room);
        Activity?.Restore(room.Activity);
        foreach (var heard in Heard)
            room.Heard.Set(heard.BareJid, heard.Total);
        foreach (var hat in Hats)
            room.Hats.Put(hat);
        foreach (var given in WornHats)
            given.ApplyTo(room);
        foreach (var sessionId in EndedCommands)
            room.EndedCommands.Add(sessionId, DateTimeOffset.MinValue);
        return room;
    }
}

/// <summary>The subject in a snapshot; see <see cref="RoomSubject"/>.</summary>
/// <param name="Content">The subject elements.</param>
/// <param name="Setter">The occupant JID of who set it.</param>
/// <param name="At">When.</param>
public sealed record KeptSubject(Markup Content, Jid Setter, DateTimeOffset At);

/// <summary>A message of the history in a snapshot.</summary>
/// <param name="Stanza">The message without <c>to</c>.</param>
/// <param name="From">The occupant JID that it was from.</param>
/// <param name="At">When the room received it.</param>
/// <param name="Sender">The real bare JID of who wrote it; null when a former version kept it.</param>
/// <param name="IsRetracted">Whether it is a tombstone.</param>
public sealed record KeptMessage(Markup Stanza, Jid From, DateTimeOffset At, Jid? Sender = null, bool IsRetracted = false)
{
    internal static KeptMessage Of(PastMessage message) =>
        new(new Markup(message.Live.Bytes.ToArray()), message.Live.From!, message.At, message.Sender, message.IsRetracted);
}

/// <summary>An occupant in a snapshot.</summary>
/// <param name="Nick">The nick.</param>
/// <param name="BareJid">The person.</param>
/// <param name="Role">The role.</param>
/// <param name="WaitsSince">Since when it waits for voice, if it does.</param>
public sealed record KeptOccupant(string Nick, Jid BareJid, MucRole Role, DateTimeOffset? WaitsSince = null)
{
    internal void AddTo(Room room)
    {
        var occupant = room.Occupants.GetOrAdd(Nick, BareJid, Role);
        if (WaitsSince is { } since)
            room.Occupants.Wait(occupant, since);
    }
}

/// <summary>A session in a snapshot; see <see cref="OccupantSession"/>.</summary>
/// <param name="FullJid">The session.</param>
/// <param name="Nick">The occupant that it belongs to.</param>
/// <param name="Number">Its number in the room.</param>
/// <param name="Presence">Its availability.</param>
/// <param name="Priority">The priority in it.</param>
/// <param name="Language">The language of it.</param>
/// <param name="Changed">When it came.</param>
/// <param name="FollowsAffiliations">Whether it is told the versions of the lists of affiliations.</param>
public sealed record KeptSession(
    Jid FullJid,
    string Nick,
    int Number,
    Markup Presence,
    int Priority,
    string? Language,
    DateTimeOffset Changed,
    bool FollowsAffiliations = false)
{
    internal static KeptSession Of(OccupantSession session) => new(
        session.FullJid,
        session.Occupant.Nick,
        session.Number,
        session.Presence,
        session.Priority,
        session.Language,
        session.Changed,
        session.FollowsAffiliations);

    internal void AddTo(Room room) => room.Occupants.Add(
        new OccupantSession(room.Occupants.GetOrAdd(Nick, FullJid.Bare, MucRole.None), FullJid, Number)
        {
            Presence = Presence,
            Priority = Priority,
            Language = Language,
            Changed = Changed,
            FollowsAffiliations = FollowsAffiliations,
        });
}

/// <summary>What was said, in a snapshot; see <see cref="MessageActivity"/>.</summary>
/// <param name="Total">All in all.</param>
/// <param name="Since">Since when.</param>
/// <param name="Hour">The hour since 1970 of the newest count.</param>
/// <param name="Counts">The counts of the hours up to that one, oldest first.</param>
public sealed record KeptActivity(long Total, DateTimeOffset Since, long Hour, IReadOnlyList<int> Counts)
{
    internal static KeptActivity? Of(MessageActivity activity)
    {
        if (activity.Since is not { } since)
            return null;
        var counts = activity.Save(out var hour);
        return new KeptActivity(activity.Total, since, hour, counts);
    }

    internal void Restore(MessageActivity activity) => activity.Restore(Total, Since, Hour, Counts);
}

/// <summary>How much a person had heard when they were last in the room, in a snapshot.</summary>
/// <param name="BareJid">Who.</param>
/// <param name="Total">How much had been said by then.</param>
public sealed record KeptHeard(Jid BareJid, long Total);

/// <summary>A role kept between visits, in a snapshot.</summary>
/// <param name="BareJid">Whose.</param>
/// <param name="Role">Which.</param>
public sealed record KeptRole(Jid BareJid, MucRole Role);
