using MucGen.Rooms.Archive;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>An archive with nothing in it: simulated clients do not read archives.</summary>
internal sealed class EmptyArchive : IRoomArchive
{
    /// <inheritdoc/>
    public ValueTask<ArchivePage> ReadAsync(Jid room, ArchiveQuery query, CancellationToken cancellationToken) => new(new ArchivePage([], true));

    /// <inheritdoc/>
    public ValueTask ExpireAsync(DateTimeOffset olderThan) => default;
}
