using MucGen.Rooms.Journal;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Xml;
using StoredListing = MucGen.Server.Storage.RoomListing;

namespace MucGen.Server.Tests.Support;

/// <summary>A journal in memory that keeps what was committed, in the real encoding, and whose disk a test may stop or break.</summary>
internal sealed class TestJournal : IRoomJournal
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SortedDictionary<string, List<byte[]>> committed = new(StringComparer.Ordinal);
    private readonly List<Action> waiting = [];
    private readonly HashSet<Jid> deleted = [];
    private TaskCompletionSource? held;
    private Predicate<RoomEvent>? defect;
    private bool failsWriting;
    private bool failsReading;

    /// <summary>Completes when somebody waits for the disk.</summary>
    public Task Asked => asked.Task;

    public bool IsBehind => false;

    /// <summary>The disk takes its time, until <see cref="Commit"/>.</summary>
    public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The disk is done, and quick again.</summary>
    public void Commit()
    {
        var done = held!;
        held = null;
        lock (gate)
            CommitWaiting();
        done.SetResult();
    }

    /// <summary>From now on nothing is written, and when <paramref name="reads"/> is true nothing is read.</summary>
    public void Fail(bool reads)
    {
        lock (gate)
            (failsWriting, failsReading) = (true, reads);
    }

    /// <summary>The first event of this kind from now on meets a defect of the server.</summary>
    public void FailOn(Predicate<RoomEvent> kind)
    {
        lock (gate)
            defect = kind;
    }

    /// <summary>The disk works again; what it did not take is gone.</summary>
    public void Mend()
    {
        lock (gate)
        {
            (failsWriting, failsReading) = (false, false);
            waiting.Clear();
        }
    }

    /// <summary>Whether a room has ever been deleted.</summary>
    public bool HasDeleted(Jid room)
    {
        lock (gate)
            return deleted.Contains(room);
    }

    /// <inheritdoc/>
    public ValueTask<StoredRoom?> LoadAsync(Jid room, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (failsReading)
                throw new StorageFailedException("The disk cannot be read.");
            if (!failsWriting)
                CommitWaiting();
            return new(committed.TryGetValue(room.ToString(), out var events)
                ? new StoredRoom(null, [.. events.Select(static body => EventEncoding.Decode(body))])
                : null);
        }
    }

    /// <inheritdoc/>
    public void Append(Jid room, RoomEvent e)
    {
        lock (gate)
        {
            if (defect?.Invoke(e) == true)
            {
                defect = null;
                throw new InvalidOperationException("The test wants this to fail.");
            }
            var body = EventEncoding.Encode(e).ToArray();
            waiting.Add(() =>
            {
                if (!committed.TryGetValue(room.ToString(), out var events))
                    committed.Add(room.ToString(), events = []);
                events.Add(body);
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask CommittedAsync()
    {
        asked.TrySetResult();
        if (held is { } until)
            return new ValueTask(until.Task);
        lock (gate)
        {
            if (failsWriting)
                throw new StorageFailedException("The disk cannot be written.");
            CommitWaiting();
            return default;
        }
    }

    /// <inheritdoc/>
    public void Snapshot(Jid room, RoomSnapshot snapshot)
    {
    }

    /// <inheritdoc/>
    public void Delete(Jid room)
    {
        lock (gate)
        {
            deleted.Add(room);
            waiting.Add(() => committed.Remove(room.ToString()));
        }
    }

    /// <inheritdoc/>
    public void Release(Jid room)
    {
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredListing>> ListAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            CommitWaiting();
            return new([.. committed.Keys.Select(static room => new StoredListing(Jid.Parse(room), null, IsListed: true, IsPersistent: false)
            {
                Listing = new MucGen.Rooms.Service.RoomListing(Jid.Parse(room), ""),
            })]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Jid>> RoomsOfAsync(Jid person, CancellationToken cancellationToken) => new(Array.Empty<Jid>());

    /// <inheritdoc/>
    public int OwnedBy(Jid person) => 0;

    private void CommitWaiting()
    {
        foreach (var write in waiting)
            write();
        waiting.Clear();
    }
}
