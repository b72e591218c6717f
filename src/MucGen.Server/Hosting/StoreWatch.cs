using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MucGen.Server.Storage.Sqlite;

namespace MucGen.Server.Hosting;

/// <summary>Stops the daemon when the store has failed: what it has in memory must not drift from what is on disk.</summary>
internal sealed partial class StoreWatch(SqliteStore store, IHostApplicationLifetime lifetime, ILogger<SqliteStore> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var cause = await store.Failed.WaitAsync(stoppingToken);
            StoreFailed(logger, cause);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // The daemon stops for another reason.
        }
    }

    [LoggerMessage(EventId = 4003, Level = LogLevel.Critical, Message = "The store has failed; the server stops")]
    private static partial void StoreFailed(ILogger logger, Exception exception);
}
