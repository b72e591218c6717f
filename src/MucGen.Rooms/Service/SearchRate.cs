using System.Runtime.InteropServices;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>How often one person may search: a number of times a minute, which begins for all at once. Not for use by several threads.</summary>
/// <param name="mostPerMinute">From 1.</param>
internal sealed class SearchRate(int mostPerMinute)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Jid, int> searches = [];
    private DateTimeOffset began;

    /// <summary>Counts one search; false when it is one too many in this minute.</summary>
    /// <param name="searcher">Who searches.</param>
    /// <param name="now">When.</param>
    /// <param name="retryAfter">How many seconds are left of the minute.</param>
    public bool TryCount(Jid searcher, DateTimeOffset now, out int retryAfter)
    {
        if (now - began >= Period)
        {
            searches.Clear();
            began = now;
        }

        retryAfter = (int)Math.Ceiling((began + Period - now).TotalSeconds);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(searches, searcher.Bare, out _);
        if (count >= mostPerMinute)
            return false;
        count++;
        return true;
    }
}
