using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Administration.AdminScene;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Corners of muc#admin (XEP-0045 8 to 10).</summary>
public sealed class AdminRequestTests
{
    [Fact]
    public void Rights_go_by_bare_JID() // muc-8-02, muc-9-02
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Admin("romeo@montague.example/elsewhere", "<item nick='Juliet' role='none'/>");
        Assert.Null(scene.Room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    public void A_ban_removes_every_nick_and_session() // muc-9.1-13
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Room.Join("juliet@capulet.example/b", "Capulet");
        var sent = scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='outcast'/>");
        Assert.Single(scene.Room.Room.Occupants.All);
        Assert.Contains(To(sent, Juliet), xml => xml.Contains("<status code='110'/>", StringComparison.Ordinal));
        Assert.Contains(To(sent, "juliet@capulet.example/b"), xml => xml.Contains("<status code='110'/>", StringComparison.Ordinal));
    }

    [Fact]
    public void An_occupant_is_banned_by_nick() // muc-9.1-18
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Admin(Romeo, "<item nick='Juliet' affiliation='outcast'/>");
        Assert.Equal(MucAffiliation.Outcast, scene.Room.Room.AffiliationOf(Jid.Parse("juliet@capulet.example")));
    }

    [Fact]
    public void A_full_JID_means_the_person() // muc-10.3-02, muc-9.1-02
    {
        var scene = new AdminScene();
        scene.Admin(Romeo, "<item jid='juliet@capulet.example/balcony' affiliation='owner'/>");
        Assert.Equal(MucAffiliation.Owner, scene.Room.Room.AffiliationOf(Jid.Parse("juliet@capulet.example")));
    }

    [Theory]
    [InlineData("<item jid='@capulet.example' affiliation='member'/>", "modify", "jid-malformed")] // muc-9.3-08, priv-ac-113
    [InlineData("<item affiliation='member'/>", "modify", "bad-request")] // muc-A49
    [InlineData("<item nick='Tybalt' affiliation='member'/>", "cancel", "item-not-found")]
    [InlineData("<item jid='juliet@capulet.example' affiliation='member' nick='&#x20;'/>", "modify", "jid-malformed")] // muc-17.1-07
    [InlineData("", "modify", "bad-request")]
    public void Bad_items_are_named(string items, string type, string condition)
    {
        var error = Assert.Single(new AdminScene().Admin(Romeo, items)).Xml;
        Assert.Contains($"<error type='{type}'", error, StringComparison.Ordinal);
        Assert.Contains($"<{condition} ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_repeats_the_item() // muc-8.4-04, muc-8.4-07
    {
        var scene = new AdminScene();
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        scene.Room.Join(Juliet, "Juliet");
        var error = Assert.Single(scene.Admin(Romeo, "<item nick='Juliet' role='visitor'/>")).Xml;
        Assert.Contains("<item nick='Juliet' role='visitor'/>", error, StringComparison.Ordinal);
        Assert.Contains("<not-allowed ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_nick_gives_up_the_reservation_and_none_keeps_it() // muc-9.5-08, muc-9.5-09
    {
        var scene = new AdminScene();
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member' nick='Juliet'/>");
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member'/>");
        Assert.Equal("Juliet", scene.Room.Room.Affiliations.Find(Jid.Parse("juliet@capulet.example"))?.Nick);
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member' nick=''/>");
        Assert.Null(scene.Room.Room.Affiliations.Find(Jid.Parse("juliet@capulet.example"))?.Nick);
        Assert.Equal(MucAffiliation.Member, scene.Room.Room.AffiliationOf(Jid.Parse("juliet@capulet.example")));
    }

    [Fact]
    public void A_list_of_changes_leaves_the_rest_as_it_is() // muc-9.5-07, muc-9.5-10, muc-9.5-11, muc-10.8-05
    {
        var scene = new AdminScene();
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member'/><item jid='paris@verona.example' affiliation='member'/>");
        var sent = scene.Admin(Romeo, "<item jid='paris@verona.example' affiliation='none'/><item jid='nurse@capulet.example' affiliation='member'/>");
        Assert.StartsWith("<iq to='romeo@montague.example/a' type='result'", sent[^1].Xml, StringComparison.Ordinal);
        Assert.Equal(
            ["juliet@capulet.example", "nurse@capulet.example"],
            scene.Room.Room.Affiliations.Listed(MucAffiliation.Member).Select(jid => jid.ToString()));
    }

    [Fact]
    public void Members_of_a_members_only_room_are_invited_once() // muc-9.5-15, muc-9.5-16, muc-9.5-17
    {
        var scene = new AdminScene(new RoomConfig { IsMembersOnly = true, IsPasswordProtected = true, Password = "balcony" });
        var sent = scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member'><reason>Come</reason></item>");
        var invitation = Assert.Single(To(sent, "juliet@capulet.example"));
        Assert.Contains($"<invite from='{TestRoom.Address}/Romeo'><reason>Come</reason></invite><password>balcony</password>", invitation, StringComparison.Ordinal);
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        Assert.Empty(To(scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member'/>"), "juliet@capulet.example"));
    }

    [Fact]
    public void Losing_admin_in_a_members_only_room_means_leaving() // muc-10.7-07
    {
        var scene = new AdminScene(new RoomConfig { IsMembersOnly = true });
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        scene.Room.Join(Juliet, "Juliet");
        var sent = scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='none'/>");
        Assert.Contains("<status code='321'/>", Assert.Single(To(sent, Juliet)), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_are_hidden_again_from_a_former_moderator() // muc-9.7-06, muc-9.7-07
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Admin(Romeo, "<item nick='Juliet' role='moderator'/>");
        scene.Admin(Romeo, "<item nick='Juliet' role='participant'/>");
        Assert.DoesNotContain("nurse@capulet.example", string.Concat(To(scene.Room.Join(Nurse, "Nurse"), Juliet)), StringComparison.Ordinal);
    }

    [Fact] // when they entered they were shown none, and none since
    public void Who_becomes_a_moderator_after_addresses_are_no_secret_any_more_is_shown_them()
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Configure(Romeo, ("muc#roomconfig_whois", ["anyone"]));
        var sent = scene.Admin(Romeo, "<item nick='Juliet' role='moderator'/>");
        Assert.Contains(To(sent, Juliet), xml => xml.Contains($"jid='{Romeo}'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_that_comes_to_a_moderators_nick_is_shown_whom_it_moderates()
    {
        const string phone = "juliet@capulet.example/phone";
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Room.Join(phone, "Phone");
        scene.Admin(Romeo, "<item nick='Juliet' role='moderator'/>");
        var sent = scene.Room.Send(phone, $"<presence to='{TestRoom.Address}/Juliet'/>");
        Assert.Contains(To(sent, phone), xml => xml.Contains($"jid='{Romeo}'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_moderator_without_affiliation_reads_the_list_of_moderators() // muc-9.8-03
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        scene.Admin(Romeo, "<item nick='Juliet' role='moderator'/>");
        var list = Assert.Single(scene.List(Juliet, "<item role='moderator'/>")).Xml;
        Assert.Contains("nick='Romeo'", list, StringComparison.Ordinal);
        Assert.Contains("nick='Juliet'", list, StringComparison.Ordinal);
    }

    [Fact]
    public void The_absent_are_named_by_bare_JID_to_those_who_may_know() // muc-10.3-07, muc-10.3-08, muc-A42
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        var sent = scene.Admin(Romeo, "<item jid='nurse@capulet.example/b' affiliation='owner'/>");
        Assert.Contains("<item affiliation='owner' jid='nurse@capulet.example' role='none'/>", To(sent, Romeo)[0], StringComparison.Ordinal);
        Assert.Empty(To(sent, Juliet));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("member")]
    [InlineData("none")]
    [Proves("muc-10.6-06", "muc-10.7-06")]
    public void Who_is_absent_becomes_an_admin_and_is_one_no_more(string afterwards)
    {
        var scene = new AdminScene();
        var appointed = scene.Admin(Romeo, "<item jid='nurse@capulet.example' affiliation='admin'/>");
        Assert.StartsWith($"<message to='{Romeo}'", To(appointed, Romeo)[0], StringComparison.Ordinal);
        Assert.Contains("<item affiliation='admin' jid='nurse@capulet.example' role='none'/>", To(appointed, Romeo)[0], StringComparison.Ordinal);
        if (afterwards == "admin")
            return;
        var dismissed = scene.Admin(Romeo, $"<item jid='nurse@capulet.example' affiliation='{afterwards}'/>");
        Assert.Contains($"<item affiliation='{afterwards}' jid='nurse@capulet.example' role='none'/>", To(dismissed, Romeo)[0], StringComparison.Ordinal);
    }

    [Fact]
    [Proves("muc-19.3-02")]
    public void Who_acts_is_said_by_the_room_alone()
    {
        var scene = new AdminScene();
        scene.Room.Join(Juliet, "Juliet");
        var sent = scene.Admin(Romeo, "<item nick='Juliet' role='none'><actor nick='Tybalt' jid='tybalt@capulet.example'/><reason>Go</reason></item>");
        Assert.Contains("<actor nick='Romeo'/><reason>Go</reason>", Assert.Single(To(sent, Juliet)), StringComparison.Ordinal);
        Assert.DoesNotContain(sent, stanza => stanza.Xml.Contains("Tybalt", StringComparison.Ordinal));
    }

    // An owner and a plain moderator alike: it is a way of leaving.
    [Theory]
    [InlineData(Romeo, "Romeo")]
    [InlineData(Juliet, "Juliet")]
    [Proves("muc-8.2-13")]
    public void Moderators_may_kick_themselves(string who, string nick)
    {
        var scene = new AdminScene(new RoomConfig { IsPersistent = true });
        scene.Room.Join(Juliet, "Juliet");
        scene.Admin(Romeo, "<item nick='Juliet' role='moderator'/>");
        var sent = scene.Admin(who, $"<item nick='{nick}' role='none'/>");
        Assert.Contains("<status code='307'/>", To(sent, who)[0], StringComparison.Ordinal);
        Assert.Contains("type='result'", To(sent, who)[^1], StringComparison.Ordinal);
        Assert.Null(scene.Room.Room.Occupants.Find(nick));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("admin")]
    [Proves("muc-10.5-02", "muc-10.8-02")]
    public void Where_addresses_are_no_secret_members_and_admins_see_who_runs_the_room(string list)
    {
        var scene = new AdminScene(new RoomConfig { Whois = RoomWhois.Anyone });
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='member'/><item jid='nurse@capulet.example' affiliation='admin'/>");
        foreach (var who in new[] { Juliet, Nurse })
            Assert.Contains($"<item affiliation='{list}' jid=", Assert.Single(scene.List(who, $"<item affiliation='{list}'/>")).Xml, StringComparison.Ordinal);
        Assert.Contains("<forbidden ", Assert.Single(scene.List("paris@verona.example/a", $"<item affiliation='{list}'/>")).Xml, StringComparison.Ordinal);
    }
}
