using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// Reads archives of one kind of owner. Ids and times become bounds in the archive's sequence, in which then one page is read, so that any page of an archive
/// costs the same.
/// </summary>
internal abstract class SqliteArchive : IArchive
{
    private const string Columns = "id, at, occupant, sender, resource, stanza, retracted, seq";

    // Absent filters are NULL; SQLite chooses the index by what the statement names, so each kind of filter has its own.
    private static readonly string[] Filters = ["", " AND occupant = ?5", " AND sender = ?5 AND (?6 IS NULL OR resource = ?6)"];

    private static readonly string[] Retractions = ["", " AND retracted = 0"];

    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly ArchiveTables tables;
    private readonly Statement findArchive;
    private readonly Statement listArchives;
    private readonly Statement expire;
    private readonly Statement findId;
    private readonly Statement firstSince;
    private readonly Statement lastUntil;
    private readonly Statement one;
    private readonly Statement[] forwards;
    private readonly Statement[] backwards;
    private readonly Statement[] counts;

    protected SqliteArchive(SqliteReader reader, WriteQueue writer, Database written, ArchiveTables tables)
    {
        this.reader = reader;
        this.writer = writer;
        this.tables = tables;
        var ofArchive = $"FROM {tables.Messages} WHERE {tables.Archive} = ?";
        findArchive = reader.Prepare($"SELECT id FROM {tables.Archives} WHERE {tables.Owner} = ?");
        listArchives = reader.Prepare($"SELECT id FROM {tables.Archives}");
        expire = written.Prepare($"DELETE {ofArchive} AND at < ?");
        findId = reader.Prepare($"SELECT seq, at {ofArchive} AND id = ?");
        firstSince = reader.Prepare($"SELECT seq {ofArchive} AND at >= ? ORDER BY at, seq LIMIT 1");
        lastUntil = reader.Prepare($"SELECT seq {ofArchive} AND at <= ? ORDER BY at DESC, seq DESC LIMIT 1");
        one = reader.Prepare($"SELECT {Columns} {ofArchive} AND seq = ?");
        forwards = Prepare($"SELECT {Columns}", "ORDER BY seq LIMIT ?4");
        backwards = Prepare($"SELECT {Columns}", "ORDER BY seq DESC LIMIT ?4");
        counts = Prepare("SELECT COUNT(*)", "AND ?4 IS NOT NULL");
    }

    public async ValueTask<ArchivePage> ReadAsync(Jid owner, ArchiveQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.CommittedAsync();
        lock (reader.Gate)
        {
            try
            {
                return Read(owner, query);
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
        var archives = new List<long>();
        lock (reader.Gate)
        {
            while (listArchives.Step())
                archives.Add(listArchives.Number(0));
        }
        foreach (var archive in archives)
            writer.Post(() => expire.Bind(1, archive).Bind(2, RoomArchiveTable.Milliseconds(olderThan)).Run()); // each a small change, so that nobody waits long
    }

    private ArchivePage Read(Jid owner, ArchiveQuery query)
    {
        findArchive.BindText(1, owner.Utf8);
        if (!findArchive.Step())
            return query.NamesMessages ? ArchivePage.UnknownId : new ArchivePage([], true, query.CountsAll ? 0 : null);
        var archive = findArchive.Number(0);
        findArchive.Reset();
        if (FindRange(archive, query) is not { } range)
            return ArchivePage.UnknownId;
        if (query.EndsOnly)
            return ReadEnds(archive, query, range);
        if (query.Ids is not null)
            return ReadNamed(archive, query, range);

        var count = query.CountsAll ? Count(archive, query, range) : (int?)null;
        var found = Take(query.FromEnd ? backwards : forwards, archive, query, range, query.Max + 1);
        var isComplete = found.Count <= query.Max;
        if (!isComplete)
            found.RemoveAt(found.Count - 1);
        if (query.FromEnd)
            found.Reverse();
        return new ArchivePage(found, isComplete, count);
    }

    private ArchivePage ReadEnds(long archive, ArchiveQuery query, SequenceRange range)
    {
        var ends = Take(forwards, archive, query, range, 1);
        if (ends.Count > 0 && Take(backwards, archive, query, range, 1) is [var last] && last.Id != ends[0].Id)
            ends.Add(last);
        return new ArchivePage(ends, true);
    }

    private ArchivePage ReadNamed(long archive, ArchiveQuery query, SequenceRange range)
    {
        var sequences = new SortedSet<long>();
        foreach (var id in query.Ids!)
        {
            if (Find(archive, id, query) is not { } sequence)
                return ArchivePage.UnknownId;
            if (range.Contains(sequence))
                sequences.Add(sequence);
        }

        var found = new List<ArchivedMessage>();
        foreach (var sequence in sequences)
        {
            one.Bind(1, archive).Bind(2, sequence);
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
    private SequenceRange? FindRange(long archive, ArchiveQuery query)
    {
        var range = new SequenceRange(-1, long.MaxValue);
        foreach (var id in query.After)
        {
            if (Find(archive, id, query) is not { } sequence)
                return null;
            range = range.After(sequence);
        }
        foreach (var id in query.Before)
        {
            if (Find(archive, id, query) is not { } sequence)
                return null;
            range = range.Before(sequence);
        }

        var start = query.Start > query.NotBefore || query.NotBefore is null ? query.Start : query.NotBefore;
        if (start is { } since)
            range = Number(firstSince, archive, RoomArchiveTable.Milliseconds(since)) is { } first ? range.After(first - 1) : SequenceRange.Empty;
        if (query.End is { } until)
            range = Number(lastUntil, archive, RoomArchiveTable.Milliseconds(until)) is { } last ? range.Before(last + 1) : SequenceRange.Empty;
        return range;
    }

    private static long? Number(Statement statement, long archive, long time)
    {
        statement.Bind(1, archive).Bind(2, time);
        if (!statement.Step())
            return null;
        var number = statement.Number(0);
        statement.Reset();
        return number;
    }

    private long? Find(long archive, string id, ArchiveQuery query)
    {
        findId.Bind(1, archive).Bind(2, id);
        if (!findId.Step())
            return null;
        var (sequence, at) = (findId.Number(0), findId.Number(1));
        findId.Reset();
        return query.NotBefore is { } oldest && at < RoomArchiveTable.Milliseconds(oldest) ? null : sequence;
    }

    private int Count(long archive, ArchiveQuery query, SequenceRange range)
    {
        var count = Bind(counts, archive, query, range, 0);
        count.Step();
        var all = (int)Math.Min(count.Number(0), int.MaxValue);
        count.Reset();
        return all;
    }

    private static List<ArchivedMessage> Take(Statement[] statements, long archive, ArchiveQuery query, SequenceRange range, int most)
    {
        var found = new List<ArchivedMessage>();
        var statement = Bind(statements, archive, query, range, most);
        while (statement.Step())
            found.Add(ReadRow(statement));
        return found;
    }

    private static Statement Bind(Statement[] statements, long archive, ArchiveQuery query, SequenceRange range, int most)
    {
        var filter = query.Sender is not null ? 2 : query.Occupant is not null ? 1 : 0;
        var statement = statements[filter + (query.LeavesOutRetracted ? Filters.Length : 0)];
        statement.Bind(1, archive).Bind(2, range.From).Bind(3, range.To).Bind(4, most);
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
            reader.Prepare($"{select} FROM {tables.Messages} WHERE {tables.Archive} = ?1 AND seq > ?2 AND seq < ?3{filter}{retracted} {end}"))),
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

/// <summary>Archives of rooms, in the table <c>room_message</c>, which the journal writes by <see cref="RoomArchiveTable"/>.</summary>
internal sealed class SqliteRoomArchive(SqliteReader reader, WriteQueue writer, Database written)
    : SqliteArchive(reader, writer, written, new ArchiveTables("room_message", "room", "room", "address")), IRoomArchive;

/// <summary>Where archives of one kind are.</summary>
/// <param name="Messages">The table of the messages.</param>
/// <param name="Archive">Its column that says whose archive they are in.</param>
/// <param name="Archives">The table of the archives, by <c>id</c>.</param>
/// <param name="Owner">Its column with the owner's address.</param>
internal sealed record ArchiveTables(string Messages, string Archive, string Archives, string Owner);
