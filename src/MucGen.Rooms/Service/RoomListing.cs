using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>One room as the service lists it (XEP-0045 6.3).</summary>
/// <param name="Address">The room's bare JID.</param>
/// <param name="Name">Its natural-language name; empty when its owner gave none.</param>
public sealed record RoomListing(Jid Address, string Name)
{
    /// <summary>The identifier of the entry in a paged list (XEP-0059): the localpart, whose order survives the room itself.</summary>
    public string Uid => Address.Local!;

    /// <summary>
    /// How the room is listed now; null when it is not: it does not exist, it is still locked and so not there officially (decision A25), or it
    /// is hidden. Hosts ask after each turn with events and tell the directory.
    /// </summary>
    public static RoomListing? Of(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return room.Exists && !room.IsLocked && room.Config.IsPublic ? new RoomListing(room.Address, room.Config.Name) : null;
    }
}
