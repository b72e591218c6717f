using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>One room as the service lists it (XEP-0045 6.3) and finds it (XEP-0433 6.2).</summary>
/// <param name="Address">The room's bare JID.</param>
/// <param name="Name">Its natural-language name; empty when its owner gave none.</param>
public sealed record RoomListing(Jid Address, string Name)
{
    /// <summary>Its description; empty when its owner gave none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The language of the discussion; empty when its owner named none.</summary>
    public string Language { get; init; } = "";

    /// <summary>How many are in it: 0 for a room that is not in memory, for nobody is in such a one.</summary>
    public int Occupants { get; init; }

    /// <summary>Whether anybody may enter, without a password and without being a member.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether everybody in it sees real addresses.</summary>
    public bool IsNonAnonymous { get; init; }

    /// <summary>The identifier of the entry in a paged list (XEP-0059): the localpart, whose order survives the room itself.</summary>
    public string Uid => Address.Local!;

    /// <summary>
    /// How the room is listed now; null when it is not: it does not exist, it is still locked and so not there officially (decision A25), or it
    /// is hidden. Hosts ask after each turn in which something but messages happened, and tell the directory.
    /// </summary>
    public static RoomListing? Of(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return room.Exists && !room.IsLocked && room.Config.IsPublic ? Of(room.Address, room.Config) with { Occupants = room.Occupants.Count } : null;
    }

    /// <summary>How a public room with this configuration is listed while nobody is in it.</summary>
    public static RoomListing Of(Jid address, RoomConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new RoomListing(address, config.Name)
        {
            Description = config.Description,
            Language = config.Language,
            IsOpen = !config.IsMembersOnly && !config.IsPasswordProtected,
            IsNonAnonymous = config.IsNonAnonymous,
        };
    }
}
