using System.Xml.Linq;
using MucGen.Rooms.Tests.Administration;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>The shape of whatever a room says, whatever it is told (XEP-0045 12, 17.3, 19).</summary>
public sealed class WireShapeTests
{
    private const int Steps = 150;
    private static readonly XNamespace Client = "jabber:client";
    private static readonly XNamespace User = "http://jabber.org/protocol/muc#user";
    private static readonly XNamespace Admin = "http://jabber.org/protocol/muc#admin";
    private static readonly string[] Affiliations = ["owner", "admin", "member", "none", "outcast"];
    private static readonly string[] Roles = ["moderator", "participant", "visitor", "none"];
    private static readonly string[] Contents = ["decline", "destroy", "invite", "item", "password", "status"];
    private static readonly string[] ItemContents = ["actor", "continue", "reason"];
    private static readonly string[] Withdrawn = ["102", "103", "174"];

    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    [Proves("muc-7.2.2-02", "muc-7.2.2-03", "muc-17.3-15")]
    public void Presence_has_one_muc_user_with_an_affiliation_and_a_role(int seed) => Play(seed, stanza =>
    {
        if (stanza.Name != Client + "presence" || IsError(stanza))
            return;
        var item = Assert.Single(Assert.Single(stanza.Elements(User + "x")).Elements(User + "item"));
        Assert.NotNull(item.Attribute("affiliation"));
        Assert.NotNull(item.Attribute("role"));
    });

    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    [Proves("muc-19.2-01", "muc-19.2-02", "muc-19.2-03", "muc-19.2-04")]
    public void Muc_user_holds_what_its_schema_has_and_no_more(int seed) => Play(seed, stanza =>
    {
        Assert.InRange(stanza.Elements(User + "x").Count(), 0, 1);
        foreach (var child in stanza.Elements(User + "x").Elements())
        {
            Assert.Equal(User, child.Name.Namespace);
            Assert.Contains(child.Name.LocalName, Contents);
        }
        foreach (var item in stanza.Descendants(User + "item"))
        {
            Assert.Contains(item.Attribute("affiliation")!.Value, Affiliations);
            Assert.Contains(item.Attribute("role")!.Value, Roles);
            var order = item.Elements().Select(child => Array.IndexOf(ItemContents, child.Name.LocalName)).ToList();
            Assert.Equal(order.Order(), order);
            Assert.DoesNotContain(-1, order);
        }
    });

    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    [Proves("muc-12-01", "muc-19.2-05", "muc-16.6.2-20")]
    public void Every_status_is_an_element_of_its_own_with_a_code_of_three_digits(int seed) => Play(seed, stanza =>
    {
        var codes = stanza.Elements(User + "x").Elements(User + "status").Select(status => status.Attribute("code")!.Value).ToList();
        Assert.Equal(codes.Distinct(), codes);
        Assert.All(codes, code => Assert.Matches("^[1-9][0-9]{2}$", code));
        Assert.Empty(codes.Intersect(Withdrawn));
        Assert.All(stanza.Elements(User + "x").Elements(User + "status"), status => Assert.True(status.IsEmpty));
    });

    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    [Proves("muc-A08", "muc-17.3-19")]
    public void Presence_names_full_addresses_and_everything_else_bare_ones(int seed) => Play(seed, stanza =>
    {
        foreach (var item in stanza.Elements(User + "x").Elements(User + "item"))
        {
            if (item.Attribute("jid") is { } jid)
                Assert.Equal(stanza.Name == Client + "message", Jid.Parse(jid.Value).IsBare);
        }
        foreach (var item in stanza.Elements(Admin + "query").Elements(Admin + "item").Where(item => item.Attribute("role") is null && !IsError(stanza)))
            Assert.True(Jid.Parse(item.Attribute("jid")!.Value).IsBare);
    });

    // Both kinds of life of a room: what people do in it, and what its moderators, admins and owners do with it.
    private static void Play(int seed, Action<XElement> check)
    {
        var (dialogue, room) = (new RandomDialogue(seed), new TestRoom());
        var (administration, administered) = (new RandomAdministration(seed), RandomAdministration.Open());
        for (var step = 0; step < Steps; step++)
        {
            foreach (var sent in dialogue.Step(room).Concat(administration.Step(administered)))
                check(Parse(sent.Xml));
        }
    }

    private static XElement Parse(string xml)
    {
        var stanza = XElement.Parse(xml);
        foreach (var element in stanza.DescendantsAndSelf().Where(element => element.Name.Namespace == XNamespace.None))
            element.Name = Client + element.Name.LocalName;
        return stanza;
    }

    private static bool IsError(XElement stanza) => stanza.Attribute("type")?.Value == "error";
}
