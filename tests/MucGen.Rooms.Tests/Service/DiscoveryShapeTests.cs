using System.Xml.Linq;
using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Administration.AdminScene;

namespace MucGen.Rooms.Tests.Service;

/// <summary>What any room's answers to service discovery look like (XEP-0030, XEP-0128).</summary>
public sealed class DiscoveryShapeTests
{
    private static readonly XNamespace Info = "http://jabber.org/protocol/disco#info";
    private static readonly XNamespace Data = "jabber:x:data";

    private readonly AdminScene scene = new(new RoomConfig { Whois = Protocol.RoomWhois.Anyone });

    [Fact]
    [Proves("MC-0030-03", "MC-0030-04")]
    public void Features_are_names_and_identities_are_told_apart()
    {
        var info = Ask(Juliet);
        var features = info.Elements(Info + "feature").ToList();
        Assert.All(features, feature => Assert.NotEmpty(feature.Attribute("var")!.Value));
        Assert.All(features, feature => Assert.True(feature.IsEmpty));
        Assert.Equal(features.Count, features.Select(feature => feature.Attribute("var")!.Value).Distinct().Count());
        var identities = Identities(info);
        Assert.NotEmpty(identities);
        Assert.Equal(identities.Count, identities.Distinct().Count());
    }

    [Fact]
    [Proves("MC-0030-15")]
    public void Everybody_sees_the_same_identity() => Assert.Equal(Identities(Ask(Romeo)), Identities(Ask("stranger@verona.example/a")));

    [Fact]
    [Proves("MC-0030-05")]
    public void Its_name_is_the_rooms_or_else_the_first_part_of_its_address()
    {
        Assert.Equal("room", Ask(Juliet).Element(Info + "identity")!.Attribute("name")!.Value);
        scene.Configure(Romeo, ("muc#roomconfig_roomname", ["The Orchard"]));
        Assert.Equal("The Orchard", Ask(Juliet).Element(Info + "identity")!.Attribute("name")!.Value);
    }

    [Fact]
    [Proves("MC-0128-03")]
    public void No_two_forms_are_of_one_kind()
    {
        var kinds = Ask(Juliet).Elements(Data + "x")
            .Select(form => form.Elements(Data + "field").Single(field => field.Attribute("var")!.Value == "FORM_TYPE").Value).ToList();
        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Count, kinds.Distinct().Count());
    }

    // Forms come inside of queries, and in the two messages whose kinds of form are announced by name.
    [Fact]
    [Proves("MC-0004-19")]
    public void Forms_in_general_are_no_feature() => Assert.DoesNotContain(
        "jabber:x:data", Ask(Juliet).Elements(Info + "feature").Select(feature => feature.Attribute("var")!.Value));

    // A client compares both kinds of answer.
    [Theory]
    [InlineData("http://jabber.org/protocol/disco#info")]
    [InlineData("http://jabber.org/protocol/disco#items")]
    public void An_error_repeats_the_node(string ns) => Assert.Contains(
        $"<query xmlns='{ns}' node='urn:example:unknown'/>",
        Assert.Single(scene.Room.Send(Juliet, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='{ns}' node='urn:example:unknown'/></iq>")).Xml,
        StringComparison.Ordinal);

    private XElement Ask(string who) => XElement.Parse(Assert.Single(scene.Ask(who, "disco#info")).Xml).Element(Info + "query")!;

    private static List<(string, string, string)> Identities(XElement info) =>
        [.. info.Elements(Info + "identity").Select(identity => (
            identity.Attribute("category")!.Value,
            identity.Attribute("type")!.Value,
            identity.Attribute(XNamespace.Xml + "lang")?.Value ?? ""))];
}
