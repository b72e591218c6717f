using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// What a destroyed room answers (XEP-0045 10.9). A room whose owner wants it leaves a tombstone when it is destroyed with another venue: then everybody who
/// comes is told that it is gone, and whoever could have entered is told where to go. Its owners and the service's admins may create it anew at once,
/// everybody else when the tombstone's time is over. All other rooms leave their address free.
/// </summary>
internal static class Tombstones
{
    /// <summary>What the room leaves behind when it is destroyed now; null for nothing.</summary>
    public static RoomTombstone? Of(RoomTurn turn, RoomDestruction destruction)
    {
        var room = turn.Room;
        var leavesOne = room.Config.LeavesTombstone && !room.IsLocked && turn.Policy.TombstoneLifetime > TimeSpan.Zero;
        if (!leavesOne || destruction.Alternate is not { } venue)
            return null;
        var isOpen = !room.Config.IsMembersOnly && !room.Config.IsPasswordProtected;
        return new RoomTombstone(
            venue.Bare,
            turn.Now + turn.Policy.TombstoneLifetime,
            [.. room.Affiliations.Listed(MucAffiliation.Owner)],
            isOpen ? null : [.. People(room)],
            isOpen ? [.. BanRule.Of(room).Select(rule => rule.Target.Text)] : []);
    }

    /// <summary>Why somebody cannot create the room of this address: another one was there until lately.</summary>
    public static Refusal? Check(Room room, Jid bareJid)
    {
        if (room.Exists || room.Tombstone is not { } tombstone || tombstone.Owners.Contains(bareJid) || room.Policy.Admins.Contains(bareJid))
            return null;
        return tombstone.IsFor(bareJid) ? Gone with { Address = UriOf(tombstone.Venue) } : Gone;
    }

    /// <summary>The refusal of whatever is sent to a room that is not there for the sender: there was none, there is one no more, or it is not yet there officially.</summary>
    public static Refusal NotThere(Room room, Jid sender) => Check(room, sender.Bare) ?? NoRoom;

    /// <summary>Ends what is left of the room when its time is over.</summary>
    public static void Expire(RoomTurn turn)
    {
        if (turn.Room.Tombstone?.Until <= turn.Now)
            turn.Record(new TombstoneEnded());
    }

    /// <summary>XEP-0077 3.2: nobody who registers that name again may do what the person might have done here.</summary>
    public static void Forget(RoomTurn turn, Jid bareJid)
    {
        if (turn.Room.Tombstone is { } tombstone && (tombstone.Owners.Contains(bareJid) || tombstone.Told?.Contains(bareJid) == true))
            turn.Record(new TombstoneForgot(bareJid));
    }

    private static IEnumerable<Jid> People(Room room) =>
        room.Affiliations.All.Where(entry => entry.Affiliation >= MucAffiliation.Member).Select(entry => entry.BareJid).OrderBy(jid => jid.ToString(), StringComparer.Ordinal);

    // RFC 6120 8.3.3.5, RFC 5122, XEP-0147: a room is joined, a service is only named.
    private static string UriOf(Jid venue) =>
        venue.Local is { } local ? $"xmpp:{Uri.EscapeDataString(local)}@{venue.Domain}?join" : $"xmpp:{venue.Domain}";

    private static readonly Refusal Gone = new(StanzaErrorCondition.Gone, StanzaErrorType.Cancel, "This room was destroyed.");
    private static readonly Refusal NoRoom = Refusal.ItemNotFound("There is no such room.");
}
