using System.Globalization;

namespace MucGen.Rooms.Service;

/// <summary>What a search wants of the directory (XEP-0433 6.1), and which rooms fit it.</summary>
/// <param name="Terms">Words that must all be found; none finds every room.</param>
/// <param name="InName">Whether they may be in the name.</param>
/// <param name="InDescription">Whether they may be in the description.</param>
/// <param name="InAddress">Whether they may be in the address.</param>
/// <param name="ByUsers">Whether the fullest rooms come first; otherwise they come in the order of addresses.</param>
public sealed record ChannelQuery(IReadOnlyList<string> Terms, bool InName, bool InDescription, bool InAddress, bool ByUsers)
{
    /// <summary>The least characters of a word that is searched for.</summary>
    public const int ShortestTerm = 3;

    /// <summary>The words of a question that are long enough to be searched for.</summary>
    public static IReadOnlyList<string> TermsOf(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return [.. question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestTerm)];
    }

    /// <summary>Whether a room fits: each word is in one of the places, whatever its case.</summary>
    public bool Fits(RoomListing room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return Terms.All(term => (InName && Has(room.Name, term)) || (InDescription && Has(room.Description, term)) || (InAddress && Has(room.Address.ToString(), term)));
    }

    /// <summary>
    /// What identifies a room in the list of results (XEP-0059), whose ordinal order is the order of the results. By users it holds the number at that
    /// moment, so that a page goes on where the last one ended even when the room is gone.
    /// </summary>
    public string UidOf(RoomListing room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return ByUsers ? string.Create(CultureInfo.InvariantCulture, $"{int.MaxValue - room.Occupants:x8} {room.Uid}") : room.Uid;
    }

    private static bool Has(string text, string term) => text.Contains(term, StringComparison.OrdinalIgnoreCase);
}
