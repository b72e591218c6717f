using MucGen.Rooms.Journal;

namespace MucGen.Rooms.Features;

/// <summary>
/// Changes of availability that come faster than the service lets a room tell them (XEP-0045 14.6): an occupant's changes wait, become the last of
/// them, and are told in the order in which the occupants began to wait. Nothing else waits, so entries, leaves and messages stay in order.
/// </summary>
internal static class HeldPresence
{
    /// <summary>Tells the others of an occupant's availability, now or in its turn.</summary>
    public static void Tell(RoomTurn turn, Occupant occupant)
    {
        var held = turn.Room.Occupants.Held;
        if (held.Count == 0 && turn.Room.Traffic.TryTakeRoomPresence(turn.Now))
            PresenceComposer.CurrentToOthers(turn, occupant);
        else if (!held.Contains(occupant))
            turn.Record(new PresenceHeld(occupant.Nick));
    }

    /// <summary>When the first of those who wait is due; null when nobody waits.</summary>
    public static DateTimeOffset? Due(Room room) => room.Occupants.Held.Count == 0 ? null : room.Traffic.NextPresence;

    /// <summary>Tells of as many as it is time for.</summary>
    public static void Release(RoomTurn turn)
    {
        var held = turn.Room.Occupants.Held;
        while (held.Count > 0 && turn.Room.Traffic.TryTakeRoomPresence(turn.Now))
        {
            var occupant = held[0];
            turn.Record(new PresenceTold(occupant.Nick));
            PresenceComposer.CurrentToOthers(turn, occupant);
        }
    }
}
