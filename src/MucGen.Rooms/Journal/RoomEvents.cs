using System.Text.Json.Serialization;
using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>
/// What happened in a room. The set is closed; <see cref="ApplyTo"/> is the only code that changes a <see cref="Room"/>, and it decides
/// nothing: rules decide, events say what came of it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RoomCreated), "created")]
[JsonDerivedType(typeof(RoomUnlocked), "unlocked")]
[JsonDerivedType(typeof(ConfigChanged), "config")]
[JsonDerivedType(typeof(RoomDestroyed), "destroyed")]
[JsonDerivedType(typeof(AffiliationChanged), "affiliation")]
[JsonDerivedType(typeof(MaskBanned), "mask-banned")]
[JsonDerivedType(typeof(MaskLifted), "mask-lifted")]
[JsonDerivedType(typeof(PersonMuted), "muted")]
[JsonDerivedType(typeof(MuteEnded), "mute-ended")]
[JsonDerivedType(typeof(VoiceEarned), "voice-earned")]
[JsonDerivedType(typeof(PresenceHeld), "presence-held")]
[JsonDerivedType(typeof(PresenceTold), "presence-told")]
[JsonDerivedType(typeof(RegistrationRequested), "registration")]
[JsonDerivedType(typeof(RegistrationAnswered), "registration-answered")]
[JsonDerivedType(typeof(VoiceRequested), "voice-requested")]
[JsonDerivedType(typeof(RoleChanged), "role")]
[JsonDerivedType(typeof(SessionJoined), "joined")]
[JsonDerivedType(typeof(PresenceChanged), "presence")]
[JsonDerivedType(typeof(NickChanged), "nick")]
[JsonDerivedType(typeof(SessionLeft), "left")]
[JsonDerivedType(typeof(OccupantsCleared), "cleared")]
[JsonDerivedType(typeof(SubjectChanged), "subject")]
[JsonDerivedType(typeof(InvitationSent), "invited")]
[JsonDerivedType(typeof(VCardChanged), "vcard")]
[JsonDerivedType(typeof(MessageRelayed), "message")]
[JsonDerivedType(typeof(CommandEnded), "command-ended")]
[JsonDerivedType(typeof(MessageRetracted), "retracted")]
[JsonDerivedType(typeof(SenderRetracted), "sender-retracted")]
[JsonDerivedType(typeof(ReaderCame), "reader-came")]
[JsonDerivedType(typeof(ReaderWent), "reader-went")]
[JsonDerivedType(typeof(HatChanged), "hat")]
[JsonDerivedType(typeof(HatRemoved), "hat-removed")]
[JsonDerivedType(typeof(HatGiven), "hat-given")]
[JsonDerivedType(typeof(HatTaken), "hat-taken")]
[JsonDerivedType(typeof(TombstoneEnded), "tombstone-ended")]
[JsonDerivedType(typeof(TombstoneForgot), "tombstone-forgot")]
[JsonDerivedType(typeof(AffiliationsFollowed), "affiliations-followed")]
public abstract record RoomEvent
{
    /// <summary>Whether it must be on disk before anybody hears of it.</summary>
    [JsonIgnore]
    public virtual bool IsDurable => false;

    /// <summary>Changes the room accordingly.</summary>
    protected internal abstract void ApplyTo(Room room);

    /// <summary>Gives back what the event has pooled, after the journal took it; it must not be used any more.</summary>
    public virtual void Release()
    {
    }
}

/// <summary>Somebody joined a room that was not there (XEP-0045 10.1.1): the creator becomes its owner.</summary>
/// <param name="Creator">The bare JID.</param>
/// <param name="At">When.</param>
/// <param name="Config">The configuration that it starts with.</param>
public sealed record RoomCreated(Jid Creator, DateTimeOffset At, Dictionary<string, string[]> Config) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Exists = true;
        room.Tombstone = null;
        room.IsLocked = true;
        room.Creator = Creator;
        room.CreatedAt = At;
        room.Activity.Begin(At);
        room.EmptySince = null;
        room.Config = RoomConfig.Load(Config);
        room.Affiliations.Set(new Affiliated(Creator, MucAffiliation.Owner));
    }
}

/// <summary>The room got its first configuration, or the default one was accepted (XEP-0045 10.1.2, 10.1.3).</summary>
public sealed record RoomUnlocked : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.IsLocked = false;
}

/// <summary>The configuration was replaced as a whole (XEP-0045 10.2).</summary>
/// <param name="Config">All values, by field.</param>
public sealed record ConfigChanged(Dictionary<string, string[]> Config) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        var before = room.Config;
        room.Config = RoomConfig.Load(Config);
        if (room.Config.Whois != before.Whois || room.Config.MemberListReaders != before.MemberListReaders)
            room.AffiliationLog.Forget();
        room.Occupants.ForgetPresences();
    }
}

/// <summary>The room is gone, with everything in it (XEP-0045 10.9, and temporary rooms when their last occupant leaves).</summary>
/// <param name="Tombstone">What is left for a while; null for nothing.</param>
public sealed record RoomDestroyed(RoomTombstone? Tombstone = null) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Release();
        room.Exists = false;
        room.Tombstone = Tombstone;
        room.Incarnation++;
        room.IsLocked = false;
        room.Creator = null;
        room.EmptySince = null;
        room.Subject = null;
        room.VCard = null;
        room.Config = room.Policy.DefaultConfig();
        room.Affiliations.Clear();
        room.AffiliationLog.Clear();
        room.Mutes.Clear();
        room.Settled.Clear();
        room.Hats.Clear();
        room.Activity.Clear();
        room.Heard.Clear();
        room.Traffic.Clear();
        room.PendingRegistrations.Clear();
        room.RememberedRoles.Clear();
        room.VoiceRequests.Clear();
        room.Invitations.Clear();
        room.EndedCommands.Clear();
        room.NextSessionNumber = 1;
        room.Readers.Clear();
    }
}

/// <summary>A person's affiliation, reserved nick and reason from now on, all three (XEP-0045 5.2.2, 7.10, 9.3).</summary>
/// <param name="BareJid">Whose.</param>
/// <param name="Affiliation">What they are now; none takes them off every list, and their nick with it.</param>
/// <param name="Nick">The nick that is reserved for them now, prepared.</param>
/// <param name="Reason">Why.</param>
/// <param name="Terms">Of a ban: who, when and until when.</param>
public sealed record AffiliationChanged(
    Jid BareJid, MucAffiliation Affiliation, string? Nick, string? Reason, SanctionTerms? Terms = null) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        var was = room.Affiliations.Find(BareJid)?.Affiliation ?? MucAffiliation.None;
        if (was != Affiliation)
            room.AffiliationLog.Add(BareJid, was);
        room.Affiliations.Set(new Affiliated(BareJid, Affiliation, Nick, Reason, Terms));
        room.PendingRegistrations.Remove(BareJid);
        room.RememberedRoles.Remove(BareJid);
        room.Settled.Remove(BareJid);
        if (Affiliation < MucAffiliation.Member)
            room.Heard.Forget(BareJid);
        room.Occupants.Forget(BareJid);
    }
}

/// <summary>Somebody asked to be registered and must wait for an admin (XEP-0045 9.9).</summary>
/// <param name="BareJid">Who.</param>
/// <param name="Nick">The nick asked for, prepared.</param>
/// <param name="Details">What they tell about themselves; null when nothing.</param>
public sealed record RegistrationRequested(Jid BareJid, string Nick, RegistrationDetails? Details = null) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.PendingRegistrations.Put(new RegistrationRequest(BareJid, Nick, Details));
}

/// <summary>An admin refused a registration, or the person took it back; an approval is an <see cref="AffiliationChanged"/>.</summary>
/// <param name="BareJid">Whose.</param>
public sealed record RegistrationAnswered(Jid BareJid) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.PendingRegistrations.Remove(BareJid);
}

/// <summary>An occupant has another role (XEP-0045 5.1.3).</summary>
/// <param name="Nick">Which occupant.</param>
/// <param name="Role">The role now; never none, which is a <see cref="SessionLeft"/>.</param>
/// <param name="Remembered">Whether the room keeps it for the person's next visit (XEP-0045 5.1, moderated rooms).</param>
public sealed record RoleChanged(string Nick, MucRole Role, bool Remembered = false) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => Remembered;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Occupants.Find(Nick) is not { } occupant)
            return;
        occupant.Role = Role;
        occupant.ForgetPresence();
        room.Occupants.EndWait(occupant);
        if (Remembered)
            room.RememberedRoles[occupant.BareJid] = Role;
    }
}

/// <summary>A session entered, as a new occupant or as one more session of its person's nick (XEP-0045 7.2.8).</summary>
/// <param name="FullJid">The session.</param>
/// <param name="Nick">The prepared nick.</param>
/// <param name="Role">The role of a new occupant.</param>
/// <param name="At">When.</param>
/// <param name="Presence">Its availability.</param>
/// <param name="Priority">The priority in it.</param>
/// <param name="Language">The language of it.</param>
/// <param name="Waits">Whether a new occupant waits to be given voice by time.</param>
public sealed record SessionJoined(
    Jid FullJid, string Nick, MucRole Role, DateTimeOffset At, Markup Presence, int Priority, string? Language, bool Waits = false) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        var occupant = room.Occupants.GetOrAdd(Nick, FullJid.Bare, Role);
        var session = new OccupantSession(occupant, FullJid, room.NextSessionNumber++)
        {
            Presence = Presence,
            Priority = Priority,
            Language = Language,
            Changed = At,
        };
        room.Occupants.Add(session);
        if (Waits && occupant.Sessions.Count == 1)
            room.Occupants.Wait(occupant, At);
        room.EmptySince = null;
    }
}

/// <summary>A session's availability changed (XEP-0045 7.7).</summary>
/// <param name="FullJid">The session.</param>
/// <param name="At">When.</param>
/// <param name="Presence">Its availability now.</param>
/// <param name="Priority">The priority in it.</param>
/// <param name="Language">The language of it.</param>
public sealed record PresenceChanged(Jid FullJid, DateTimeOffset At, Markup Presence, int Priority, string? Language) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Occupants.Find(FullJid) is not { } session)
            return;
        session.Presence = Presence;
        session.Priority = Priority;
        session.Language = Language;
        session.Changed = At;
        session.Occupant.ForgetPresence();
    }
}

/// <summary>A session goes by another nick (XEP-0045 7.6); its role goes with it, unless its person holds that nick already.</summary>
/// <param name="FullJid">The session.</param>
/// <param name="Nick">The new nick, prepared.</param>
public sealed record NickChanged(Jid FullJid, string Nick) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Occupants.Find(FullJid) is { } session)
            room.Occupants.Move(session, Nick);
    }
}

/// <summary>A session is no longer in the room, for whatever reason.</summary>
/// <param name="FullJid">The session.</param>
public sealed record SessionLeft(Jid FullJid) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Occupants.Remove(FullJid, out _);
        if (UnheardActivity.Belongs(room, FullJid.Bare))
            room.Heard.Set(FullJid.Bare, room.Activity.Total);
    }
}

/// <summary>Nobody is in the room any more, while the room itself stays: the service stopped or started again.</summary>
/// <param name="At">When.</param>
public sealed record OccupantsCleared(DateTimeOffset At) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        foreach (var occupant in room.Occupants.All)
        {
            if (UnheardActivity.Belongs(room, occupant.BareJid))
                room.Heard.Set(occupant.BareJid, room.Activity.Total);
        }
        room.Occupants.Clear();
        room.EmptySince = At;
    }
}

/// <summary>The subject changed (XEP-0045 8.1).</summary>
/// <param name="Content">The subject elements.</param>
/// <param name="Setter">The occupant JID of who changed it.</param>
/// <param name="At">When.</param>
public sealed record SubjectChanged(Markup Content, Jid Setter, DateTimeOffset At) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Subject?.Release();
        room.Subject = new RoomSubject(Content, Setter, At);
    }
}

/// <summary>The room sent an invitation for somebody, which may be declined for a while (XEP-0045 7.8.2, decision A31).</summary>
/// <param name="Inviter">The address of who invites, as it sent the invitation.</param>
/// <param name="Invitee">The bare JID of who is invited.</param>
/// <param name="At">When.</param>
/// <param name="Id">The id of the inviter's message; null when the invitation has one of the room's.</param>
public sealed record InvitationSent(Jid Inviter, Jid Invitee, DateTimeOffset At, string? Id = null) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.Invitations.Add(this);
}
