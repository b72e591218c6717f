using System.Collections.Concurrent;
using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>Rooms in the tables <c>room</c> and <c>room_event</c>. Event numbers are given here, in memory, so that an append asks the disk nothing.</summary>
internal sealed class SqliteRoomJournal : IRoomJournal
{
    private readonly ConcurrentDictionary<Jid, RoomRow> rows = new();
    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly RoomArchiveTable archive;
    private readonly RoomPersonTable persons;
    private readonly OwnedRooms owned = new();
    private readonly Statement findRoom;
    private readonly Statement lastEvent;
    private readonly Statement loadEvents;
    private readonly Statement list;
    private readonly Statement listOfPerson;
    private readonly Statement insertRoom;
    private readonly Statement describeRoom;
    private readonly Statement saveSnapshot;
    private readonly Statement deleteEventsBefore;
    private readonly Statement deleteRoom;
    private long lastRoom;

    public SqliteRoomJournal(SqliteReader reader, WriteQueue writer, Database written, RoomArchiveTable archive)
    {
        this.archive = archive;
        this.reader = reader;
        this.writer = writer;
        findRoom = reader.Prepare("SELECT id, snapshot, snapshot_next FROM room WHERE address = ?");
        lastEvent = reader.Prepare("SELECT MAX(seq) FROM room_event WHERE room = ?");
        loadEvents = reader.Prepare("SELECT seq, body FROM room_event WHERE room = ? AND seq >= ? ORDER BY seq");
        list = reader.Prepare("SELECT address, name, listed, persistent, description, language, open, nonanonymous, tombstone_ends FROM room ORDER BY address");
        listOfPerson = reader.Prepare("SELECT address FROM room_person JOIN room ON room.id = room_person.room WHERE person = ? ORDER BY address");
        persons = new RoomPersonTable(written);
        insertRoom = written.Prepare("INSERT INTO room (id, address, listed, persistent, snapshot_next) VALUES (?, ?, 0, 0, 0)");
        describeRoom = written.Prepare("UPDATE room SET name = ?, listed = ?, persistent = ?, description = ?, language = ?, open = ?, nonanonymous = ?, tombstone_ends = ? WHERE id = ?");
        saveSnapshot = written.Prepare("UPDATE room SET snapshot = ?, snapshot_next = ? WHERE id = ?");
        deleteEventsBefore = written.Prepare("DELETE FROM room_event WHERE room = ? AND seq < ?");
        deleteRoom = written.Prepare("DELETE FROM room WHERE id = ?");
        persons.Count(owned);
        lastRoom = written.QueryNumber("SELECT MAX(id) FROM room");
        DescribeRoomsOfBefore();
    }

    public bool IsBehind => writer.IsBehind;

    public async ValueTask<StoredRoom?> LoadAsync(Jid room, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.CommittedAsync();
        lock (reader.Gate)
            return Read(room);
    }

    public void Append(Jid room, RoomEvent e)
    {
        var row = Find(room);
        if (!row.IsOnDisk)
            Create(row, room);
        var isArchived = e is MessageRelayed relayed && (relayed.Keeping & MessageKeeping.Archive) != MessageKeeping.None;
        writer.AppendEvent(row.Id, row.Next++, EventEncoding.Encode(e), isArchived);
        if (e is MessageRelayed)
            return;
        if (row.Description.Apply(e))
            Describe(row.Id, room, row.Description);
        row.Owners.Apply(e, owned);
        Follow(row.Id, e);
    }

    public ValueTask CommittedAsync() => writer.CommittedAsync();

    public void Snapshot(Jid room, RoomSnapshot snapshot)
    {
        var row = Find(room);
        if (!row.IsOnDisk)
            Create(row, room);
        var json = JsonSerializer.SerializeToUtf8Bytes(snapshot, JournalJson.Snapshot);
        var (id, next) = (row.Id, row.Next);
        writer.Post(() =>
        {
            saveSnapshot.BindBlob(1, json).Bind(2, next).Bind(3, id).Run();
            persons.Replace(id, snapshot);
            deleteEventsBefore.Bind(1, id).Bind(2, next).Run();
        });
    }

    public void Delete(Jid room)
    {
        var row = Find(room);
        rows.TryRemove(room, out _);
        if (!row.IsOnDisk)
            return;
        writer.Post(() =>
        {
            deleteEventsBefore.Bind(1, row.Id).Bind(2, long.MaxValue).Run();
            archive.Delete(row.Id);
            persons.Delete(row.Id);
            deleteRoom.Bind(1, row.Id).Run();
        });
    }

    public void Release(Jid room) => rows.TryRemove(room, out _);

    public async ValueTask<IReadOnlyList<RoomListing>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.CommittedAsync();
        var listings = new List<RoomListing>();
        lock (reader.Gate)
        {
            while (list.Step())
                listings.Add(ReadListing(list));
        }

        return listings;
    }

    /// <summary>What a database from before a new column of lists does not say of its rooms is read from their events, once.</summary>
    private void DescribeRoomsOfBefore()
    {
        var undescribed = reader.Prepare("SELECT address FROM room WHERE description IS NULL");
        var addresses = new List<Jid>();
        while (undescribed.Step())
            addresses.Add(Jid.Parse(undescribed.Text(0)!));
        foreach (var room in addresses)
        {
            foreach (var change in Read(room)!.Events)
                change.Release();
            Describe(rows[room].Id, room, rows[room].Description);
            Release(room);
        }
    }

    public async ValueTask<IReadOnlyList<Jid>> RoomsOfAsync(Jid person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.CommittedAsync();
        var found = new List<Jid>();
        lock (reader.Gate)
        {
            listOfPerson.BindText(1, person.Utf8);
            while (listOfPerson.Step())
                found.Add(Jid.Parse(listOfPerson.Text(0)!));
        }

        return found;
    }

    public int OwnedBy(Jid person) => owned.Of(person);

    private StoredRoom? Read(Jid room)
    {
        findRoom.BindText(1, room.Utf8);
        if (!findRoom.Step())
            return null;
        var id = findRoom.Number(0);
        var snapshot = findRoom.IsNull(1) ? null : JsonSerializer.Deserialize(findRoom.Blob(1), JournalJson.Snapshot);
        var next = findRoom.Number(2);
        findRoom.Reset();

        var row = new RoomRow { Id = id, IsOnDisk = true };
        if (snapshot is not null)
        {
            row.Description.Apply(snapshot);
            row.Owners.Apply(snapshot);
        }

        var events = new List<RoomEvent>();
        loadEvents.Bind(1, id).Bind(2, next);
        while (loadEvents.Step())
        {
            next = loadEvents.Number(0) + 1;
            var change = EventEncoding.Decode(loadEvents.Blob(1));
            row.Description.Apply(change);
            row.Owners.Apply(change, counted: null);
            events.Add(change);
        }

        row.Next = next;
        rows[room] = row;
        return new StoredRoom(snapshot, events);
    }

    /// <summary>The row of a room that is loaded, or a new one; what is on disk is asked for only the first time.</summary>
    private RoomRow Find(Jid room)
    {
        if (rows.TryGetValue(room, out var row))
            return row;
        lock (reader.Gate)
        {
            findRoom.BindText(1, room.Utf8);
            row = new RoomRow();
            if (findRoom.Step())
            {
                row = new RoomRow { Id = findRoom.Number(0), Next = findRoom.Number(2), IsOnDisk = true };
                findRoom.Reset();
                lastEvent.Bind(1, row.Id).Step();
                if (!lastEvent.IsNull(0))
                    row.Next = lastEvent.Number(0) + 1;
                lastEvent.Reset();
            }
        }

        rows[room] = row;
        return row;
    }

    private void Create(RoomRow row, Jid room)
    {
        var id = Interlocked.Increment(ref lastRoom);
        row.Id = id;
        row.IsOnDisk = true;
        writer.Post(() => insertRoom.Bind(1, id).BindText(2, room.Utf8).Run());
    }

    /// <summary>What follows from an event outside of the journal's own table, in the same transaction.</summary>
    private void Follow(long room, RoomEvent e)
    {
        switch (e)
        {
            case MessageRetracted retraction:
                writer.Post(() => archive.Retract(room, retraction));
                break;
            case SenderRetracted retraction:
                writer.Post(() => archive.Retract(room, retraction));
                break;
            case RoomCreated created:
                writer.Post(() => persons.Add(room, created.Creator, MucAffiliation.Owner));
                break;
            case AffiliationChanged { Affiliation: >= MucAffiliation.Member and var affiliation, BareJid: { Local: not null } person }:
                writer.Post(() => persons.Add(room, person, affiliation));
                break;
            case AffiliationChanged change:
                writer.Post(() => persons.Remove(room, change.BareJid));
                break;
            case RoomDestroyed: // another room of that name may come before this one is deleted
                writer.Post(() =>
                {
                    archive.Delete(room);
                    persons.Delete(room);
                });
                break;
        }
    }

    private static RoomListing ReadListing(Statement row)
    {
        var address = Jid.Parse(row.Text(0)!);
        var name = row.Text(1);
        return new RoomListing(address, name, IsListed: row.Number(2) != 0, IsPersistent: row.Number(3) != 0)
        {
            TombstoneEnds = row.IsNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Number(8)),
            Listing = new MucGen.Rooms.Service.RoomListing(address, name ?? "")
            {
                Description = row.Text(4) ?? "",
                Language = row.Text(5) ?? "",
                IsOpen = row.Number(6) != 0,
                IsNonAnonymous = row.Number(7) != 0,
            },
        };
    }

    /// <summary>Keeps what lists show beside the events, so that a list reads no events.</summary>
    private void Describe(long id, Jid room, RoomDescription description)
    {
        var (name, isListed, isPersistent, listing) = (description.Name, description.IsListed, description.IsPersistent, description.Listing(room));
        var ends = description.TombstoneEnds?.ToUnixTimeMilliseconds();
        writer.Post(() => (ends is { } end ? describeRoom.Bind(8, end) : describeRoom.BindNull(8))
            .Bind(1, name)
            .Bind(2, isListed ? 1 : 0)
            .Bind(3, isPersistent ? 1 : 0)
            .Bind(4, listing.Description)
            .Bind(5, listing.Language)
            .Bind(6, listing.IsOpen ? 1 : 0)
            .Bind(7, listing.IsNonAnonymous ? 1 : 0)
            .Bind(9, id)
            .Run());
    }

    /// <summary>What is known of a room's rows; changed by the room's actor only.</summary>
    private sealed class RoomRow
    {
        public long Id { get; set; }

        public long Next { get; set; }

        public bool IsOnDisk { get; set; }

        public RoomDescription Description { get; } = new();

        public RoomOwners Owners { get; } = new();
    }
}
