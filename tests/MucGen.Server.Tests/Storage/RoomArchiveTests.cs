using System.Globalization;
using System.Text;
using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Core;
using MucGen.Server.Storage.Sqlite;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

/// <summary>The archives on disk answer as a plain list would, whatever else happens to the journal.</summary>
public sealed class RoomArchiveTests : IDisposable
{
    private static readonly Jid Room = Jid.Parse("room@conference.localhost");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] People = ["romeo@localhost/x", "romeo@localhost/y", "juliet@localhost/x"];
    private static readonly Markup Tombstone = new("<retracted xmlns='urn:xmpp:message-retract:1' id='r'/>"u8.ToArray());

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Proves("MC-0313-23", "MC-0313-27")]
    public async Task Any_query_gets_what_a_list_would_give(int seed)
    {
        var random = new Random(seed);
        using var store = temporary.Open();
        var list = new MemoryArchive();
        Append(store, list, new RoomCreated(Jid.Parse("romeo@localhost"), Noon, new RoomConfig().Save()));
        for (var i = 0; i < 60; i++)
        {
            // Several messages of one instant keep their order.
            Append(store, list, Message(i, People[random.Next(3)], Noon.AddSeconds(i / 3)));
            if (random.Next(5) == 0)
                Append(store, list, new MessageRetracted(Id(random.Next(i + 1)), random.Next(2) == 0 ? null : Jid.Parse("romeo@localhost"), Tombstone));
            if (i == 30)
                store.Rooms.Snapshot(Room, new RoomSnapshot()); // it drops the events before, not their messages
        }
        Append(store, list, new SenderRetracted(Jid.Parse("juliet@localhost"), Tombstone));

        for (var i = 0; i < 300; i++)
        {
            var query = Query(random);
            var expected = list.Answer(query);
            var actual = await store.Archives.ReadAsync(Room, query, CancellationToken.None);
            Assert.Equal(Describe(expected), Describe(actual));
        }
    }

    [Fact]
    [Proves("MC-0313-03")]
    public async Task What_expires_are_the_oldest_and_nothing_between()
    {
        using var store = temporary.Open();
        for (var i = 0; i < 10; i++)
            store.Rooms.Append(Room, Message(i, People[i % 3], Noon.AddDays(i)));
        await store.Archives.ExpireAsync(Noon.AddDays(4));
        Assert.Equal(Enumerable.Range(4, 6).Select(Id), await IdsAsync(store));
        store.Rooms.Append(Room, Message(10, People[0], Noon.AddDays(10)));
        Assert.Equal(Enumerable.Range(4, 7).Select(Id), await IdsAsync(store));
        var gone = await store.Archives.ReadAsync(Room, new ArchiveQuery { Max = 5, After = [Id(3)] }, CancellationToken.None);
        Assert.Equal(ArchiveOutcome.UnknownId, gone.Outcome);
    }

    [Fact]
    public async Task A_clock_that_goes_back_does_not_disturb_the_order()
    {
        using var store = temporary.Open();
        store.Rooms.Append(Room, Message(0, People[0], Noon));
        store.Rooms.Append(Room, Message(1, People[0], Noon.AddHours(-1)));
        store.Rooms.Append(Room, Message(2, People[0], Noon.AddSeconds(1)));
        var page = await store.Archives.ReadAsync(Room, new ArchiveQuery { Max = 5, Start = Noon }, CancellationToken.None);
        Assert.Equal([Id(0), Id(1), Id(2)], page.Messages.Select(message => message.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_room_takes_its_archive_with_it(bool isDeleted)
    {
        using var store = temporary.Open();
        store.Rooms.Append(Room, Message(0, People[0], Noon));
        store.Rooms.Append(Room, new RoomDestroyed());
        if (isDeleted)
            store.Rooms.Delete(Room);
        store.Rooms.Append(Room, Message(1, People[0], Noon));
        Assert.Equal([Id(1)], await IdsAsync(store));
    }

    [Fact]
    public async Task It_outlasts_the_process_and_only_what_is_for_it_is_in_it()
    {
        using (var store = temporary.Open())
        {
            store.Rooms.Append(Room, Message(0, People[1], Noon));
            store.Rooms.Append(Room, Message(1, People[1], Noon, MessageKeeping.History));
            store.Rooms.Append(Room, Message(2, People[1], Noon, MessageKeeping.Archive));
            await store.Rooms.CommittedAsync();
        }

        using var again = temporary.Open();
        var page = await again.Archives.ReadAsync(Room, new ArchiveQuery { Max = 5 }, CancellationToken.None);
        Assert.Equal([Id(0), Id(2)], page.Messages.Select(message => message.Id));
        Assert.Equal(Jid.Parse(People[1]), page.Messages[0].Sender);
        Assert.Equal(Text(0), page.Messages[0].Stanza.ToString());
        var stored = await again.Rooms.LoadAsync(Room, CancellationToken.None);
        Assert.Equal(
            [MessageKeeping.History | MessageKeeping.Archive, MessageKeeping.History, MessageKeeping.Archive],
            stored!.Events.Cast<MessageRelayed>().Select(message => message.Keeping));
    }

    private static void Append(SqliteStore store, MemoryArchive list, RoomEvent change)
    {
        store.Rooms.Append(Room, change);
        list.Take([change]);
        change.Release();
    }

    private static async Task<IEnumerable<string>> IdsAsync(SqliteStore store) =>
        (await store.Archives.ReadAsync(Room, new ArchiveQuery { Max = 50 }, CancellationToken.None)).Messages.Select(message => message.Id);

    private static ArchiveQuery Query(Random random)
    {
        string Some() => random.Next(12) == 0 ? "unknown" : Id(random.Next(60));
        bool Chance(int oneIn) => random.Next(oneIn) == 0;
        var endsOnly = Chance(8);
        var person = Jid.Parse(People[random.Next(3)]);
        var by = random.Next(10);
        return new ArchiveQuery
        {
            Ids = !endsOnly && Chance(4) ? [Some(), Some()] : null,
            Max = random.Next(8),
            FromEnd = Chance(2),
            CountsAll = Chance(3),
            EndsOnly = endsOnly,
            LeavesOutRetracted = Chance(4),
            After = Chance(3) ? [Some()] : [],
            Before = Chance(3) ? [Some()] : [],
            Start = Chance(4) ? Noon.AddSeconds(random.Next(25) - 2) : null,
            End = Chance(4) ? Noon.AddSeconds(random.Next(25) - 2) : null,
            NotBefore = Chance(5) ? Noon.AddSeconds(random.Next(10)) : null,
            Occupant = by < 2 ? OccupantOf(person.ToString()) : null,
            Sender = by switch
            {
                2 => person,
                3 => person.Bare,
                _ => null,
            },
        };
    }

    private static string Describe(ArchivePage page) => string.Join(
        '\n',
        page.Messages.Select(message => $"{message.Id} {message.At:O} {message.From} {message.Sender} {message.IsRetracted} {message.Stanza}")
            .Append($"{page.Outcome} {page.IsComplete} {page.Count}"));

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"id{number}");

    private static Jid OccupantOf(string person) => Jid.Parse($"{Room}/{Jid.Parse(person).Local}");

    private static string Text(int number) =>
        $"<message type='groupchat' id='m{number}>' from='x'><body>{number}</body><occupant-id xmlns='urn:xmpp:occupant-id:0' id='o'/>"
        + $"<stanza-id xmlns='urn:xmpp:sid:0' id='{Id(number)}' by='{Room}'/></message>";

    private static MessageRelayed Message(
        int number, string sender, DateTimeOffset at, MessageKeeping keeping = MessageKeeping.History | MessageKeeping.Archive)
    {
        using var payload = Payload.Copy(Encoding.UTF8.GetBytes(Text(number)), OccupantOf(sender));
        return MessageRelayed.Rent(payload, Jid.Parse(sender), at, keeping);
    }
}
