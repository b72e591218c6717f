using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Simulation.Checking;
using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>The journal of one process on the simulated disk, in the real encoding. Commits come when the seed lets them.</summary>
internal sealed class SimulatedJournal(SimulatedDisk disk, Truth truth, Truth committed) : IRoomJournal
{
    private readonly List<(long Number, TaskCompletionSource Committed)> waiting = [];
    private StorageFailedException? failure;

    /// <inheritdoc/>
    public bool IsBehind => false;

    /// <summary>Whether the next append shall fail as a defect of the server would: once, and not for want of a disk.</summary>
    public bool FailsNext { get; set; }

    /// <summary>How many wait for the disk.</summary>
    public bool HasWork => failure is null && (disk.Written > disk.Committed);

    /// <summary>The rooms that this process has loaded; the others have yet to learn who is left in them.</summary>
    public HashSet<Jid> Loaded { get; } = [];

    /// <inheritdoc/>
    public async ValueTask<StoredRoom?> LoadAsync(Jid room, CancellationToken cancellationToken)
    {
        await CommittedAsync();
        Loaded.Add(room);
        if (disk.Find(room) is not { } file)
            return null;
        var snapshot = file.Snapshot is null ? null : JsonSerializer.Deserialize(file.Snapshot, JournalJson.Snapshot);
        return new StoredRoom(snapshot, [.. file.Events.Select(static body => EventEncoding.Decode(body))]);
    }

    /// <inheritdoc/>
    public void Append(Jid room, RoomEvent e)
    {
        Accept();
        if (FailsNext)
        {
            FailsNext = false;
            Loaded.Remove(room);
            throw new SimulatedDefectException();
        }
        var body = EventEncoding.Encode(e).ToArray();
        truth.Apply(room, body);
        disk.Write(room, to =>
        {
            to.Add(room, body);
            committed.Apply(room, body);
        });
    }

    /// <inheritdoc/>
    public ValueTask CommittedAsync()
    {
        if (failure is not null)
            return ValueTask.FromException(failure);
        if (disk.Committed == disk.Written)
            return default;
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((disk.Written, waiter));
        return new ValueTask(waiter.Task);
    }

    /// <inheritdoc/>
    public void Snapshot(Jid room, RoomSnapshot snapshot)
    {
        Accept();
        truth.Compare(room, snapshot);
        var json = JsonSerializer.SerializeToUtf8Bytes(snapshot, JournalJson.Snapshot);
        disk.Write(room, to =>
        {
            var file = to.Open(room);
            file.Snapshot = json;
            file.Events.Clear();
        });
    }

    /// <inheritdoc/>
    public void Delete(Jid room)
    {
        Accept();
        truth.Forget(room);
        disk.Write(room, to =>
        {
            to.Remove(room);
            committed.Forget(room);
        });
    }

    /// <inheritdoc/>
    public void Release(Jid room)
    {
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RoomListing>> ListAsync(CancellationToken cancellationToken)
    {
        await CommittedAsync();
        return [.. disk.Files.Select(static entry => new RoomListing(
            entry.Address, entry.File.Description.Name, entry.File.Description.IsListed, entry.File.Description.IsPersistent)
        {
            TombstoneEnds = entry.File.Description.TombstoneEnds,
            Listing = entry.File.Description.Listing(entry.Address),
        })];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Jid>> RoomsOfAsync(Jid person, CancellationToken cancellationToken)
    {
        await CommittedAsync();
        return [.. committed.Rooms.Select(static room => room.Room).Where(room => room.Affiliations.Find(person)?.Affiliation >= MucAffiliation.Member).Select(static room => room.Address)];
    }

    /// <inheritdoc/>
    public int OwnedBy(Jid person) => truth.Rooms.Count(room => room.Room.Affiliations.Find(person)?.Affiliation == MucAffiliation.Owner);

    /// <summary>Commits some of what waits, and tells those who wait for it.</summary>
    public void Commit(Random random)
    {
        disk.Commit(1 + random.Next((int)(disk.Written - disk.Committed)));
        foreach (var waiter in waiting.FindAll(waiter => waiter.Number <= disk.Committed))
        {
            waiting.Remove(waiter);
            waiter.Committed.SetResult();
        }
    }

    /// <summary>The disk takes nothing any more.</summary>
    public void Fail()
    {
        failure = new StorageFailedException("The simulated disk is full.");
        foreach (var (_, waiter) in waiting)
            waiter.SetException(failure);
        waiting.Clear();
    }

    private void Accept()
    {
        if (failure is not null)
            throw failure;
    }
}
