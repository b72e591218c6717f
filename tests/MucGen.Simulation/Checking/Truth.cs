using System.Text;
using System.Text.Json;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Server.Storage.Sqlite;
using MucGen.Simulation.Engine;
using MucGen.Xml;

namespace MucGen.Simulation.Checking;

/// <summary>One room as its journal tells it, and what of its past the checks need.</summary>
/// <param name="room">The room as it is now.</param>
/// <param name="privacy">Who may have known addresses lately.</param>
internal sealed class RoomTruth(Room room, RoomPrivacy privacy)
{
    /// <summary>The room after the last event.</summary>
    public Room Room { get; } = room;

    /// <summary>The stanza ids of the messages with a body since this process began, in their order.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>How many messages there had been when each session entered.</summary>
    public Dictionary<Jid, int> EnteredAt { get; } = [];

    public void Apply(byte[] body)
    {
        var change = EventEncoding.Decode(body);
        Room.Apply(change);
        switch (change)
        {
            case MessageRelayed message:
                if (message.Payload.Bytes.IndexOf("<body>"u8) >= 0)
                    Messages.Add(Encoding.UTF8.GetString(message.Id));
                break;
            case SessionJoined joined:
                EnteredAt[joined.FullJid] = Messages.Count;
                break;
        }
        change.Release();
        Trust();
    }

    /// <summary>Notes who may see addresses now.</summary>
    public void Trust() => privacy.Note(Room);
}

/// <summary>The rooms as the journal has them: applied from its encoded events, apart from the rooms that the server has in memory.</summary>
internal sealed class Truth(RoomPolicy policy, Findings findings)
{
    private readonly SortedDictionary<string, RoomTruth> rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<Jid, RoomPrivacy> privacy = [];

    /// <summary>The rooms that there are.</summary>
    public IEnumerable<RoomTruth> Rooms => rooms.Values.Where(static room => room.Room.Exists);

    /// <summary>The room with this address; null when it does not exist.</summary>
    public RoomTruth? Find(Jid room) => rooms.TryGetValue(room.ToString(), out var found) && found.Room.Exists ? found : null;

    /// <summary>Who may have known addresses in a room lately, whether it still exists or not.</summary>
    public RoomPrivacy PrivacyIn(Jid room)
    {
        if (!privacy.TryGetValue(room, out var known))
            privacy.Add(room, known = new RoomPrivacy());
        return known;
    }

    /// <summary>All is quiet: what was so before counts no more.</summary>
    public void BeginPeriod()
    {
        foreach (var known in privacy.Values)
            known.Clear();
        foreach (var room in rooms.Values)
            room.Trust();
    }

    /// <summary>An event was appended.</summary>
    public void Apply(Jid room, byte[] body)
    {
        if (!rooms.TryGetValue(room.ToString(), out var found))
            rooms.Add(room.ToString(), found = new RoomTruth(new Room(room, policy), PrivacyIn(room)));
        found.Apply(body);
    }

    /// <summary>The room was removed from the disk.</summary>
    public void Forget(Jid room)
    {
        if (!rooms.Remove(room.ToString(), out var found))
            return;
        if (found.Room.Exists || found.Room.Tombstone is not null)
            findings.Report($"{room} is deleted from the journal although something of it is left.");
        found.Room.Release();
    }

    /// <summary>A snapshot must say what the events before it say.</summary>
    public void Compare(Jid room, RoomSnapshot snapshot)
    {
        var expected = StateOf(room);
        var actual = JsonSerializer.Serialize(snapshot, JournalJson.Snapshot);
        if (expected != actual)
            findings.Report($"The room in memory is not what its journal tells.\n  journal: {expected}\n  memory:  {actual}");
    }

    /// <summary>A process died: what is on disk counts. A file that is loaded must give what its events gave one by one.</summary>
    public void Reload(SimulatedDisk disk, Truth committed)
    {
        Clear();
        foreach (var (address, file) in disk.Files)
        {
            var loaded = file.Load(address, policy);
            var expected = committed.StateOf(address);
            if (StateOf(loaded) != expected)
                findings.Report($"A snapshot lost something.\n  events: {expected}\n  loaded: {StateOf(loaded)}");
            rooms.Add(address.ToString(), new RoomTruth(loaded, PrivacyIn(address)));
        }
    }

    /// <summary>Gives back what the rooms have pooled.</summary>
    public void Clear()
    {
        foreach (var room in rooms.Values)
            room.Room.Release();
        rooms.Clear();
    }

    private string? StateOf(Jid room) => StateOf(rooms.GetValueOrDefault(room.ToString())?.Room);

    private static string? StateOf(Room? room) =>
        room is not null && RoomSnapshot.Of(room) is { } snapshot ? JsonSerializer.Serialize(snapshot, JournalJson.Snapshot) : null;
}
