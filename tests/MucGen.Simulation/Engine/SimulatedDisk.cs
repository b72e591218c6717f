using System.Text;
using System.Text.Json;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Core;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>What is kept of one room: the encoded snapshot, the encoded events since, the archive, and what lists show.</summary>
internal sealed class RoomFile
{
    public byte[]? Snapshot { get; set; }

    public List<byte[]> Events { get; } = [];

    public RoomDescription Description { get; } = new();

    public MemoryArchive Archive { get; } = new();

    /// <summary>The room as whoever loads the file makes it.</summary>
    public Room Load(Jid address, RoomPolicy policy)
    {
        var room = Snapshot is null
            ? new Room(address, policy)
            : JsonSerializer.Deserialize(Snapshot, JournalJson.Snapshot)!.ToRoom(address, policy);
        foreach (var body in Events)
        {
            var change = EventEncoding.Decode(body);
            room.Apply(change);
            change.Release();
        }
        return room;
    }
}

/// <summary>
/// A disk that outlives processes. Writes reach it in their order; a crash keeps everything that was committed, and of the rest any beginning.
/// </summary>
internal sealed class SimulatedDisk
{
    private readonly SortedDictionary<string, RoomFile> files = new(StringComparer.Ordinal);
    private readonly Queue<(Jid Room, Action<SimulatedDisk> Write)> waiting = new();
    private readonly Dictionary<Jid, List<string>> archived = [];

    /// <summary>How many writes there have been.</summary>
    public long Written { get; private set; }

    /// <summary>How many of them are committed.</summary>
    public long Committed { get; private set; }

    /// <summary>Called after each write that is committed.</summary>
    public Action<Jid>? Changed { get; set; }

    /// <summary>The rooms that are committed, in the order of addresses.</summary>
    public IEnumerable<(Jid Address, RoomFile File)> Files => files.Select(entry => (Jid.Parse(entry.Key), entry.Value));

    /// <summary>The committed file of a room; null when there is none.</summary>
    public RoomFile? Find(Jid room) => files.GetValueOrDefault(room.ToString());

    /// <summary>The ids of all messages that were ever archived in a room of this address, in their order.</summary>
    public List<string> ArchivedIn(Jid room)
    {
        if (!archived.TryGetValue(room, out var ids))
            archived.Add(room, ids = []);
        return ids;
    }

    /// <summary>Keeps one event of a room, and what follows from it.</summary>
    public void Add(Jid room, byte[] body)
    {
        var file = Open(room);
        file.Events.Add(body);
        var change = EventEncoding.Decode(body);
        file.Description.Apply(change);
        file.Archive.Take([change]);
        if (change is MessageRelayed message && message.Keeping.HasFlag(MessageKeeping.Archive))
            ArchivedIn(room).Add(Encoding.UTF8.GetString(message.Id));
        change.Release();
    }

    /// <summary>Hands a write over.</summary>
    public void Write(Jid room, Action<SimulatedDisk> write)
    {
        Written++;
        waiting.Enqueue((room, write));
    }

    /// <summary>Commits the next writes.</summary>
    public void Commit(int count)
    {
        for (; count > 0 && waiting.TryDequeue(out var next); count--)
        {
            next.Write(this);
            Committed++;
            Changed?.Invoke(next.Room);
        }
    }

    /// <summary>The process dies: some of what was not committed may have reached the disk all the same.</summary>
    public void Crash(Random random)
    {
        Commit(random.Next(waiting.Count + 1));
        waiting.Clear();
        Written = Committed;
    }

    /// <summary>The file of a room, made when it is not there.</summary>
    public RoomFile Open(Jid room)
    {
        if (!files.TryGetValue(room.ToString(), out var file))
            files.Add(room.ToString(), file = new RoomFile());
        return file;
    }

    /// <summary>Removes a room.</summary>
    public void Remove(Jid room) => files.Remove(room.ToString());
}
