using System.Text;
using MucGen.Server.Configuration;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>Activity indicators beyond the transcript: in which order things happen, and that ends are noticed (XEP-0437).</summary>
public sealed class RoomActivityTests
{
    private const string Service = "conference.localhost";
    private const string Ask = $"<presence to='{Service}'><rai xmlns='urn:xmpp:rai:0'/></presence>";
    private const string Ping = $"<iq to='{Service}' type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>";

    [Fact] // the wish is taken back before the rooms have been asked
    [Proves("MC-0437-04")]
    public async Task Whoever_asks_and_takes_it_back_at_once_is_told_nothing()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var romeo = await CreateAsync(server);
        await romeo.SayAsync(Say("before"), "before");
        var juliet = await server.LoginAsync("juliet");
        await juliet.SayAsync($"{Ask}<presence to='{Service}' type='unavailable'/>{Ping}", "type='result'");
        await romeo.SayAsync(Say("after"), "after");
        Assert.DoesNotContain("urn:xmpp:rai:0", await SettledAsync(juliet), StringComparison.Ordinal);
    }

    [Fact] // RFC 6121 4.5.2: unavailable to all is unavailable to the service
    [Proves("MC-0437-04")]
    public async Task Whoever_becomes_unavailable_is_told_nothing()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var romeo = await CreateAsync(server);
        var juliet = await server.LoginAsync("juliet");
        await juliet.SayAsync($"<presence/>{Ask}<presence type='unavailable'/>{Ping}", "id='p'");
        await romeo.SayAsync(Say("after"), "after");
        Assert.DoesNotContain("urn:xmpp:rai:0", await SettledAsync(juliet), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0437-01", "MC-0437-05")]
    public async Task A_session_after_the_other_is_told_what_was_missed_once()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var romeo = await CreateAsync(server);
        await romeo.SayAsync(Say("before"), "before");
        for (var i = 0; i < 3; i++)
        {
            var juliet = await server.LoginAsync("juliet", $"r{i}");
            await juliet.SayAsync(Ask, $"<message from='{Service}' to='juliet@localhost/r{i}'><rai xmlns='urn:xmpp:rai:0'><activity>room@{Service}</activity></rai></message>");
            await romeo.SayAsync(Say($"more{i}"), $"more{i}");
            Assert.Equal(2, (await SettledAsync(juliet)).Split("urn:xmpp:rai:0").Length);
            juliet.Hangup();
        }
    }

    private static string Say(string text) => $"<message to='room@{Service}' type='groupchat' id='m'><body>{text}</body></message>";

    // What the room had for the session before has come when it answers a later question.
    private static async Task<string> SettledAsync(PipeWire wire)
    {
        wire.Write(Encoding.UTF8.GetBytes($"<iq to='room@{Service}' type='get' id='settled'><ping xmlns='urn:xmpp:ping'/></iq>"));
        await wire.HearAsync("id='settled'");
        return wire.Sent;
    }

    private static async Task<PipeWire> CreateAsync(ServerInMemory server)
    {
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync($"<presence to='room@{Service}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
        await romeo.SayAsync($"<iq to='room@{Service}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>", "id='c'");
        await romeo.SayAsync($"<iq to='room@{Service}' type='set' id='g'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='juliet@localhost' affiliation='member'/></query></iq>", "id='g'");
        return romeo;
    }
}
