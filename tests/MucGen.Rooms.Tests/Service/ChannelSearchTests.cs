using System.Text;
using MucGen.Rooms.Service;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Service;

/// <summary>Search among the listed rooms (XEP-0433).</summary>
public sealed class ChannelSearchTests
{
    private const string ByAddress = "<field var='key'><value>{urn:xmpp:channel-search:0:order}address</value></field>";
    private static readonly Jid Address = Jid.Parse("conference.example.org");
    private static readonly Jid Searcher = Jid.Parse("romeo@montague.example/a");

    private readonly RoomDirectory directory = new();

    [Fact]
    [Proves("MC-0433-02")]
    public void The_form_has_every_field_with_its_default()
    {
        var form = Send(Turn(), "<search xmlns='urn:xmpp:channel-search:0:search'/>");

        Assert.Contains("<x xmlns='jabber:x:data' type='form'><field type='hidden' var='FORM_TYPE'><value>urn:xmpp:channel-search:0:search-params</value></field>", form, StringComparison.Ordinal);
        foreach (var field in new[] { "var='q'/>", "var='all'><value>0</value>", "var='sinname'><value>1</value>", "var='sindescription'><value>1</value>", "var='sinaddress'><value>1</value>", "var='types'><value>xep-0045</value>", "var='key'><value>{urn:xmpp:channel-search:0:order}nusers</value>" })
            Assert.Contains(field, form, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0433-03", "MC-0433-15")]
    public void What_is_found_comes_with_all_that_is_known()
    {
        directory.List(new RoomListing(Room("garden"), "The Orchard") { Description = "Fruit & trees", Language = "en", Occupants = 2, IsOpen = true });
        directory.List(new RoomListing(Room("vault"), "") { IsNonAnonymous = true });

        Assert.Contains(
            "<result xmlns='urn:xmpp:channel-search:0:search'><item address='garden@conference.example.org'><name>The Orchard</name><description>Fruit &amp; trees</description><language>en</language>"
            + "<nusers>2</nusers><service-type>xep-0045</service-type><is-open/><anonymity-mode>muc_semianonymous</anonymity-mode></item><set xmlns='http://jabber.org/protocol/rsm'>",
            Search("<field var='q'><value>orchard</value></field>"),
            StringComparison.Ordinal);
        Assert.Contains(
            "<item address='vault@conference.example.org'><name>vault</name><nusers>0</nusers><service-type>xep-0045</service-type><anonymity-mode>{urn:xmpp:channel-search:0:anonymity}none</anonymity-mode></item>",
            Search("<field var='q'><value>vault</value></field>"),
            StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0433-04")]
    public void Nothing_found_is_an_empty_result()
    {
        var answer = Search("<field var='q'><value>zzz</value></field>");

        Assert.Contains("type='result'", answer, StringComparison.Ordinal);
        Assert.EndsWith("><result xmlns='urn:xmpp:channel-search:0:search'/></iq>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orchard FRUIT", "", true)]
    [InlineData("orchard peach", "", false)]
    [InlineData("orchard", "<field var='sinname'><value>0</value></field>", false)]
    [InlineData("fruit", "<field var='sindescription'><value>false</value></field>", false)]
    [InlineData("fruit", "<field var='sinname'><value>0</value></field>", true)]
    [InlineData("garden", "", true)]
    [InlineData("garden", "<field var='sinaddress'><value>0</value></field>", false)]
    [InlineData("garden", "<field var='sinaddr'><value>0</value></field>", false)]
    [InlineData("a garden", "", true)]
    [Proves("MC-0433-13")]
    public void Words_are_searched_for_where_the_form_says(string question, string scope, bool isFound)
    {
        directory.List(new RoomListing(Room("garden"), "The Orchard") { Description = "Fruit" });

        Assert.Equal(isFound, Search($"<field var='q'><value>{question}</value></field>{scope}").Contains("<item", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<field var='key'><value>bogus</value></field><field var='q'><value>orchard</value></field>", "modify", "feature-not-implemented", "<invalid-sort-key xmlns='urn:xmpp:channel-search:0:error'/>")]
    [InlineData("<field var='q'><value>a of</value></field>", "modify", "bad-request", "<invalid-search-terms xmlns='urn:xmpp:channel-search:0:error'/>")]
    [InlineData("<field var='q'><value>orchard</value></field><field var='all'><value>1</value></field>", "modify", "bad-request", "<conflicting-fields xmlns='urn:xmpp:channel-search:0:error'><var>all</var><var>q</var></conflicting-fields>")]
    [InlineData("", "modify", "bad-request", "<no-search-conditions xmlns='urn:xmpp:channel-search:0:error'/>")]
    [InlineData("<field var='q'/><field var='all'><value>0</value></field>", "modify", "bad-request", "<no-search-conditions xmlns='urn:xmpp:channel-search:0:error'/>")]
    [InlineData("<field var='q'><value>orchard</value></field><field var='sinname'><value>0</value></field><field var='sindescription'><value>0</value></field><field var='sinaddress'><value>0</value></field>", "modify", "bad-request", "<conflicting-fields xmlns='urn:xmpp:channel-search:0:error'><var>sinname</var><var>sindescription</var><var>sinaddress</var></conflicting-fields>")]
    [Proves("MC-0433-05", "MC-0433-06", "MC-0433-09", "MC-0433-10")]
    public void What_cannot_be_searched_for_is_refused_by_name(string fields, string type, string condition, string detail)
    {
        var answer = Search(fields);

        Assert.Contains($"<error type='{type}' by='conference.example.org'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>", answer, StringComparison.Ordinal);
        Assert.Contains(detail + "</error>", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0433-07")]
    public void Too_many_searches_have_to_wait()
    {
        var turn = Turn(new ServicePolicy { Address = Address, MostSearchesPerMinute = 2 });
        const string Fields = "<field var='q'><value>orchard</value></field>";
        Assert.Contains("type='result'", Search(Fields, turn), StringComparison.Ordinal);
        Assert.Contains("type='result'", Search(Fields, turn, after: 20), StringComparison.Ordinal);

        var refused = Search(Fields, turn, after: 30);
        Assert.Contains("<error type='wait' by='conference.example.org'><resource-constraint", refused, StringComparison.Ordinal);
        Assert.Contains("<rate-limit xmlns='urn:xmpp:channel-search:0:error' retry-after='30'/></error>", refused, StringComparison.Ordinal);
        Assert.Contains("type='result'", Search(Fields, turn, after: 30, from: "juliet@capulet.example/b"), StringComparison.Ordinal);
        Assert.Contains("type='result'", Search(Fields, turn, after: 60), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FullSearch.Everybody, "romeo@montague.example/a", null)]
    [InlineData(FullSearch.Local, "romeo@example.org/a", null)]
    [InlineData(FullSearch.Local, "romeo@montague.example/a", "<error type='auth' by='conference.example.org'><forbidden")]
    [InlineData(FullSearch.Nobody, "romeo@example.org/a", "<error type='cancel' by='conference.example.org'><not-allowed")]
    [Proves("MC-0433-08")]
    public void The_whole_list_is_for_whom_the_operator_says(FullSearch full, string from, string? error)
    {
        directory.List(new RoomListing(Room("garden"), ""));
        var answer = Search("<field var='all'><value>true</value></field>", Turn(new ServicePolicy { Address = Address, FullSearch = full, LocalDomain = "example.org" }), from: from);

        Assert.Contains(error ?? "<item address='garden@conference.example.org'>", answer, StringComparison.Ordinal);
        Assert.Equal(error is not null, answer.Contains("<full-set-retrieval-rejected xmlns='urn:xmpp:channel-search:0:error'/></error>", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("MC-0433-11")]
    public void Unknown_fields_are_ignored()
    {
        directory.List(new RoomListing(Room("garden"), ""));

        Assert.Contains("<item", Search("<field var='q'><value>garden</value></field><field var='{urn:example}moon'><value>full</value></field>"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0433-12")]
    public void By_address_the_pages_have_every_room_once()
    {
        for (var i = 0; i < 7; i++)
            directory.List(new RoomListing(Room($"room{i}"), "") { Occupants = i % 3 });
        var seen = new List<string>();
        string? last = null;
        while (seen.Count < 7)
        {
            var page = Search($"{ByAddress}<field var='all'><value>1</value></field>", set: $"<max>3</max>{(last is null ? "" : $"<after>{last}</after>")}");
            seen.AddRange(Addresses(page));
            last = page[(page.IndexOf("<last>", StringComparison.Ordinal) + 6)..page.IndexOf("</last>", StringComparison.Ordinal)];
            directory.Unlist(Room(last)); // a room that is gone does not break the walk
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"room{i}"), seen);
    }

    [Fact]
    public void By_users_the_fullest_come_first_and_pages_go_on_where_they_ended()
    {
        for (var i = 0; i < 4; i++)
            directory.List(new RoomListing(Room($"room{i}"), "") { Occupants = i });

        var first = Search("<field var='all'><value>1</value></field>", set: "<max>2</max>");
        Assert.Equal(["room3", "room2"], Addresses(first));
        var last = first[(first.IndexOf("<last>", StringComparison.Ordinal) + 6)..first.IndexOf("</last>", StringComparison.Ordinal)];
        Assert.Equal(["room1", "room0"], Addresses(Search("<field var='all'><value>1</value></field>", set: $"<max>2</max><after>{last}</after>")));
    }

    [Theory]
    [InlineData("<value>xep-0045</value>", true)]
    [InlineData("<value>xep-0369</value><value>xep-0045</value>", true)]
    [InlineData("<value>xep-0369</value>", false)]
    [Proves("MC-0433-14")]
    public void Only_the_wanted_types_are_found(string types, bool isFound)
    {
        directory.List(new RoomListing(Room("garden"), ""));

        Assert.Equal(isFound, Search($"<field var='q'><value>garden</value></field><field var='types'>{types}</field>").Contains("<item", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Addresses(string answer) => answer.Split("address='").Skip(1).Select(item => item[..item.IndexOf('@', StringComparison.Ordinal)]);

    private static Jid Room(string name) => Jid.Parse($"{name}@conference.example.org");

    private ServiceTurn Turn(ServicePolicy? policy = null) => new(policy ?? new ServicePolicy { Address = Address }, directory);

    private string Search(string fields, ServiceTurn? turn = null, string set = "", int after = 0, string? from = null) => Send(
        turn ?? Turn(),
        "<search xmlns='urn:xmpp:channel-search:0:search'>"
        + (set.Length > 0 ? $"<set xmlns='http://jabber.org/protocol/rsm'>{set}</set>" : "")
        + $"<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:xmpp:channel-search:0:search-params</value></field>{fields}</x></search>",
        after,
        from);

    private static string Send(ServiceTurn turn, string payload, int after = 0, string? from = null)
    {
        using var stanza = Stanza.Parse($"<iq to='conference.example.org' type='get' id='s'>{payload}</iq>", turn.Policy.Protocol.Names);
        turn.Begin(stanza, from is null ? Searcher : Jid.Parse(from), Address, DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(after));
        ServiceRules.Decide(turn);
        var delivery = Assert.Single(turn.Deliveries);
        using var output = new PooledBufferWriter();
        delivery.Payload.WriteTo(delivery.To, output);
        delivery.Payload.Dispose();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
