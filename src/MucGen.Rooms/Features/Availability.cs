using MucGen.Rooms.Journal;

namespace MucGen.Rooms.Features;

/// <summary>Changes of availability (XEP-0045 7.7).</summary>
internal static class Availability
{
    public static void Update(RoomTurn turn, OccupantSession session)
    {
        if (PresenceContent.Read(turn, out var content) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        var occupant = session.Occupant;
        var wasShown = ReferenceEquals(occupant.Shown, session);
        Record(turn, session, content);

        var own = PresenceNotice.Current(turn.Room, occupant) with
        {
            FullJid = session.FullJid,
            Content = PresenceContent.ShownOf(turn.Room, session).Utf8,
            Language = session.Language,
        };
        PresenceComposer.ToSelf(turn, own, session, id: turn.Root.Attribute("id"u8));
        if (!wasShown && !ReferenceEquals(occupant.Shown, session))
            return; // decision A33: another session stands for this occupant
        HeldPresence.Tell(turn, occupant);
        var shown = PresenceNotice.Current(turn.Room, occupant);
        foreach (var further in occupant.Sessions)
        {
            if (!ReferenceEquals(further, session))
                PresenceComposer.ToSelf(turn, shown, further);
        }
    }

    public static void Record(RoomTurn turn, OccupantSession session, in PresenceContent content) =>
        turn.Record(new PresenceChanged(session.FullJid, turn.Now, content.Markup, content.Priority, content.Language));
}
