using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>
/// Pages of lists that are sorted by their items' identifiers (XEP-0059). Since identifiers sort, a page is found even when the item
/// that named it is gone (2.4).
/// </summary>
internal static class Paging
{
    /// <summary>What a client asks for; everything open when it asks for nothing.</summary>
    public static PageRequest Request(ResultSetView set) =>
        set.IsPresent ? new PageRequest(set.Max, set.After.ToStringOrNull(), set.Before.ToStringOrNull(), set.Index) : default;

    /// <summary>Cuts one page.</summary>
    /// <param name="sorted">The whole list, in ordinal order of its identifiers.</param>
    /// <param name="uid">The identifier of an item.</param>
    /// <param name="request">Which page.</param>
    /// <param name="limit">The most items of any page.</param>
    public static Page<T> Cut<T>(List<T> sorted, Func<T, string> uid, in PageRequest request, int limit)
    {
        var from = Math.Min(request.Index ?? 0, sorted.Count);
        var to = sorted.Count;
        if (request.After is { } after)
        {
            var at = LowerBound(sorted, uid, after);
            from = Math.Max(from, at < to && uid(sorted[at]) == after ? at + 1 : at);
        }

        if (request.Before is { Length: > 0 } before)
            to = LowerBound(sorted, uid, before);
        from = Math.Min(from, to);
        var size = Math.Min(Math.Min(request.Max ?? limit, limit), to - from);
        var start = request.Before is null ? from : to - size; // 2.3: the page that ends right ahead of the identifier
        return new Page<T>(sorted.GetRange(start, size), start, sorted.Count);
    }

    /// <summary>The position of the first item whose identifier is not before <paramref name="wanted"/>.</summary>
    public static int LowerBound<T>(List<T> sorted, Func<T, string> uid, string wanted)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(uid(sorted[middle]), wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>
    /// Says which page this is: when a page was asked for, and when the list was cut without being asked (XEP-0045 6.3). An empty list is
    /// just empty (2.2), unless only its size was wanted (2.7).
    /// </summary>
    public static void Describe<T>(Page<T> page, Func<T, string> uid, in PageRequest request, ref DiscoItemsQueryWriter list)
    {
        var isWanted = request != default || !page.IsComplete;
        if (!isWanted || (page.Total == 0 && request.Max != 0))
            return;

        Write(list.StartResultSet(), page, uid);
    }

    /// <summary>Writes which page this is, whole.</summary>
    public static void Write<T>(ResultSetWriter set, Page<T> page, Func<T, string> uid)
    {
        set.Count(page.Total);
        if (page.Items.Count > 0)
        {
            set.First(index: page.Start, value: uid(page.Items[0]));
            set.Last(uid(page.Items[^1]));
        }

        set.End();
    }
}
