using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;

namespace MucGen.Rooms.Features;

/// <summary>What follows from a configuration that was found acceptable (XEP-0045 10.2, 10.2.1).</summary>
internal static class ConfigurationEffects
{
    /// <summary>Carries it out, in this order: the room itself, the lists, who may stay, who is seen, who is held to a nick, and the notice to all.</summary>
    public static void Apply(RoomTurn turn, ConfigurationPlan plan, in Actor actor)
    {
        var room = turn.Room;
        var (before, after) = (room.Config, plan.Config);
        Hide(turn, after.PresenceBroadcast);
        if (after != before)
            turn.Record(new ConfigChanged(after.Save()));
        if (room.IsLocked)
            turn.Record(new RoomUnlocked());
        foreach (var change in plan.Lists.Changes)
            AffiliationChanges.Apply(turn, change, actor);
        if (after.IsMembersOnly && !before.IsMembersOnly)
            RemoveNonMembers(turn);
        Show(turn, before.PresenceBroadcast);
        if (after.LocksNicks && !before.LocksNicks)
            LockedNicks.EnforceAll(turn);
        if (after != before)
            ConfigurationNotice.Send(turn, after.StatusCodesSince(before));
    }

    // 10.2: those who are not members are told why they have to go.
    private static void RemoveNonMembers(RoomTurn turn)
    {
        Occupant[] present = [.. turn.Room.Occupants.All];
        foreach (var occupant in present)
        {
            if (EntryRules.Check(turn.Room.AffiliationOf(occupant.BareJid), isMembersOnly: true) is not null)
                turn.Remove(occupant, [322]);
        }
    }

    // muc-10.2-26: those whose role will not be broadcast leave in the eyes of the others, while it still is.
    private static void Hide(RoomTurn turn, RoleSet after)
    {
        var room = turn.Room;
        foreach (var occupant in room.Occupants.All)
        {
            if (!after.Has(occupant.Role))
                PresenceComposer.ToOthers(turn, PresenceNotice.Leaving(room, occupant, occupant.Shown.FullJid));
        }
    }

    // And those whose role is broadcast from now on enter.
    private static void Show(RoomTurn turn, RoleSet before)
    {
        foreach (var occupant in turn.Room.Occupants.All)
        {
            if (!before.Has(occupant.Role))
                PresenceComposer.CurrentToOthers(turn, occupant);
        }
    }
}
