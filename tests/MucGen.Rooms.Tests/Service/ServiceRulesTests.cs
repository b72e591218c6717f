using System.Text;
using MucGen.Rooms.Service;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Service;

/// <summary>What the service's own address answers (XEP-0045 6.2, 6.3, 17.1; RFC 6121 8).</summary>
public sealed class ServiceRulesTests
{
    private static readonly Jid Address = Jid.Parse("conference.example.org");
    private readonly RoomDirectory directory = new();
    private readonly ServiceTurn turn;

    public ServiceRulesTests() => turn = new ServiceTurn(new ServicePolicy { Address = Address, SoftwareVersion = "1.0" }, directory);

    [Fact]
    public void It_says_what_it_is_and_nothing_of_its_rooms() // muc-6.2-01, muc-6.2-02, MC-0030-02, MC-0059-11, MC-0128-02
    {
        Fill(3);
        var info = Ask("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>");
        Assert.DoesNotContain("room00", info, StringComparison.Ordinal);
        Assert.DoesNotContain("muc#roominfo", info, StringComparison.Ordinal);
        Assert.DoesNotContain("jabber:x:data'/>", info, StringComparison.Ordinal); // as a feature: MC-0004-19
        Assert.Contains("<identity category='conference' name='Chat rooms' type='text'/>", info, StringComparison.Ordinal);
        foreach (var feature in new[]
        {
            "http://jabber.org/protocol/disco#info", "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/muc",
            "http://jabber.org/protocol/rsm", "urn:xmpp:ping", "jabber:iq:version",
        })
        {
            Assert.Contains($"<feature var='{feature}'/>", info, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("romeo@example.org/a", "conference.example.org", "<rai xmlns='urn:xmpp:rai:0'/>", "", ActivityWish.Subscribe)]
    [InlineData("romeo@example.org/a", "conference.example.org", "", "type='unavailable'", ActivityWish.Unsubscribe)]
    [InlineData("romeo@example.org/a", "conference.example.org", "", "", ActivityWish.None)]
    [InlineData("romeo@example.org/a", "conference.example.org", "<rai xmlns='urn:xmpp:rai:0'/>", "type='probe'", ActivityWish.None)]
    [InlineData("romeo@example.org/a", "conference.example.org/x", "<rai xmlns='urn:xmpp:rai:0'/>", "", ActivityWish.None)]
    [InlineData("romeo@elsewhere.example/a", "conference.example.org", "<rai xmlns='urn:xmpp:rai:0'/>", "", ActivityWish.None)]
    [Proves("MC-0437-07")]
    public void Those_who_have_an_account_here_ask_for_activity_by_presence(string from, string to, string content, string type, ActivityWish wish)
    {
        var local = new ServiceTurn(new ServicePolicy { Address = Address, LocalDomain = "example.org" }, directory);
        using var presence = Stanza.Parse($"<presence to='{to}' {type}>{content}</presence>", local.Policy.Protocol.Names);
        local.Begin(presence, Jid.Parse(from), Jid.Parse(to), DateTimeOffset.UnixEpoch);
        ServiceRules.Decide(local);
        Assert.Equal(wish, local.Activity);
        Assert.Empty(local.Deliveries);
    }

    [Fact]
    public void Without_rooms_the_list_is_empty() // MC-0030-12, MC-0059-05
    {
        Assert.Contains("<query xmlns='http://jabber.org/protocol/disco#items'/>", Items(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_list_comes_whole_and_without_ado() // MC-0030-11, MC-0030-14
    {
        Fill(3);
        var items = Items("");
        Assert.Contains("<item jid='room002@conference.example.org' name='Room 2'/>", items, StringComparison.Ordinal);
        Assert.DoesNotContain("<set", items, StringComparison.Ordinal);
        Assert.DoesNotContain("node=", items, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_names_its_ends_which_are_one_if_it_has_one_room() // MC-0059-02
    {
        Fill(5);
        Assert.Contains("<first index='0'>room000</first><last>room001</last>", Items("<set xmlns='http://jabber.org/protocol/rsm'><max>2</max></set>"), StringComparison.Ordinal);
        Assert.Contains("<first index='0'>room000</first><last>room000</last>", Items("<set xmlns='http://jabber.org/protocol/rsm'><max>1</max></set>"), StringComparison.Ordinal);
        var beyond = Items("<set xmlns='http://jabber.org/protocol/rsm'><max>2</max><after>room004</after></set>");
        Assert.DoesNotContain("<first", beyond, StringComparison.Ordinal);
        Assert.DoesNotContain("<last", beyond, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_is_cut_and_says_so() // muc-6.3-05, muc-6.3-06, MC-0059-12
    {
        Fill(150);
        var items = Items("");
        Assert.Contains("<set xmlns='http://jabber.org/protocol/rsm'><count>150</count><first index='0'>room000</first><last>room099</last></set>", items, StringComparison.Ordinal);
    }

    [Fact]
    public void The_remainder_is_reached() // muc-6.3-07
    {
        Fill(150);
        var items = Items("<set xmlns='http://jabber.org/protocol/rsm'><max>100</max><after>room099</after></set>");
        Assert.Contains("<count>150</count><first index='100'>room100</first><last>room149</last>", items, StringComparison.Ordinal);
    }

    [Fact]
    public void Max_zero_only_counts() => // MC-0059-10
        Assert.Contains("<set xmlns='http://jabber.org/protocol/rsm'><count>0</count></set>", Items("<set xmlns='http://jabber.org/protocol/rsm'><max>0</max></set>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://jabber.org/protocol/disco#info")]
    [InlineData("http://jabber.org/protocol/disco#items")]
    public void It_has_no_nodes(string ns) => // MC-0030-10
        Assert.Contains("<item-not-found", Ask("get", $"<query xmlns='{ns}' node='nowhere'/>"), StringComparison.Ordinal);

    [Fact]
    [Proves("MC-0421-08")]
    public void It_says_that_all_its_rooms_have_occupant_ids() => Assert.Contains(
        "<feature var='urn:xmpp:occupant-id:0'/>", Ask("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>"), StringComparison.Ordinal);

    [Fact]
    [Proves("MC-0307-03")]
    public void Who_may_not_create_rooms_gets_no_name_for_one()
    {
        var closed = new ServiceTurn(new ServicePolicy { Address = Address, MayCreate = static _ => false }, directory);
        Assert.Contains(
            "<not-allowed", Ask("get", "<unique xmlns='http://jabber.org/protocol/muc#unique'/>", closed), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_avatars_it_has_no_vcard_either()
    {
        var without = new ServiceTurn(new ServicePolicy { Address = Address, RoomsHaveVCards = false }, directory);
        Assert.Contains("<service-unavailable", Ask("get", "<vCard xmlns='vcard-temp'/>", without), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "vcard-temp", Ask("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", without), StringComparison.Ordinal);
        Assert.Contains("<FN>Chat rooms</FN>", Ask("get", "<vCard xmlns='vcard-temp'/>"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_there() => Assert.Contains("type='result'", Ask("get", "<ping xmlns='urn:xmpp:ping'/>"), StringComparison.Ordinal);

    [Fact]
    public void It_tells_its_software() => // XEP-0092
        Assert.Contains("<name>MucGen</name><version>1.0</version>", Ask("get", "<query xmlns='jabber:iq:version'/>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<query xmlns='jabber:iq:register'/>")]
    [InlineData("<query xmlns='http://jabber.org/protocol/muc#owner'/>")]
    [InlineData("<unknown xmlns='urn:example:unknown'/>")]
    public void What_it_does_not_do_is_unavailable(string payload) => // RFC 6120 8.2.3
        Assert.Contains("<service-unavailable", Ask("get", payload), StringComparison.Ordinal);

    [Fact]
    public void Answers_are_not_answered()
    {
        Assert.Empty(Send("<iq to='conference.example.org' type='result' id='x'/>"));
        Assert.Empty(Send("<iq to='conference.example.org' type='error' id='x'/>"));
        Assert.Empty(Send("<message to='conference.example.org' type='error'/>"));
    }

    [Fact]
    public void Nobody_reads_messages_to_it() =>
        Assert.Contains("<service-unavailable", Assert.Single(Send("<message to='conference.example.org' id='m'><body>Hello</body></message>")), StringComparison.Ordinal);

    [Fact]
    public void A_room_has_a_name_before_the_at() => // muc-17.1-05
        Assert.Contains("<jid-malformed", Assert.Single(Send("<presence to='conference.example.org/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>")), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("type='unavailable'")]
    [InlineData("type='probe'")]
    [InlineData("type='subscribe'")]
    public void Other_presence_means_nothing_to_it(string type) => Assert.Empty(Send($"<presence to='conference.example.org' {type}/>"));

    private string Items(string set) => Ask("get", $"<query xmlns='http://jabber.org/protocol/disco#items'>{set}</query>");

    private string Ask(string type, string payload, ServiceTurn? asked = null) =>
        Assert.Single(Send($"<iq to='conference.example.org' type='{type}' id='q'>{payload}</iq>", asked ?? turn));

    private List<string> Send(string xml) => Send(xml, turn);

    private static List<string> Send(string xml, ServiceTurn turn)
    {
        using var stanza = Stanza.Parse(xml, turn.Policy.Protocol.Names);
        turn.Begin(stanza, Jid.Parse("romeo@montague.example/a"), Jid.Parse(stanza.Root.Attribute("to"u8).ToString()), DateTimeOffset.UnixEpoch);
        ServiceRules.Decide(turn);
        var sent = new List<string>();
        foreach (var delivery in turn.Deliveries)
        {
            using var output = new PooledBufferWriter();
            delivery.Payload.WriteTo(delivery.To, output);
            delivery.Payload.Dispose();
            sent.Add(Encoding.UTF8.GetString(output.WrittenSpan));
        }

        return sent;
    }

    private void Fill(int rooms)
    {
        for (var i = 0; i < rooms; i++)
            directory.List(new RoomListing(Jid.Parse($"room{i:D3}@conference.example.org"), $"Room {i}"));
    }
}
