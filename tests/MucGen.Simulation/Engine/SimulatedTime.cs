namespace MucGen.Simulation.Engine;

/// <summary>The clock of one process; time passes when the simulation says so, and no two looks at the clock see the same.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private readonly List<SimulatedTimer> timers = [];
    private DateTimeOffset now = start;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now = now.AddTicks(1);

    /// <inheritdoc/>
    public override long GetTimestamp() => now.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass, and what was due then happen, in the order of the timers.</summary>
    public void Advance(TimeSpan time)
    {
        now += time;
        foreach (var timer in timers.FindAll(timer => timer.Due <= now))
            timer.Fire();
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset? Due { get; private set; }

        public void Fire()
        {
            Due = period > TimeSpan.Zero ? time.now + period : null;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
            period = newPeriod == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : newPeriod;
            return true;
        }

        public void Dispose() => time.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
