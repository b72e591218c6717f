using MucGen.Rooms.Features;

namespace MucGen.Rooms;

/// <summary>What a room waits for, each kind with when it is next due.</summary>
/// <remarks>
/// The end of the room itself comes only when the host says that its time has come. Everything else is settled at the beginning of whatever input comes
/// first after it is due, so that no decision is made by a rule whose time is over, and a room may leave memory meanwhile.
/// </remarks>
internal static class RoomTimers
{
    private static readonly Appointment[] Appointments =
    [
        new(RoomTimerKind.BanEnds, static room => room.Affiliations.NextExpiry, Banning.Expire),
        new(RoomTimerKind.MuteEnds, static room => room.Mutes.NextExpiry, Muting.Expire),
        new(RoomTimerKind.VoiceDue, VoiceAfterTime.Due, VoiceAfterTime.Give),
        new(RoomTimerKind.PresenceDue, HeldPresence.Due, HeldPresence.Release),
        new(RoomTimerKind.CountersStale, static room => room.Traffic.NextSweep, Throttling.Sweep),
    ];

    private readonly record struct Appointment(RoomTimerKind Kind, Func<Room, DateTimeOffset?> Due, Action<RoomTurn> Settle);

    /// <summary>When the room itself ends if nothing happens; null when it does not wait for that.</summary>
    public static (RoomTimerKind Kind, DateTimeOffset Due)? End(Room room)
    {
        if (!room.Exists)
            return null;
        if (room.IsLocked)
            return (RoomTimerKind.Locked, room.CreatedAt + room.Policy.LockedRoomLifetime);
        if (!room.Config.IsPersistent && room.Occupants.Count == 0)
            return (RoomTimerKind.Empty, (room.EmptySince ?? room.CreatedAt) + room.Policy.EmptyRoomLifetime);
        return null;
    }

    /// <summary>The earliest of everything that the room waits for.</summary>
    public static (RoomTimerKind Kind, DateTimeOffset Due)? Next(Room room)
    {
        if (!room.Exists)
            return null;
        var next = End(room);
        foreach (var appointment in Appointments)
        {
            if (appointment.Due(room) is { } due && (next is not { } earliest || due < earliest.Due))
                next = (appointment.Kind, due);
        }
        return next;
    }

    /// <summary>Does what is due by now.</summary>
    public static void Settle(RoomTurn turn)
    {
        Tombstones.Expire(turn);
        if (!turn.Room.Exists)
            return;
        foreach (var appointment in Appointments)
        {
            if (appointment.Due(turn.Room) <= turn.Now)
                appointment.Settle(turn);
        }
    }
}
