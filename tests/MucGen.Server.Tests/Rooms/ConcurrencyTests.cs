using System.Text;
using System.Text.RegularExpressions;
using MucGen.Server.Configuration;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>Many sessions at once, on as many threads: for the room one thing still comes after the other (XEP-0045 7.1, 7.4, 10.1.1).</summary>
public sealed class ConcurrencyTests
{
    private const int People = 4;
    private const int Messages = 20;

    [Fact]
    [Proves("muc-7.1-06", "muc-7.4-14")]
    public async Task Whoever_enters_among_messages_gets_them_all_once_in_everybodys_order()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        const string Room = "hall@conference.localhost";
        var speakers = new List<PipeWire>();
        var newcomers = new List<PipeWire>();
        for (var i = 0; i < People; i++)
        {
            speakers.Add(await server.LoginAsync($"speaker{i}"));
            newcomers.Add(await server.LoginAsync($"newcomer{i}"));
        }
        for (var i = 0; i < People; i++)
        {
            await speakers[i].SayAsync(Join(Room, $"speaker{i}"), "<subject/>");
            if (i == 0)
                await speakers[i].SayAsync(Configuration(Room), "type='result'");
        }

        var speaking = speakers.Select((wire, i) => Task.Run(() =>
        {
            for (var n = 0; n < Messages; n++)
                Write(wire, $"<message to='{Room}' type='groupchat'><body>{i}.{n}</body></message>");
        }));
        var entering = newcomers.Select((wire, i) => Task.Run(() => Write(wire, Join(Room, $"newcomer{i}"))));
        await Task.WhenAll(speaking.Concat(entering));
        foreach (var wire in newcomers)
            await wire.HearAsync("<subject/>");
        Write(speakers[0], $"<message to='{Room}' type='groupchat'><body>end</body></message>");
        foreach (var wire in speakers.Concat(newcomers))
            await wire.HearAsync("<body>end</body>");

        var order = Bodies(speakers[0].Sent);
        Assert.Equal((People * Messages) + 1, order.Distinct().Count());
        Assert.All(speakers.Concat(newcomers), wire => Assert.Equal(order, Bodies(wire.Sent)));
        Assert.All(newcomers, wire =>
        {
            var stanzas = Regex.Matches(wire.Sent, "<(presence|message) .*?</\\1>").Select(match => match.Value).ToList();
            var self = stanzas.FindIndex(stanza => stanza.Contains("code='110'", StringComparison.Ordinal));
            var subject = stanzas.FindIndex(stanza => stanza.Contains("<subject/>", StringComparison.Ordinal));
            Assert.All(stanzas.Take(self), stanza => Assert.StartsWith("<presence", stanza, StringComparison.Ordinal));
            Assert.All(stanzas[(self + 1)..subject], stanza => Assert.Contains("urn:xmpp:delay", stanza, StringComparison.Ordinal));
            Assert.All(stanzas.Skip(subject + 1), stanza => Assert.DoesNotContain("urn:xmpp:delay", stanza, StringComparison.Ordinal));
        });
    }

    [Fact]
    [Proves("MC-0313-02", "MC-0313-34")]
    public async Task The_archive_has_the_order_in_which_everybody_heard_it()
    {
        await using var server = new ServerInMemory(new MucGenOptions { Rooms = new RoomOptions { Archive = true } }, new ManualTime()); // one time for all
        const string Room = "hall@conference.localhost";
        var speakers = new List<PipeWire>();
        for (var i = 0; i < People; i++)
        {
            speakers.Add(await server.LoginAsync($"speaker{i}"));
            await speakers[i].SayAsync(Join(Room, $"speaker{i}"), "<subject/>");
            if (i == 0)
                await speakers[i].SayAsync(Configuration(Room), "type='result'");
        }

        await Task.WhenAll(speakers.Select((wire, i) => Task.Run(() =>
        {
            for (var n = 0; n < Messages; n++)
                Write(wire, $"<message to='{Room}' type='groupchat'><body>{i}.{n}</body></message>");
        })));
        Write(speakers[0], $"<message to='{Room}' type='groupchat'><body>end</body></message>");
        foreach (var wire in speakers)
            await wire.HearAsync("<body>end</body>");
        var heard = Ids(speakers[^1].Sent);
        Assert.Equal((People * Messages) + 1, heard.Distinct().Count());

        var archived = new List<string>();
        while (archived.Count < heard.Count)
        {
            var after = archived.Count == 0 ? "" : $"<after>{archived[^1]}</after>";
            await speakers[0].SayAsync(
                $"<iq type='set' id='p{archived.Count}' to='{Room}'><query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'><max>7</max>{after}</set></query></iq>", "</iq>");
            archived.AddRange(Ids(speakers[0].Sent));
        }
        Assert.Equal(heard, archived);
    }

    [Fact]
    [Proves("muc-10.1.1-14")]
    public async Task Of_those_who_create_a_room_at_once_one_does()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var romeo = await server.LoginAsync("romeo");
        var juliet = await server.LoginAsync("juliet");
        for (var round = 0; round < 10; round++)
        {
            var room = $"room{round}@conference.localhost";
            await Task.WhenAll(
                Task.Run(() => romeo.SayAsync(Join(room, "Romeo"), "</presence>")),
                Task.Run(() => juliet.SayAsync(Join(room, "Juliet"), "</presence>")));
            var answers = new[] { romeo.Sent, juliet.Sent };
            Assert.Single(answers, sent => sent.Contains("code='201'", StringComparison.Ordinal));
            Assert.Single(answers, sent => sent.Contains("<item-not-found ", StringComparison.Ordinal));
        }
    }

    private static string Join(string room, string nick) =>
        $"<presence to='{room}/{nick}'><x xmlns='http://jabber.org/protocol/muc'/></presence>";

    private static string Configuration(string room) =>
        $"<iq to='{room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
        + "<field var='muc#maxhistoryfetch'><value>100</value></field></x></query></iq>";

    private static void Write(PipeWire wire, string text) => wire.Write(Encoding.UTF8.GetBytes(text));

    private static List<string> Ids(string sent) => [.. Regex.Matches(sent, "<stanza-id [^>]*id='([^']*)'").Select(match => match.Groups[1].Value)];

    private static List<string> Bodies(string sent) => [.. Regex.Matches(sent, "<body>([^<]*)</body>").Select(match => match.Groups[1].Value)];
}
