namespace MucGen.Server.Streams;

/// <summary>
/// How fast one client may speak: two buckets, of bytes and of stanzas, that fill as time passes. What was said already is never refused;
/// reading goes on when it is paid for, and until then the client's own connection holds it back. One for each stream; not thread-safe.
/// </summary>
internal sealed class ReceiveRate
{
    /// <summary>The seconds of silence that a client may save up.</summary>
    public const int BurstSeconds = 2;

    private readonly TimeProvider time;
    private Bucket bytes;
    private Bucket stanzas;
    private long last;

    private ReceiveRate(StreamPolicy policy, TimeProvider time)
    {
        this.time = time;
        bytes = new Bucket(policy.MaxBytesPerSecond);
        stanzas = new Bucket(policy.MaxStanzasPerSecond);
        last = time.GetTimestamp();
    }

    /// <summary>The rate of a new stream; null when there is no limit.</summary>
    public static ReceiveRate? Of(StreamPolicy policy, TimeProvider time) =>
        policy.MaxBytesPerSecond == 0 && policy.MaxStanzasPerSecond == 0 ? null : new ReceiveRate(policy, time);

    /// <summary>Pays for one stanza of so many bytes; answers how long to wait before the next one is read.</summary>
    public TimeSpan Spend(long length)
    {
        var now = time.GetTimestamp();
        var passed = time.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        return TimeSpan.FromSeconds(Math.Max(bytes.Spend(length, passed), stanzas.Spend(1, passed)));
    }

    private struct Bucket(int perSecond)
    {
        private double left = (double)perSecond * BurstSeconds;

        /// <summary>Seconds until what was taken is there; 0 while something is left.</summary>
        public double Spend(long amount, double passed)
        {
            if (perSecond == 0)
                return 0;
            left = Math.Min((double)perSecond * BurstSeconds, left + (passed * perSecond)) - amount;
            return left < 0 ? -left / perSecond : 0;
        }
    }
}
