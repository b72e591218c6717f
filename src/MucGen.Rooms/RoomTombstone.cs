using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What is left of a destroyed room for a while, so that those who come later learn where to go (XEP-0045 10.9).</summary>
/// <param name="Venue">The bare JID of the room to go to instead.</param>
/// <param name="Until">When the address is free again.</param>
/// <param name="Owners">The bare JIDs of those who may create a room of that name at once.</param>
/// <param name="Told">Who is told the venue, people and domains; null for everybody who was not banned.</param>
/// <param name="Banned">Who is not told the venue, as <see cref="BanTarget"/> reads it.</param>
public sealed record RoomTombstone(
    Jid Venue, DateTimeOffset Until, IReadOnlyList<Jid> Owners, IReadOnlyList<Jid>? Told, IReadOnlyList<string> Banned)
{
    /// <summary>Whether this person may know the venue: whoever could have entered without a password.</summary>
    public bool IsFor(Jid person)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (Told is null)
            return !Banned.Any(text => BanTarget.TryParse(text, out var target) && target.Hits(person));
        return Told.Any(listed => BanTarget.Of(listed).Hits(person));
    }
}
