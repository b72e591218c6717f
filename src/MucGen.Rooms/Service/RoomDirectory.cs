using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>The rooms that a service lists (XEP-0045 6.3): the public ones that are configured, whether in memory or not.</summary>
public interface IRoomDirectory
{
    /// <summary>Gives one page, in the order of the rooms' localparts.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="limit">The most items of any page.</param>
    Page<RoomListing> Read(in PageRequest request, int limit);

    /// <summary>Gives one page of what a search finds (XEP-0433), in the order that it wants.</summary>
    /// <param name="query">What is searched for.</param>
    /// <param name="request">Which page, by the identifiers of the query.</param>
    /// <param name="limit">The most items of any page.</param>
    Page<RoomListing> Find(ChannelQuery query, in PageRequest request, int limit);
}

/// <summary>The directory in memory.</summary>
/// <remarks>
/// Every room's actor writes here and every session may read, so it has a lock, unlike the rooms themselves. Listings change when somebody enters or leaves and
/// when a room is configured, never for a message: a change is one binary search. Reading a page is two and a copy; a search looks at a copy, outside the lock.
/// </remarks>
public sealed class RoomDirectory : IRoomDirectory
{
    private readonly Lock gate = new();
    private readonly List<RoomListing> listings;

    /// <summary>An empty directory.</summary>
    public RoomDirectory() => listings = [];

    /// <summary>A directory of what the journal knows.</summary>
    public RoomDirectory(IEnumerable<RoomListing> stored)
    {
        listings = [.. stored];
        listings.Sort(static (a, b) => string.CompareOrdinal(a.Uid, b.Uid));
    }

    /// <summary>Lists a room, or changes how it is listed.</summary>
    public void List(RoomListing listing)
    {
        lock (gate)
        {
            var at = LowerBound(listing.Uid);
            if (IsAt(at, listing.Uid))
                listings[at] = listing;
            else
                listings.Insert(at, listing);
        }
    }

    /// <summary>Lists a room no more: it is hidden, or gone. Nothing happens when it was not listed.</summary>
    public void Unlist(Jid room)
    {
        lock (gate)
        {
            var at = LowerBound(room.Local!);
            if (IsAt(at, room.Local!))
                listings.RemoveAt(at);
        }
    }

    /// <inheritdoc/>
    public Page<RoomListing> Read(in PageRequest request, int limit)
    {
        lock (gate)
            return Paging.Cut(listings, Uid, request, limit);
    }

    /// <inheritdoc/>
    public Page<RoomListing> Find(ChannelQuery query, in PageRequest request, int limit)
    {
        ArgumentNullException.ThrowIfNull(query);
        RoomListing[] all;
        lock (gate)
            all = [.. listings];
        var found = all.Where(query.Fits).ToList();
        if (query.ByUsers)
            found.Sort((a, b) => string.CompareOrdinal(query.UidOf(a), query.UidOf(b)));
        return Paging.Cut(found, query.UidOf, request, limit);
    }

    private static string Uid(RoomListing listing) => listing.Uid;

    private int LowerBound(string uid) => Paging.LowerBound(listings, Uid, uid);

    private bool IsAt(int index, string uid) => index < listings.Count && listings[index].Uid == uid;
}
