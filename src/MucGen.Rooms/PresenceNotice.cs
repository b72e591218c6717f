using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What a room says about one occupant: the facts of a presence, from which each variant is composed.</summary>
public readonly ref struct PresenceNotice
{
    /// <summary>Whom it is about; it may have left already.</summary>
    public required Occupant Occupant { get; init; }

    /// <summary>The session whose real address is given to those who may see it.</summary>
    public required Jid FullJid { get; init; }

    /// <summary>The affiliation to tell.</summary>
    public required MucAffiliation Affiliation { get; init; }

    /// <summary>The role to tell; none when the occupant leaves.</summary>
    public required MucRole Role { get; init; }

    /// <summary>The role by which others saw the occupant: if it is not broadcast, they hear nothing (decision A05).</summary>
    public required MucRole SeenAs { get; init; }

    /// <summary>Whether the occupant leaves the nick or the room.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>What the client says itself: show, status, extensions.</summary>
    public ReadOnlySpan<byte> Content { get; init; }

    /// <summary>The language of that.</summary>
    public string? Language { get; init; }

    /// <summary>The hats that the occupant wears (XEP-0317 3.1).</summary>
    public required IReadOnlyList<Hat> Hats { get; init; }

    /// <summary>Status codes for everybody; 110 is added where it belongs.</summary>
    public ReadOnlySpan<int> Statuses { get; init; }

    /// <summary>The versions of the lists of affiliations, for the sessions that keep them; null when no list changed (XEP-0463).</summary>
    public AffiliationVersionChange? Versions { get; init; }

    /// <summary>The nick that the occupant goes by from now on (XEP-0045 7.6).</summary>
    public string? NewNick { get; init; }

    /// <summary>Who did it; null when it was nobody in the room.</summary>
    public string? ActorNick { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The end of the room (XEP-0045 10.9); null in all other cases.</summary>
    public RoomDestruction? Destruction { get; init; }

    /// <summary>The occupant as it is now.</summary>
    public static PresenceNotice Current(Room room, Occupant occupant)
    {
        var shown = occupant.Shown;
        return new PresenceNotice
        {
            Occupant = occupant,
            FullJid = shown.FullJid,
            Affiliation = room.AffiliationOf(occupant.BareJid),
            Role = occupant.Role,
            SeenAs = occupant.Role,
            Hats = room.Hats.Of(occupant.BareJid),
            Content = PresenceContent.ShownOf(room, shown).Utf8,
            Language = shown.Language,
        };
    }

    /// <summary>The occupant as it goes: affiliation kept, role none.</summary>
    public static PresenceNotice Leaving(Room room, Occupant occupant, Jid fullJid) => new()
    {
        Occupant = occupant,
        FullJid = fullJid,
        Affiliation = room.AffiliationOf(occupant.BareJid),
        Role = MucRole.None,
        SeenAs = occupant.Role,
        Hats = room.Hats.Of(occupant.BareJid),
        IsUnavailable = true,
    };
}

/// <summary>What is told when a room is destroyed.</summary>
/// <param name="Alternate">A room to go to instead.</param>
/// <param name="Password">The password of that room.</param>
/// <param name="Reason">Why.</param>
public sealed record RoomDestruction(Jid? Alternate, string? Password, string? Reason);
