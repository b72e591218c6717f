using MucGen.Rooms;

namespace MucGen.Server.Rooms;

/// <summary>The first of the things that a room waits for. Time passes outside of the room; that it has passed comes as an input.</summary>
internal sealed class RoomTimer(TimeProvider time, Action<RoomTimerKind> due) : IDisposable
{
    // Timers of the system do not wait for years; a room that is told too early waits on.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private ITimer? timer;
    private (RoomTimerKind Kind, DateTimeOffset Due)? next;
    private volatile RoomTimerKind kind;

    /// <summary>Waits for this from now on, and for nothing else.</summary>
    public void Set((RoomTimerKind Kind, DateTimeOffset Due)? wanted)
    {
        if (wanted == next)
            return;
        next = wanted;
        if (wanted is not { } moment)
        {
            timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        kind = moment.Kind;
        var wait = moment.Due - time.GetUtcNow();
        if (wait < TimeSpan.Zero)
            wait = TimeSpan.Zero;
        if (wait > LongestWait)
            wait = LongestWait;
        timer ??= time.CreateTimer(static state => ((RoomTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The moment has come; nothing is waited for until <see cref="Set"/>.</summary>
    public void Clear() => next = null;

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    private void Fire() => due(kind);
}
