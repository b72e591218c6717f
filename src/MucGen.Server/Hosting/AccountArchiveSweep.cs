using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MucGen.Server.Configuration;
using MucGen.Server.Storage;

namespace MucGen.Server.Hosting;

/// <summary>Takes from the disk, every hour, what archives of accounts keep no longer; nobody has seen it since its time was over.</summary>
internal sealed partial class AccountArchiveSweep(IAccountArchive archives, MucGenOptions options, TimeProvider time, ILogger<AccountArchiveSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Accounts.ArchiveLifetime is not { } kept)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(kept);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task SweepAsync(TimeSpan kept)
    {
        try
        {
            await archives.ExpireAsync(time.GetUtcNow() - kept);
        }
        catch (Exception error)
        {
            SweepFailed(logger, error);
        }
    }

    [LoggerMessage(EventId = 4004, Level = LogLevel.Error, Message = "Archives of accounts could not be rid of what they keep no longer")]
    private static partial void SweepFailed(ILogger logger, Exception exception);
}
