using MucGen.Rooms.Archive;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Support;

/// <summary>An archive that answers when a test lets it.</summary>
internal sealed class StubArchive : IRoomArchive
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => asked.Task;

    public Task<ArchivePage> Answer { get; set; } = Task.FromResult(new ArchivePage([], true));

    public ValueTask<ArchivePage> ReadAsync(Jid room, ArchiveQuery query, CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        return new ValueTask<ArchivePage>(Answer);
    }

    public ValueTask ExpireAsync(DateTimeOffset olderThan) => default;
}
