using System.Globalization;
using System.Text;
using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>One stanza that a room sent.</summary>
internal sealed record Sent(Jid To, string Xml, Jid From);

/// <summary>A room under test with a clock and ids that nothing else moves; the events of all turns are kept.</summary>
internal sealed class TestRoom
{
    public static readonly Jid Address = Jid.Parse("room@conference.localhost");

    private readonly RoomTurn turn = new(new CountingIds());

    public TestRoom(RoomPolicy? policy = null)
    {
        Policy = policy ?? DefaultPolicy;
        Room = new Room(Address, Policy);
    }

    public static RoomPolicy DefaultPolicy { get; } = new() { OccupantIdSecret = "a secret of the tests"u8.ToArray() };

    public RoomPolicy Policy { get; }

    public Room Room { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>What was journalled so far, each event as its JSON.</summary>
    public List<string> Journal { get; } = [];

    /// <summary>What a host's store keeps beside the journal.</summary>
    public MemoryArchive Archive { get; } = new();

    /// <summary>Questions that are not answered yet.</summary>
    public List<RoomQuestion> Questions { get; } = [];

    /// <summary>Whether a question is answered before anything else happens.</summary>
    public bool AnswersAtOnce { get; set; } = true;

    public int Withheld => turn.Withheld;

    public bool MustCommitFirst => turn.MustCommitFirst;

    public IReadOnlyList<Sent> Send(string from, string stanza)
    {
        using var parsed = Stanza.Parse(stanza, Policy.Protocol.Names);
        var to = Jid.Parse(parsed.Root.Attribute("to"u8).ToString());
        return Decide(RoomInput.OfStanza(parsed, Jid.Parse(from), to));
    }

    public IReadOnlyList<Sent> Join(string from, string nick) =>
        Send(from, $"<presence to='{Address}/{nick}'><x xmlns='http://jabber.org/protocol/muc'/></presence>");

    public IReadOnlyList<Sent> Say(string from, string body) =>
        Send(from, $"<message to='{Address}' type='groupchat' id='m'><body>{body}</body></message>");

    public IReadOnlyList<Sent> Decide(in RoomInput input)
    {
        turn.Begin(Room, Now);
        RoomRules.Decide(turn, input);
        var sent = turn.Deliveries.Select(Read).ToList();
        Journal.AddRange(turn.Events.Select(change => JsonSerializer.Serialize(change, JournalJson.Event)));
        Archive.Take(turn.Events);
        Questions.AddRange(turn.Questions);
        turn.Questions.Clear();
        turn.Discard();
        if (AnswersAtOnce)
            sent.AddRange(Answer());
        return sent;
    }

    /// <summary>Answers all open questions from the archive.</summary>
    public IReadOnlyList<Sent> Answer()
    {
        var sent = new List<Sent>();
        while (Questions is [var question, ..])
        {
            Questions.RemoveAt(0);
            using (question.Stanza)
                sent.AddRange(Decide(RoomInput.Answered(question, Archive.Answer(question.Query))));
        }

        return sent;
    }

    /// <summary>Lets a feature work in a turn of its own, without a stanza.</summary>
    public IReadOnlyList<Sent> Do(Action<RoomTurn> work)
    {
        turn.Begin(Room, Now);
        work(turn);
        var sent = turn.Deliveries.Select(Read).ToList();
        Journal.AddRange(turn.Events.Select(change => JsonSerializer.Serialize(change, JournalJson.Event)));
        turn.Discard();
        return sent;
    }

    /// <summary>Unlocks the room and sets its configuration, as its owner's form would.</summary>
    public void Configure(RoomConfig config)
    {
        turn.Begin(Room, Now);
        turn.Record(new ConfigChanged(config.Save()));
        turn.Record(new RoomUnlocked());
        Journal.AddRange(turn.Events.Select(change => JsonSerializer.Serialize(change, JournalJson.Event)));
        turn.Discard();
    }

    /// <summary>The room's state as a journal would keep it; null when it does not exist.</summary>
    public static string? StateOf(Room room) =>
        RoomSnapshot.Of(room) is { } snapshot ? JsonSerializer.Serialize(snapshot, JournalJson.Snapshot) : null;

    public static void Apply(Room room, IEnumerable<string> journal)
    {
        foreach (var line in journal)
        {
            var change = JsonSerializer.Deserialize(line, JournalJson.Event)!;
            room.Apply(change);
            change.Release();
        }
    }

    private static Sent Read(Delivery delivery)
    {
        using var output = new PooledBufferWriter();
        delivery.Payload.WriteTo(delivery.To, output);
        Assert.Equal(delivery.Payload.LengthTo(delivery.To), output.WrittenCount);
        var xml = Encoding.UTF8.GetString(output.WrittenSpan);
        using var parsed = Stanza.Parse(xml, ProtocolNames.Instance);
        Assert.True(parsed.Root.Attribute("to"u8).Equals(delivery.To.Utf8), xml);
        return new Sent(delivery.To, xml, Jid.Parse(parsed.Root.Attribute("from"u8).ToString()));
    }

    private sealed class CountingIds : IIdSource
    {
        private int next;

        public void Next(Span<byte> id)
        {
            id.Fill((byte)'0');
            (next++).TryFormat(id, out _, "D", CultureInfo.InvariantCulture);
        }
    }
}
