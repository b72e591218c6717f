using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>How rooms end, and how they outlast the process (XEP-0045 10.1.1, 10.9, 11.2).</summary>
public static class RoomLifetime
{
    /// <summary>Destroys the room: one presence to every session, about itself only (10.9, decision A29).</summary>
    public static void Destroy(RoomTurn turn, RoomDestruction destruction)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (!turn.Room.Exists)
            return;
        Dismiss(turn, [], reason: null, destruction);
        turn.Record(new RoomDestroyed(Tombstones.Of(turn, destruction)));
    }

    internal static void Due(RoomTurn turn, RoomTimerKind timer)
    {
        if (RoomTimers.End(turn.Room) is not { } end || end.Kind != timer || end.Due > turn.Now)
            return; // what the timer waited for has happened, or was settled before
        Destroy(turn, new RoomDestruction(null, null, timer == RoomTimerKind.Locked ? "The room was never configured." : null));
    }

    // 11.2: everybody is told about themselves; affiliations and rooms stay, temporary ones too, for whoever comes back.
    internal static void Shutdown(RoomTurn turn, string? reason)
    {
        if (turn.Room.Occupants.Count == 0)
            return;
        Dismiss(turn, [332], reason, destruction: null);
        turn.Record(new OccupantsCleared(turn.Now));
    }

    // 11.1: whoever may have missed something is told to be out of the room, and enters again with everything it needs.
    internal static void Interrupt(RoomTurn turn)
    {
        if (turn.Room.Occupants.Count == 0)
            return;
        foreach (var occupant in turn.Room.Occupants.All)
        {
            var notice = PresenceNotice.Leaving(turn.Room, occupant, occupant.Shown.FullJid) with { Statuses = [333] };
            PresenceComposer.ToOwnSessions(turn, notice, occupant.Sessions);
        }
        turn.Record(new OccupantsCleared(turn.Now));
    }

    // Sessions that ended while nobody watched: those who remain are told as for any failure (11.1).
    internal static void Restore(RoomTurn turn, IReadOnlyCollection<Jid> gone)
    {
        var present = turn.Room.Occupants.Sessions.Count;
        var missing = gone.Where(jid => turn.Room.Occupants.Find(jid) is not null).Distinct().ToArray();
        if (missing.Length == 0)
            return;
        if (missing.Length == present)
        {
            turn.Record(new OccupantsCleared(turn.Now));
            return;
        }
        foreach (var jid in missing)
            Leaving.End(turn, turn.Room.Occupants.Find(jid)!, [333], default, tellSelf: false);
    }

    // XEP-0077 3.2: nobody who registers that name again inherits anything.
    internal static void ForgetAccount(RoomTurn turn, Jid bareJid)
    {
        var room = turn.Room;
        Tombstones.Forget(turn, bareJid);
        if (!room.Exists)
            return;
        foreach (var session in room.Occupants.Sessions.Where(session => session.Occupant.BareJid.Equals(bareJid)).ToArray())
            Leaving.End(turn, session, [], default, tellSelf: true); // whoever has registered the name again may be here already
        var wasListed = room.Affiliations.Find(bareJid) is not null;
        if (wasListed || room.PendingRegistrations.Find(bareJid) is not null
            || room.RememberedRoles.ContainsKey(bareJid) || room.Settled.Contains(bareJid))
            turn.Record(new AffiliationChanged(bareJid, MucAffiliation.None, null, null));
        if (wasListed)
            AffiliationChanges.AnnounceAbsent(turn, new Affiliated(bareJid, MucAffiliation.None));
        if (room.Mutes.Find(bareJid) is not null)
            turn.Record(new MuteEnded(bareJid));
        foreach (var hat in room.Hats.Of(bareJid).ToArray())
            turn.Record(new HatTaken(bareJid, hat.Uri));
    }

    /// <summary>7.14: a temporary room ends with the turn in which its last occupant left it.</summary>
    internal static void EndIfEmpty(RoomTurn turn)
    {
        var room = turn.Room;
        if (room.Occupants.Count > 0 || !room.Exists || room.Config.IsPersistent)
            return;
        foreach (var change in turn.Events)
        {
            if (change is SessionLeft)
            {
                turn.Record(new RoomDestroyed());
                return;
            }
        }
    }

    private static void Dismiss(RoomTurn turn, ReadOnlySpan<int> statuses, string? reason, RoomDestruction? destruction)
    {
        foreach (var occupant in turn.Room.Occupants.All)
        {
            var notice = PresenceNotice.Leaving(turn.Room, occupant, occupant.Shown.FullJid) with
            {
                Affiliation = MucAffiliation.None,
                Statuses = statuses,
                Reason = reason,
                Destruction = destruction,
            };
            PresenceComposer.ToOwnSessions(turn, notice, occupant.Sessions);
        }
    }
}
