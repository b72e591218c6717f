using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// Reads the table <c>room_message</c>. Ids and times become bounds in the room's sequence, in which then one page is read, so that any page of an archive
/// costs the same.
/// </summary>
internal sealed class SqliteRoomArchive : IRoomArchive
{
    private const string Columns = "id, at, occupant, sender, resource, stanza, retracted, seq";

    // Absent filters are NULL; SQLite chooses the index by what the statement names, so each kind of filter has its own.
    private static readonly string[] Filters = ["", " AND occupant = ?5", " AND sender = ?5 AND (?6 IS NULL OR resource = ?6)"];

    private static readonly string[] Retractions = ["", " AND retracted = 0"];

    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly RoomArchiveTable table;
    private readonly Statement findRoom;
    private readonly Statement listRooms;
    private readonly Statement findId;
    private readonly Statement firstSince;
    private readonly Statement lastUntil;
    private readonly Statement one;
    private readonly Statement[] forwards;
    private readonly Statement[] backwards;
    private readonly Statement[] counts;

    public SqliteRoomArchive(SqliteReader reader, WriteQueue writer, RoomArchiveTable table)
    {
        this.reader = reader;
        this.writer = writer;
        this.table = table;
        findRoom = reader.Prepare("SELECT id FROM room WHERE address = ?");
        listRooms = reader.Prepare("SELECT id FROM room");
        findId = reader.Prepare("SELECT seq, at FROM room_message WHERE room = ? AND id = ?");
        firstSince = reader.Prepare("SELECT seq FROM room_message WHERE room = ? AND at >= ? ORDER BY at, seq LIMIT 1");
        lastUntil = reader.Prepare("SELECT seq FROM room_message WHERE room = ? AND at <= ? ORDER BY at DESC, seq DESC LIMIT 1");
        one = reader.Prepare($"SELECT {Columns} FROM room_message WHERE room = ? AND seq = ?");
        forwards = Prepare($"SELECT {Columns}", "ORDER BY seq LIMIT ?4");
        backwards = Prepare($"SELECT {Columns}", "ORDER BY seq DESC LIMIT ?4");
        counts = Prepare("SELECT COUNT(*)", "AND ?4 IS NOT NULL");
    }

    public async ValueTask<ArchivePage> ReadAsync(Jid room, ArchiveQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.CommittedAsync();
        lock (reader.Gate)
        {
            try
            {
                return Read(room, query);
            }
            catch (SqliteFailure cause)
            {
                throw new StorageFailedException("The archive cannot be read.", cause);
            }
        }
    }

    public async ValueTask ExpireAsync(DateTimeOffset olderThan)
    {
        await writer.CommittedAsync();
        var rooms = new List<long>();
        lock (reader.Gate)
        {
            while (listRooms.Step())
                rooms.Add(listRooms.Number(0));
        }
        foreach (var room in rooms)
            writer.Post(() => table.Expire(room, olderThan)); // each a small change, so that nobody waits long
    }

    private ArchivePage Read(Jid address, ArchiveQuery query)
    {
        findRoom.BindText(1, address.Utf8);
        if (!findRoom.Step())
            return new ArchivePage([], true, query.CountsAll ? 0 : null);
        var room = findRoom.Number(0);
        findRoom.Reset();
        if (FindRange(room, query) is not { } range)
            return ArchivePage.UnknownId;
        if (query.EndsOnly)
            return ReadEnds(room, query, range);
        if (query.Ids is not null)
            return ReadNamed(room, query, range);

        var count = query.CountsAll ? Count(room, query, range) : (int?)null;
        var found = Take(query.FromEnd ? backwards : forwards, room, query, range, query.Max + 1);
        var isComplete = found.Count <= query.Max;
        if (!isComplete)
            found.RemoveAt(found.Count - 1);
        if (query.FromEnd)
            found.Reverse();
        return new ArchivePage(found, isComplete, count);
    }

    private ArchivePage ReadEnds(long room, ArchiveQuery query, SequenceRange range)
    {
        var ends = Take(forwards, room, query, range, 1);
        if (ends.Count > 0 && Take(backwards, room, query, range, 1) is [var last] && last.Id != ends[0].Id)
            ends.Add(last);
        return new ArchivePage(ends, true);
    }

    private ArchivePage ReadNamed(long room, ArchiveQuery query, SequenceRange range)
    {
        var sequences = new SortedSet<long>();
        foreach (var id in query.Ids!)
        {
            if (Find(room, id, query) is not { } sequence)
                return ArchivePage.UnknownId;
            if (range.Contains(sequence))
                sequences.Add(sequence);
        }

        var found = new List<ArchivedMessage>();
        foreach (var sequence in sequences)
        {
            one.Bind(1, room).Bind(2, sequence);
            if (one.Step() && ReadRow(one) is var message && IsWanted(message, query))
                found.Add(message);
            one.Reset();
        }

        var page = query.FromEnd ? found.TakeLast(query.Max) : found.Take(query.Max);
        return new ArchivePage([.. page], found.Count <= query.Max, query.CountsAll ? found.Count : null);
    }

    private static bool IsWanted(ArchivedMessage message, ArchiveQuery query) =>
        (query.Occupant is null || query.Occupant == message.From)
        && (query.Sender is null || query.Sender == (query.Sender.IsBare ? message.Sender.Bare : message.Sender))
        && !(query.LeavesOutRetracted && message.IsRetracted);

    /// <summary>The part of the sequence between all bounds; null when a bound is an unknown id.</summary>
    private SequenceRange? FindRange(long room, ArchiveQuery query)
    {
        var range = new SequenceRange(-1, long.MaxValue);
        foreach (var id in query.After)
        {
            if (Find(room, id, query) is not { } sequence)
                return null;
            range = range.After(sequence);
        }
        foreach (var id in query.Before)
        {
            if (Find(room, id, query) is not { } sequence)
                return null;
            range = range.Before(sequence);
        }

        var start = query.Start > query.NotBefore || query.NotBefore is null ? query.Start : query.NotBefore;
        if (start is { } since)
            range = Number(firstSince, room, RoomArchiveTable.Milliseconds(since)) is { } first ? range.After(first - 1) : SequenceRange.Empty;
        if (query.End is { } until)
            range = Number(lastUntil, room, RoomArchiveTable.Milliseconds(until)) is { } last ? range.Before(last + 1) : SequenceRange.Empty;
        return range;
    }

    private static long? Number(Statement statement, long room, long time)
    {
        statement.Bind(1, room).Bind(2, time);
        if (!statement.Step())
            return null;
        var number = statement.Number(0);
        statement.Reset();
        return number;
    }

    private long? Find(long room, string id, ArchiveQuery query)
    {
        findId.Bind(1, room).Bind(2, id);
        if (!findId.Step())
            return null;
        var (sequence, at) = (findId.Number(0), findId.Number(1));
        findId.Reset();
        return query.NotBefore is { } oldest && at < RoomArchiveTable.Milliseconds(oldest) ? null : sequence;
    }

    private int Count(long room, ArchiveQuery query, SequenceRange range)
    {
        var count = Bind(counts, room, query, range, 0);
        count.Step();
        var all = (int)Math.Min(count.Number(0), int.MaxValue);
        count.Reset();
        return all;
    }

    private static List<ArchivedMessage> Take(Statement[] statements, long room, ArchiveQuery query, SequenceRange range, int most)
    {
        var found = new List<ArchivedMessage>();
        var statement = Bind(statements, room, query, range, most);
        while (statement.Step())
            found.Add(ReadRow(statement));
        return found;
    }

    private static Statement Bind(Statement[] statements, long room, ArchiveQuery query, SequenceRange range, int most)
    {
        var filter = query.Sender is not null ? 2 : query.Occupant is not null ? 1 : 0;
        var statement = statements[filter + (query.LeavesOutRetracted ? Filters.Length : 0)];
        statement.Bind(1, room).Bind(2, range.From).Bind(3, range.To).Bind(4, most);
        if (filter == 1)
            statement.BindText(5, query.Occupant!.Utf8);
        else if (filter == 2)
            statement.BindText(5, query.Sender!.Bare.Utf8).Bind(6, query.Sender.Resource);
        return statement;
    }

    private static ArchivedMessage ReadRow(Statement row)
    {
        var sender = Jid.Parse(row.Text(3)!);
        return new ArchivedMessage(
            row.Text(0)!,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Number(1)),
            Jid.Parse(row.Text(2)!),
            row.Text(4) is { } resource ? sender.WithResource(resource) : sender,
            new Markup(row.Blob(5).ToArray()),
            row.Number(6) != 0);
    }

    private Statement[] Prepare(string select, string end) =>
    [
        .. Retractions.SelectMany(retracted => Filters.Select(filter =>
            reader.Prepare($"{select} FROM room_message WHERE room = ?1 AND seq > ?2 AND seq < ?3{filter}{retracted} {end}"))),
    ];

    /// <summary>A part of the sequence, both ends not in it.</summary>
    private readonly record struct SequenceRange(long From, long To)
    {
        public static SequenceRange Empty => new(long.MaxValue - 1, long.MaxValue);

        public bool Contains(long sequence) => sequence > From && sequence < To;

        public SequenceRange After(long sequence) => this with { From = Math.Max(From, sequence) };

        public SequenceRange Before(long sequence) => this with { To = Math.Min(To, sequence) };
    }
}
