using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MucGen.Rooms.Service;
using MucGen.Server.Rooms;
using MucGen.Server.Storage;
using MucGen.Server.Streams;

namespace MucGen.Server.Hosting;

/// <summary>What happens before the first connection and after the last: rooms are listed; occupants, then clients, are told that the service stops.</summary>
internal sealed class ServerLifetime(
    RoomHost rooms, RoomDirectory directory, StreamRegistry streams, IRoomJournal journal, ILogger<ServerLifetime> log) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var room in await journal.ListAsync(cancellationToken))
            if (room.IsListed)
                directory.List(room.Listing);
        rooms.Start();
        streams.Start();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Occupants hear that the service stops (status 332) while their streams still carry it; then the streams end with system-shutdown.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        streams.Close();
        try
        {
            await rooms.StopAsync(cancellationToken);
            await streams.StopAsync(cancellationToken);
            await journal.CommittedAsync();
        }
        catch (OperationCanceledException)
        {
            log.StopTookTooLong();
        }
        catch (StorageFailedException error)
        {
            log.NotSaved(error);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What the life of the server tells the operator.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "The graceful stop took too long; connections are dropped")]
    public static partial void StopTookTooLong(this ILogger log);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "The last changes could not be saved")]
    public static partial void NotSaved(this ILogger log, Exception error);
}
