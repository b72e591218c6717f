using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Rooms that hold people to the nick that they reserved (XEP-0045 7.2.2, 7.6, 7.10, 7.12; decisions A03, A04, A34).</summary>
public static class LockedNicks
{
    /// <summary>The nick that a person is held to; null when they may choose. The service's setting holds in every room, a room's option in that one.</summary>
    public static string? NickFor(Room room, Jid bareJid)
    {
        ArgumentNullException.ThrowIfNull(room);
        return room.Policy.LocksNicks || room.Config.LocksNicks ? room.Affiliations.Find(bareJid)?.Nick : null;
    }

    /// <summary>
    /// Renames a person's occupants to the nick that they are held to from now on: a change of nick (303) whose new presence tells everybody, by
    /// 210, that the service did it (7.10, decision A34).
    /// </summary>
    /// <returns>Whether there was anybody to rename.</returns>
    internal static bool Enforce(RoomTurn turn, Jid bareJid)
    {
        var room = turn.Room;
        if (NickFor(room, bareJid) is not { } nick || Nicks.CheckFree(room, nick, bareJid) is not null)
            return false;
        var renamed = room.Occupants.Of(bareJid).Where(occupant => occupant.Nick != nick).SelectMany(occupant => occupant.Sessions).ToArray();
        foreach (var session in renamed)
            NickChange.Rename(turn, session, nick, [210], [], content: null);
        return renamed.Length > 0;
    }

    /// <summary>The same for everybody, when a room begins to hold people to their nicks.</summary>
    internal static void EnforceAll(RoomTurn turn)
    {
        foreach (var entry in turn.Room.Affiliations.All.Where(entry => entry.Nick is not null).OrderBy(entry => entry.BareJid.ToString(), StringComparer.Ordinal).ToArray())
            Enforce(turn, entry.BareJid);
    }
}
