using System.Xml.Linq;
using MucGen.Requirements.Reading;
using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Administration.AdminScene;

namespace MucGen.Rooms.Tests.Configuration;

/// <summary>Every data form that a room makes, and what it takes of those that come (XEP-0004, XEP-0068, XEP-0128).</summary>
public sealed class FormShapeTests
{
    private const string RoomConfig = "http://jabber.org/protocol/muc#roomconfig";
    private static readonly XNamespace Data = "jabber:x:data";
    private static readonly string[] ManyValues = ["list-multi", "jid-multi", "text-multi", "hidden"];
    private static readonly string[] Lists = ["list-single", "list-multi"];

    public static TheoryData<string> Kinds => ["roomconfig", "register", "request", "approval", "roominfo"];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("MC-0004-01", "MC-0004-02", "MC-0004-06", "MC-0068-04")]
    public void It_says_of_what_kind_it_is_and_names_every_field(string kind)
    {
        var (stanza, form) = Make(kind);
        Assert.Equal(kind == "roominfo" ? "result" : "form", form.Attribute("type")!.Value);
        Assert.Equal(stanza.Name.LocalName == "iq" ? "query" : "message", form.Parent!.Name.LocalName);

        var fields = form.Elements(Data + "field").ToList();
        Assert.Equal(("FORM_TYPE", "hidden"), (fields[0].Attribute("var")!.Value, fields[0].Attribute("type")!.Value));
        Assert.Equal($"http://jabber.org/protocol/muc#{(kind == "approval" ? "register" : kind)}", Assert.Single(fields[0].Elements(Data + "value")).Value);
        Assert.All(fields, field => Assert.True(field.Attribute("var")?.Value.Length > 0 || field.Attribute("type")?.Value == "fixed"));
        Assert.Equal(fields.Count, fields.Select(field => field.Attribute("var")?.Value).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("MC-0004-07", "MC-0004-08", "MC-0004-09")]
    public void Its_fields_have_the_values_and_options_of_their_types(string kind)
    {
        foreach (var field in Make(kind).Form.Elements(Data + "field"))
        {
            var type = field.Attribute("type")?.Value;
            if (kind == "roominfo" && type is null)
                continue; // results need no types
            Assert.NotNull(type);
            if (!ManyValues.Contains(type))
                Assert.InRange(field.Elements(Data + "value").Count(), 0, 1);
            if (!Lists.Contains(type))
                Assert.Empty(field.Elements(Data + "option"));
            Assert.All(field.Elements(Data + "option"), option => Assert.Single(option.Elements(Data + "value")));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("MC-0068-01")]
    public void Its_fields_are_registered_or_have_names_of_their_own(string kind)
    {
        var registered = RequirementLists.Read(Repository.Around(AppContext.BaseDirectory).Lists)
            .Where(row => row.List == "xep-0045-forms").Select(row => row.Id.Split('/')[1]).ToHashSet(StringComparer.Ordinal);
        registered.UnionWith(["muc#roomconfig_slow_mode_duration", "muc#roominfo_slow_mode_duration"]); // XEP-0500
        foreach (var variable in Make(kind).Form.Elements(Data + "field").Select(field => field.Attribute("var")!.Value))
            Assert.True(registered.Contains(variable) || variable.StartsWith('{') || variable.StartsWith("x-", StringComparison.Ordinal), variable);
    }

    [Theory]
    [InlineData("muc#owner", "form")]
    [InlineData("muc#owner", "result")]
    [InlineData("register", "form")]
    [InlineData("register", "result")]
    [Proves("MC-0004-01")]
    public void A_set_takes_submissions_only(string query, string type)
    {
        var scene = new AdminScene();
        var ns = query == "register" ? "jabber:iq:register" : "http://jabber.org/protocol/muc#owner";
        var answer = Assert.Single(scene.Room.Send(Romeo, $"<iq to='{TestRoom.Address}' type='set' id='s'><query xmlns='{ns}'><x xmlns='jabber:x:data' type='{type}'/></query></iq>"));
        Assert.Contains("<error type='modify' by='room@conference.localhost'><bad-request ", answer.Xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [Proves("MC-0004-11")]
    public void A_boolean_has_four_forms(string value, bool expected)
    {
        var scene = new AdminScene(new RoomConfig { IsPersistent = !expected });
        scene.Configure(Romeo, ("muc#roomconfig_persistentroom", [value]));
        Assert.Equal(expected, scene.Room.Room.Config.IsPersistent);
    }

    [Fact]
    [Proves("MC-0004-12")]
    public void An_address_given_twice_is_one()
    {
        var scene = new AdminScene();
        scene.Configure(Romeo, ("muc#roomconfig_roomowners", ["romeo@montague.example", "ROMEO@Montague.example", "romeo@montague.example/orchard"]));
        Assert.Equal("romeo@montague.example", Assert.Single(scene.Room.Room.Affiliations.Listed(Protocol.MucAffiliation.Owner)).ToString());
    }

    [Theory]
    [InlineData("<value/>")]
    [InlineData("")]
    [Proves("MC-0004-17")]
    public void A_text_is_cleared_by_an_empty_value_or_none(string value)
    {
        var scene = new AdminScene(new RoomConfig { Name = "Cave", Description = "Dark" });
        Submit(scene, $"<field var='FORM_TYPE'><value>{RoomConfig}</value></field><field var='muc#roomconfig_roomdesc'>{value}</field>");
        Assert.Equal(("Cave", ""), (scene.Room.Room.Config.Name, scene.Room.Room.Config.Description));
    }

    [Fact]
    [Proves("MC-0068-02")]
    public void Names_are_compared_letter_by_letter()
    {
        var scene = new AdminScene();
        scene.Configure(Romeo, ("MUC#roomconfig_roomname", ["Cave"]));
        Assert.Equal("", scene.Room.Room.Config.Name);
    }

    // Without a name of its kind it is taken for what the request is about; with another one it is refused.
    [Theory]
    [InlineData("", "Cave")]
    [InlineData("<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>", "")]
    [Proves("MC-0068-03", "MC-0068-07")]
    public void The_kind_may_be_left_out_but_not_be_wrong(string kind, string expected)
    {
        var scene = new AdminScene();
        Submit(scene, kind + "<field var='muc#roomconfig_roomname'><value>Cave</value></field>");
        Assert.Equal(expected, scene.Room.Room.Config.Name);
    }

    // 18.1: open and members-only, hidden and public, moderated and not, password or none, temporary and persistent, both anonymities
    [Fact]
    [Proves("muc-18.1-06")]
    public void Every_combination_of_room_types_is_a_room()
    {
        for (var bits = 0; bits < 64; bits++)
        {
            var scene = new AdminScene();
            string Flag(int bit) => (bits >> bit & 1) == 1 ? "1" : "0";
            var answer = scene.Configure(
                Romeo,
                ("muc#roomconfig_membersonly", [Flag(0)]),
                ("muc#roomconfig_publicroom", [Flag(1)]),
                ("muc#roomconfig_moderatedroom", [Flag(2)]),
                ("muc#roomconfig_passwordprotectedroom", [Flag(3)]),
                ("muc#roomconfig_roomsecret", ["balcony"]),
                ("muc#roomconfig_persistentroom", [Flag(4)]),
                ("muc#roomconfig_whois", [Flag(5) == "1" ? "anyone" : "moderators"]));
            Assert.Contains("type='result'", answer[^1].Xml, StringComparison.Ordinal);
            var config = scene.Room.Room.Config;
            bool[] made = [config.IsMembersOnly, config.IsPublic, config.IsModerated, config.IsPasswordProtected, config.IsPersistent, config.IsNonAnonymous];
            Assert.Equal(bits, made.Select((isSet, bit) => isSet ? 1 << bit : 0).Sum());
        }
    }

    private static IReadOnlyList<Sent> Submit(AdminScene scene, string fields) =>
        scene.Owner(Romeo, $"<x xmlns='jabber:x:data' type='submit'>{fields}</x>");

    private static (XElement Stanza, XElement Form) Make(string kind)
    {
        var scene = new AdminScene(new RoomConfig { IsMembersOnly = kind == "approval", IsModerated = kind == "request", Whois = Protocol.RoomWhois.Anyone });
        var made = kind switch
        {
            "roomconfig" => Get(scene, Romeo, "http://jabber.org/protocol/muc#owner"),
            "register" => Get(scene, Juliet, "jabber:iq:register"),
            "roominfo" => Get(scene, Juliet, "http://jabber.org/protocol/disco#info"),
            "request" => Asked(scene),
            _ => Registered(scene),
        };
        var stanza = XElement.Parse(Assert.Single(made, xml => xml.Contains("jabber:x:data", StringComparison.Ordinal)));
        return (stanza, Assert.Single(stanza.Descendants(Data + "x")));
    }

    private static IReadOnlyList<string> Get(AdminScene scene, string who, string ns) =>
        To(scene.Room.Send(who, $"<iq to='{TestRoom.Address}' type='get' id='g'><query xmlns='{ns}'/></iq>"), who);

    private static IReadOnlyList<string> Asked(AdminScene scene)
    {
        scene.Room.Join(Juliet, "Juliet");
        return To(scene.Voice(Juliet, ("muc#role", ["participant"])), Romeo);
    }

    private static IReadOnlyList<string> Registered(AdminScene scene) => To(
        scene.Room.Send(
            Juliet,
            $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
            + "<field var='muc#register_roomnick'><value>Juliet</value></field></x></query></iq>"),
        Romeo);
}
