using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What a room is told, and nothing else ever reaches it.</summary>
public enum RoomInputKind : byte
{
    /// <summary>A stanza addressed to the room or to one of its occupants.</summary>
    Stanza,

    /// <summary>A session ended without leaving: its stream is gone for good (XEP-0045 7.14, 11.1).</summary>
    SessionGone,

    /// <summary>The time that <see cref="RoomRules.NextTimer"/> named has come.</summary>
    TimerDue,

    /// <summary>The operator destroys the room (XEP-0045 10.9).</summary>
    Destroy,

    /// <summary>An account was deleted: its bare JID loses presence, affiliation and reservation (XEP-0077 3.2).</summary>
    AccountDeleted,

    /// <summary>The service stops (XEP-0045 11.2).</summary>
    Shutdown,

    /// <summary>The room was loaded from its journal; these sessions are gone since.</summary>
    Restored,

    /// <summary>The room was loaded from its journal after a failure that its occupants outlived: they may have missed something (XEP-0045 11.1).</summary>
    Interrupted,

    /// <summary>A session that is not in the room wants to know whether something was said since its user was (XEP-0437); the host looks (<see cref="Features.UnheardActivity"/>).</summary>
    ActivityAsked,

    /// <summary>The host answers what a rule asked (<see cref="RoomTurn.Ask"/>).</summary>
    Answered,
}

/// <summary>What a room waits for.</summary>
public enum RoomTimerKind : byte
{
    /// <summary>A new room was not configured in time (XEP-0045 10.1.1, 14.6; decision A25).</summary>
    Locked,

    /// <summary>A temporary room stayed empty after a restart.</summary>
    Empty,

    /// <summary>The time of a ban is over.</summary>
    BanEnds,

    /// <summary>The time of a mute is over.</summary>
    MuteEnds,

    /// <summary>A newcomer has waited long enough for voice.</summary>
    VoiceDue,

    /// <summary>Changes of availability that came too fast can be told.</summary>
    PresenceDue,

    /// <summary>Those who sent nothing lately need not be counted any more.</summary>
    CountersStale,

    /// <summary>What a destroyed room left behind has been there long enough (XEP-0045 10.9).</summary>
    TombstoneEnds,
}

/// <summary>One input of a room: a value, so that a mailbox holds it without an object.</summary>
/// <remarks>An input does not own its stanza; whoever feeds it disposes of the stanza after the turn.</remarks>
public readonly record struct RoomInput
{
    private RoomInput(RoomInputKind kind) => Kind = kind;

    /// <summary>Which of the inputs this is.</summary>
    public RoomInputKind Kind { get; }

    /// <summary>The stanza of <see cref="RoomInputKind.Stanza"/>.</summary>
    public Stanza? Stanza { get; private init; }

    /// <summary>Who sent the stanza: always what the server knows, never what the stanza claims. For other inputs the JID concerned.</summary>
    public Jid? From { get; private init; }

    /// <summary>The prepared <c>to</c> of the stanza: the room, or an occupant JID.</summary>
    public Jid? To { get; private init; }

    /// <summary>A reason for people, if there is one.</summary>
    public string? Reason { get; private init; }

    /// <summary>Which timer is due.</summary>
    public RoomTimerKind Timer { get; private init; }

    /// <summary>The answer of <see cref="RoomInputKind.Answered"/>.</summary>
    public RoomAnswer? Answer { get; private init; }

    /// <summary>Sessions that ended while the room was not in memory.</summary>
    public IReadOnlyCollection<Jid> Gone => gone ?? [];

    private readonly IReadOnlyCollection<Jid>? gone;

    /// <summary>A stanza to the room or to an occupant.</summary>
    /// <param name="stanza">The stanza; the feeder keeps its lease.</param>
    /// <param name="from">The sender's full JID as authenticated (bare only for answers of a server on behalf of an account).</param>
    /// <param name="to">The prepared address.</param>
    public static RoomInput OfStanza(Stanza stanza, Jid from, Jid to) =>
        new(RoomInputKind.Stanza) { Stanza = stanza, From = from, To = to };

    /// <summary>The session of this full JID is gone.</summary>
    public static RoomInput SessionGone(Jid fullJid, string? reason = null) =>
        new(RoomInputKind.SessionGone) { From = fullJid, Reason = reason };

    /// <summary>A timer is due.</summary>
    public static RoomInput TimerDue(RoomTimerKind timer) => new(RoomInputKind.TimerDue) { Timer = timer };

    /// <summary>The operator destroys the room.</summary>
    /// <param name="reason">Told to occupants.</param>
    /// <param name="alternate">A room to go to instead.</param>
    public static RoomInput Destroy(string? reason = null, Jid? alternate = null) =>
        new(RoomInputKind.Destroy) { Reason = reason, To = alternate };

    /// <summary>The account of this bare JID was deleted.</summary>
    public static RoomInput AccountDeleted(Jid bareJid) => new(RoomInputKind.AccountDeleted) { From = bareJid };

    /// <summary>The session of this full JID asks for activity.</summary>
    public static RoomInput ActivityAsked(Jid fullJid) => new(RoomInputKind.ActivityAsked) { From = fullJid };

    /// <summary>The service stops.</summary>
    public static RoomInput Shutdown(string? reason = null) => new(RoomInputKind.Shutdown) { Reason = reason };

    /// <summary>The room lost track of its occupants.</summary>
    public static RoomInput Interrupted() => new(RoomInputKind.Interrupted);

    /// <summary>The room was loaded; the sessions named are gone.</summary>
    public static RoomInput Restored(IReadOnlyCollection<Jid> gone) => new(gone);

    /// <summary>The archive has answered. The input carries the lease on the request's stanza that the question held.</summary>
    public static RoomInput Answered(RoomQuestion question, ArchivePage page)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new(RoomInputKind.Answered)
        {
            Stanza = question.Stanza,
            From = question.From,
            To = question.To,
            Answer = new RoomAnswer(question, page),
        };
    }

    private RoomInput(IReadOnlyCollection<Jid> gone)
    {
        Kind = RoomInputKind.Restored;
        this.gone = gone;
    }
}
