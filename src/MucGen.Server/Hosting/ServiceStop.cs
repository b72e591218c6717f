using Microsoft.Extensions.Hosting;

namespace MucGen.Server.Hosting;

/// <summary>Stops the service when an admin's time is up, and says whether it shall start again (XEP-0133 4.30, 4.31). Thread-safe.</summary>
public sealed class ServiceStop(IHostApplicationLifetime lifetime, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private ITimer? timer;

    /// <summary>Whether the service shall start again once it has stopped.</summary>
    public bool IsRestart { get; private set; }

    /// <summary>Stops the service after a while; a later order replaces an earlier one.</summary>
    public void Schedule(TimeSpan delay, bool isRestart)
    {
        lock (gate)
        {
            timer?.Dispose();
            timer = time.CreateTimer(_ => Stop(isRestart), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    private void Stop(bool isRestart)
    {
        IsRestart = isRestart;
        lifetime.StopApplication();
    }
}
