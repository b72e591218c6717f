using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Leaving the room, by one's own will or not (XEP-0045 7.14, 11.1).</summary>
internal static class Leaving
{
    /// <summary>
    /// Unavailable presence ends the session that sends it, whatever nick it names (decision A47). From somebody who is not in the room it
    /// means nothing, and gets no answer (17.3).
    /// </summary>
    public static void Leave(RoomTurn turn)
    {
        if (turn.Sender is not { } session)
            return;
        if (turn.Room.IsLocked && turn.Room.Occupants.Sessions.Count == 1)
        {
            RoomLifetime.Destroy(turn, new RoomDestruction(null, null, null)); // 10.1.3: whoever leaves before configuring, cancels
            return;
        }
        if (PresenceContent.Read(turn, out var content) is not null)
            content = default; // whoever leaves with too long a speech leaves without it
        End(turn, session, [], content, tellSelf: true);
    }

    /// <summary>The session's stream is gone: the same as leaving (7.14), except that nobody is there to hear it.</summary>
    public static void Gone(RoomTurn turn, Jid fullJid, string? reason)
    {
        if (turn.Room.Occupants.Find(fullJid) is { } session)
            End(turn, session, [], PresenceContent.OfStatus(reason), tellSelf: false);
    }

    /// <summary>Ends one session. Others hear of it when it was the occupant's last one (decision A33).</summary>
    public static void End(
        RoomTurn turn, OccupantSession session, ReadOnlySpan<int> statuses, in PresenceContent content, bool tellSelf)
    {
        var occupant = session.Occupant;
        var isLast = occupant.Sessions.Count == 1;
        var wasShown = ReferenceEquals(occupant.Shown, session);
        var notice = PresenceNotice.Leaving(turn.Room, occupant, session.FullJid) with
        {
            Statuses = statuses,
            Content = content.Markup.Utf8,
            Language = content.Language,
        };
        turn.Record(new SessionLeft(session.FullJid));
        if (tellSelf)
            PresenceComposer.ToSelf(turn, notice, session);
        if (isLast)
            PresenceComposer.ToOthers(turn, notice);
        else if (wasShown)
            PresenceComposer.CurrentToAll(turn, occupant);
    }
}
