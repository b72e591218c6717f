using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// How much is said in a room: all in all since it was created, and by the hour over the last day (XEP-0502). Counting a message is two additions and makes no
/// object; so is asking, whatever the room's size.
/// </summary>
[Specification("XEP-0502", "0.1.0")]
public sealed class MessageActivity
{
    /// <summary>The hours that are looked back to.</summary>
    public const int Hours = 24;

    private const long SecondsPerHour = 3600;

    private readonly int[] counts = new int[Hours]; // that of an hour is at its number since 1970, modulo the length
    private long newest; // the hour of the newest count

    /// <summary>How many messages were counted since the room was created.</summary>
    public long Total { get; private set; }

    /// <summary>Since when messages are counted; null while none has been, in a room that is older than the counting.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>About how many messages there are in an hour, by the last day or by the time since counting began; null when nothing is known.</summary>
    public double? PerHour(DateTimeOffset now)
    {
        if (Since is not { } since)
            return null;
        var current = HourOf(now);
        var first = current - Hours + 1;
        long sum = 0;
        for (var hour = Math.Max(first, newest - Hours + 1); hour <= newest; hour++)
            sum += counts[hour % Hours];
        var start = DateTimeOffset.FromUnixTimeSeconds(first * SecondsPerHour);
        var watched = now - (since > start ? since : start);
        return sum / Math.Max(1, watched.TotalHours);
    }

    /// <summary>The counts of the last hours, oldest first, up to <paramref name="hour"/>, the hour of the newest since 1970.</summary>
    internal int[] Save(out long hour)
    {
        hour = newest;
        var saved = new int[Hours];
        for (var i = 0; i < Hours; i++)
            saved[i] = counts[(newest + 1 + i) % Hours];
        return saved;
    }

    internal void Restore(long total, DateTimeOffset since, long hour, IReadOnlyList<int> saved)
    {
        Clear();
        (Total, Since, newest) = (total, since, hour);
        for (var i = 0; i < saved.Count && i < Hours; i++)
            counts[(hour + 1 + i) % Hours] = saved[i];
    }

    internal void Begin(DateTimeOffset at)
    {
        Clear();
        Since = at;
        newest = HourOf(at);
    }

    internal void Count(DateTimeOffset at)
    {
        Since ??= at;
        Total++;
        var hour = HourOf(at);
        if (hour > newest) // a clock that goes back counts for the hour that was reached
        {
            for (var skipped = Math.Max(newest + 1, hour - Hours + 1); skipped <= hour; skipped++)
                counts[skipped % Hours] = 0;
            newest = hour;
        }
        counts[newest % Hours]++;
    }

    internal void Clear()
    {
        Array.Clear(counts);
        newest = 0;
        Total = 0;
        Since = null;
    }

    private static long HourOf(DateTimeOffset at) => Math.Max(0, at.ToUnixTimeSeconds() / SecondsPerHour);
}
