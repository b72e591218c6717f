using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>A service that passes on only what it allows; everything by default, so that no script meets it (XEP-0045 17.2, 17.3, 18.1.1).</summary>
public sealed class PayloadFilterTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Other = "juliet@users.example/a";
    private const string Allowed = "<active xmlns='http://jabber.org/protocol/chatstates'/>";
    private const string Forbidden = "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>loud</body></html>";

    [Fact]
    [Proves("muc-18.1.1-01", "muc-17.2-07")]
    public void Messages_lose_what_is_not_allowed()
    {
        var room = Room("http://jabber.org/protocol/chatstates");
        foreach (var to in new[] { "' type='groupchat", "/Juliet' type='chat" })
        {
            var sent = room.Send(Owner, $"<message to='{TestRoom.Address}{to}' id='m'><subject>s</subject><body>text</body><thread>t</thread>{Allowed}{Forbidden}</message>");
            Assert.NotEmpty(sent);
            Assert.All(sent, stanza => Assert.Contains($"<subject>s</subject><body>text</body><thread>t</thread>{Allowed}", stanza.Xml, StringComparison.Ordinal));
            Assert.All(sent, stanza => Assert.DoesNotContain("loud", stanza.Xml, StringComparison.Ordinal));
        }
        Assert.DoesNotContain(room.Join("nurse@users.example/a", "Nurse"), stanza => stanza.Xml.Contains("loud", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("muc-18.1.1-01", "muc-17.3-14")]
    public void Presence_is_left_with_what_it_is_made_of()
    {
        var room = Room();
        const string Own = "<show>away</show><status>out</status><priority>3</priority>";
        var sent = room.Send(Owner, $"<presence to='{TestRoom.Address}/Romeo'>{Own}<c xmlns='http://jabber.org/protocol/caps' node='n' ver='v' hash='sha-1'/></presence>");
        Assert.Equal(2, sent.Count);
        Assert.All(sent, stanza => Assert.Contains(Own, stanza.Xml, StringComparison.Ordinal));
        Assert.All(sent, stanza => Assert.DoesNotContain("protocol/caps", stanza.Xml, StringComparison.Ordinal));
        Assert.All(sent, stanza => Assert.Contains("muc#user", stanza.Xml, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new[] { "urn:xmpp:receipts", "urn:xmpp:reply:0" }, "<feature var='urn:xmpp:receipts'/><feature var='urn:xmpp:reply:0'/></query>")]
    [InlineData(new string[0], "")]
    [Proves("muc-18.1.1-02", "muc-18.1.1-03", "muc-A19")]
    public void The_traffic_node_tells_what_passes(string[] namespaces, string features)
    {
        var answer = Traffic(Room(namespaces));
        const string Query = "<query xmlns='http://jabber.org/protocol/disco#info' node='http://jabber.org/protocol/muc#traffic'";
        Assert.Contains(Query + (features.Length > 0 ? ">" + features : "/>"), answer, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("muc-A19")]
    public void Where_everything_passes_there_is_nothing_to_tell()
    {
        var room = new TestRoom();
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        Assert.Contains("<error type='cancel' by='room@conference.localhost'><service-unavailable ", Traffic(room), StringComparison.Ordinal);
    }

    private static string Traffic(TestRoom room) => Assert.Single(room.Send(
        Other,
        $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info' node='http://jabber.org/protocol/muc#traffic'/></iq>")).Xml;

    private static TestRoom Room(params string[] namespaces)
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { Payloads = new PayloadFilter(namespaces) });
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        room.Join(Other, "Juliet");
        return room;
    }
}
