using Microsoft.Extensions.Logging;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>What every room actor of a server shares.</summary>
internal sealed record RoomServices
{
    /// <summary>The most inputs of one batch: large enough that a flush carries many stanzas, small enough that nobody waits long.</summary>
    public const int MaxBatch = 64;

    public required RoomPolicy Policy { get; init; }
    public required int MaxMailbox { get; init; }

    /// <summary>After how many events a snapshot spares the next load their replay.</summary>
    public int EventsPerSnapshot { get; init; } = new StorageOptions().EventsPerSnapshot;

    /// <summary>How long a room without occupants stays in memory.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(5);
    public required TimeProvider Time { get; init; }

    /// <summary>Gives a room's work to a thread. Whoever replaces it decides the order in which rooms act: a simulation does.</summary>
    public Action<Jid, IThreadPoolWorkItem> Queue { get; init; } = static (_, work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    /// <summary>Makes the ids of one room; a source is not for several threads.</summary>
    public required Func<IIdSource> NewIds { get; init; }
    public required IRoomJournal Journal { get; init; }
    public required IRoomArchive Archives { get; init; }
    public required RoomDirectory Directory { get; init; }
    public required SessionTable Sessions { get; init; }
    public required RoomActivityWatch Activity { get; init; }
    public required AccountDelivery Accounts { get; init; }
    public required ServerMetrics Metrics { get; init; }
    public required ILogger<RoomHost> Log { get; init; }

    /// <summary>Called when the journal cannot write any more: memory and disk must not drift apart.</summary>
    public required Action<Exception> StorageFailed { get; init; }
}
