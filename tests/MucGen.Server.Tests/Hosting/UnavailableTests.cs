using MucGen.Server.Configuration;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Hosting;

/// <summary>Presence without an address ends in rooms, too (RFC 6121 4.5.2, 4.6.3; XEP-0045 7.14).</summary>
public sealed class UnavailableTests
{
    private const string Room = "room@conference.localhost";

    [Fact] // XEP-0045 7.14: the room passes the status on
    public async Task Rooms_hear_the_status_of_who_becomes_unavailable()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var (romeo, juliet) = await MeetAsync(server);
        await romeo.SayAsync("<presence type='unavailable'><status>gone to bed</status></presence>", "<status code='110'/>");
        await juliet.HearAsync("<status>gone to bed</status>");
        Assert.Contains("type='unavailable'", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact] // XEP-0045 7.14: whose connection is gone leaves without words
    public async Task A_dropped_connection_is_a_bare_leave()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var (romeo, juliet) = await MeetAsync(server);
        romeo.Hangup();
        await juliet.HearAsync("type='unavailable'");
        Assert.DoesNotContain("<status>", juliet.Sent, StringComparison.Ordinal);
    }

    [Fact] // RFC 6121 4.6.3: also the rooms that have not got to the presence yet
    public async Task Who_enters_and_becomes_unavailable_at_once_is_no_ghost()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var (_, juliet) = await MeetAsync(server);
        var tybalt = await server.LoginAsync("tybalt");
        await tybalt.SayAsync(
            $"<presence to='{Room}/Tybalt'><x xmlns='http://jabber.org/protocol/muc'/></presence><presence type='unavailable'><status>no peace</status></presence>",
            "type='unavailable'");
        await juliet.HearAsync("<status>no peace</status>");
    }

    private static async Task<(PipeWire Romeo, PipeWire Juliet)> MeetAsync(ServerInMemory server)
    {
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync($"<presence to='{Room}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
        await romeo.SayAsync($"<iq to='{Room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>", "type='result'");
        var juliet = await server.LoginAsync("juliet");
        await juliet.SayAsync($"<presence to='{Room}/Juliet'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
        await romeo.HearAsync($"{Room}/Juliet");
        return (romeo, juliet);
    }
}
