using MucGen.Rooms.Archive;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>The archives on the simulated disk, as one process reads them: behind everything that was appended before, as the real one does.</summary>
internal sealed class SimulatedArchive(SimulatedDisk disk, SimulatedJournal journal) : IRoomArchive
{
    /// <summary>Whether the next reading shall fail as a defect of the server would, once.</summary>
    public bool FailsNext { get; set; }

    /// <inheritdoc/>
    public async ValueTask<ArchivePage> ReadAsync(Jid room, ArchiveQuery query, CancellationToken cancellationToken)
    {
        await journal.CommittedAsync();
        if (FailsNext)
        {
            FailsNext = false;
            throw new SimulatedDefectException();
        }
        return disk.Find(room)?.Archive.Answer(query) ?? new ArchivePage([], true, query.CountsAll ? 0 : null);
    }

    /// <inheritdoc/>
    public ValueTask ExpireAsync(DateTimeOffset olderThan) => default;
}
