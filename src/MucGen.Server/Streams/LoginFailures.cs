using System.Collections.Concurrent;
using MucGen.Server.Transport;

namespace MucGen.Server.Streams;

/// <summary>
/// Wrong passwords by network address, counted over a while: whoever guesses on many streams is slowed down as well. This machine may
/// guess as it likes. Thread-safe.
/// </summary>
internal sealed class LoginFailures(StreamPolicy policy, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Failures> byAddress = new(StringComparer.Ordinal);
    private long sweptAt = time.GetUtcNow().UtcTicks;

    /// <summary>Whether the peer may try a password now.</summary>
    public bool MayTry(Wire wire) =>
        wire.IsLoopback
        || !byAddress.TryGetValue(wire.PeerAddress, out var failures)
        || IsOver(failures, time.GetUtcNow())
        || failures.Count < policy.MaxFailuresPerAddress;

    /// <summary>The peer gave a wrong password.</summary>
    public void Add(Wire wire)
    {
        if (wire.IsLoopback)
            return;
        var now = time.GetUtcNow();
        Sweep(now);
        byAddress.AddOrUpdate(
            wire.PeerAddress,
            static (_, state) => new Failures(state.now, 1),
            static (_, old, state) => state.self.IsOver(old, state.now) ? new Failures(state.now, 1) : old with { Count = old.Count + 1 },
            (self: this, now));
    }

    private bool IsOver(in Failures failures, DateTimeOffset now) => now - failures.Since >= policy.FailurePeriod;

    /// <summary>Forgets whose time is over, once a period, so that failing costs the same however many addresses there are.</summary>
    private void Sweep(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref sweptAt);
        if (now.UtcTicks - last < policy.FailurePeriod.Ticks || Interlocked.CompareExchange(ref sweptAt, now.UtcTicks, last) != last)
            return;
        foreach (var (address, failures) in byAddress)
        {
            if (IsOver(failures, now))
                byAddress.TryRemove(KeyValuePair.Create(address, failures));
        }
    }

    private readonly record struct Failures(DateTimeOffset Since, int Count);
}
