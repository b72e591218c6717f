using System.Globalization;
using System.Text.RegularExpressions;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Versions of the lists of affiliations beyond the transcript: over restarts, over rooms of one name, in parts, and wherever lists change (XEP-0463).</summary>
public sealed class AffiliationVersionTests
{
    private readonly AdminScene scene = new(new RoomConfig { IsPersistent = true });

    private TestRoom Room => scene.Room;

    [Fact]
    [Proves("MC-0463-04", "MC-0463-06")]
    public void A_version_means_the_same_after_a_restart()
    {
        var first = Until(Enter(null));
        Grant("nurse@capulet.example", "member");
        var second = Until(Enter(first));
        var replayed = new Room(TestRoom.Address, Room.Policy);
        TestRoom.Apply(replayed, Room.Journal);
        Assert.Equal(TestRoom.StateOf(Room.Room), TestRoom.StateOf(replayed));

        Room.Room = RoomSnapshot.Of(Room.Room)!.ToRoom(TestRoom.Address, Room.Policy);
        var diff = Assert.Single(Messages(Enter(first)));
        Assert.Contains($"since='{first}' until='{second}'", diff, StringComparison.Ordinal);
        Assert.Empty(Messages(Enter(second)));
        Assert.Contains("<mav ", Grant("tybalt@capulet.example", "member")[0].Xml, StringComparison.Ordinal); // the session goes on following
    }

    [Fact]
    [Proves("MC-0463-05")]
    public void A_version_of_a_former_room_of_that_name_is_unknown()
    {
        var former = Until(Enter(null));
        scene.Owner(AdminScene.Romeo, "<destroy/>");
        Room.Now += TimeSpan.FromSeconds(1);
        Assert.Contains("<item affiliation='owner'", Assert.Single(Messages(Enter(former))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("0.0")]
    [InlineData("x.1")]
    [Proves("MC-0463-05")]
    public void What_is_no_version_gets_everything(string since)
    {
        var answer = Assert.Single(Messages(Enter(since)));
        Assert.DoesNotContain("since=", answer, StringComparison.Ordinal);
        Assert.Contains("<item affiliation='owner' jid='romeo@montague.example'/>", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0463-05")]
    public void A_version_of_long_ago_is_forgotten()
    {
        var first = Until(Enter(null));
        for (var i = 0; i <= AffiliationLog.Most / 2; i++)
        {
            Grant("nurse@capulet.example", "member");
            Grant("nurse@capulet.example", "none");
        }
        Assert.DoesNotContain("since=", Assert.Single(Messages(Enter(first))), StringComparison.Ordinal);
        Assert.Equal(AffiliationLog.Most, Room.Room.AffiliationLog.Steps.Count);
    }

    [Fact]
    public void Long_lists_come_in_parts_whose_versions_join_up()
    {
        Room.Do(turn =>
        {
            for (var i = 0; i < 1200; i++)
                turn.Record(new AffiliationChanged(Jid.Parse(string.Create(CultureInfo.InvariantCulture, $"m{i}@capulet.example")), MucAffiliation.Member, null, null));
        });
        var parts = Messages(Enter(null));
        Assert.Equal(3, parts.Count);
        Assert.Equal(1201, parts.Sum(part => Regex.Count(part, "<item ")));
        Assert.DoesNotContain("since=", parts[0], StringComparison.Ordinal);
        Assert.Equal(Attribute(parts[0], "until"), Attribute(parts[1], "since"));
        Assert.Equal(Attribute(parts[1], "until"), Attribute(parts[2], "since"));
        Assert.DoesNotContain("since=", Messages(Enter(Attribute(parts[0], "until")))[0], StringComparison.Ordinal); // a part is no version to go on from
    }

    [Fact]
    [Proves("MC-0463-10")]
    public void Opening_the_lists_makes_former_versions_unknown()
    {
        var before = Until(Enter(null));
        Grant("nurse@capulet.example", "member");
        scene.Configure(AdminScene.Romeo, ("muc#roomconfig_whois", ["anyone"]));
        Assert.DoesNotContain("since=", Assert.Single(Messages(Enter(before))), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0463-10")]
    public void A_version_that_was_given_without_the_lists_is_unknown_later()
    {
        var given = Until(Enter(null, AdminScene.Juliet, "Juliet"));
        scene.Configure(AdminScene.Romeo, ("muc#roomconfig_whois", ["anyone"]));
        var answer = Assert.Single(Messages(Enter(given, AdminScene.Juliet, "Juliet")));
        Assert.DoesNotContain("since=", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("type='error'", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0463-08")]
    public void Every_way_to_change_a_list_has_its_versions()
    {
        scene.Configure(AdminScene.Romeo, ("muc#roomconfig_membersonly", ["1"]));
        var version = Until(Enter(null));
        version = Follow(version, Room.Send(AdminScene.Romeo, $"<message to='{TestRoom.Address}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='nurse@capulet.example'/></x></message>"));
        version = Follow(version, scene.Configure(AdminScene.Romeo, ("muc#roomconfig_roomadmins", ["tybalt@capulet.example"])));
        version = Follow(version, scene.Admin(AdminScene.Romeo, "<item jid='capulet.example' affiliation='outcast'/>"));
        version = Follow(version, Room.Ban("paris@verona.example", TimeSpan.FromMinutes(1)));
        version = Follow(version, Room.Wait());
        version = Follow(version, Room.Decide(RoomInput.AccountDeleted(Jid.Parse("nurse@capulet.example"))));
        Assert.Empty(Messages(Enter(version)));
    }

    [Fact]
    [Proves("MC-0463-08")]
    public void Where_presence_does_not_tell_of_somebody_a_message_does()
    {
        scene.Configure(AdminScene.Romeo, ("muc#roomconfig_presencebroadcast", ["moderator"]));
        Room.Join(AdminScene.Juliet, "Juliet");
        var version = Until(Enter(null));
        var told = Assert.Single(AdminScene.To(Grant("juliet@capulet.example", "member"), AdminScene.Romeo), sent => !sent.StartsWith("<iq", StringComparison.Ordinal));
        Assert.StartsWith("<message", told, StringComparison.Ordinal);
        Assert.Contains($"since='{version}'", told, StringComparison.Ordinal);
        Assert.Contains("<item affiliation='member' jid='juliet@capulet.example' role='none'/>", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_read_more_than_before_gets_the_lists_anew()
    {
        scene.Configure(AdminScene.Romeo, ("muc#roomconfig_whois", ["anyone"]));
        Grant("tybalt@capulet.example", "outcast");
        Enter(null, AdminScene.Juliet, "Juliet");
        var told = AdminScene.To(Grant("juliet@capulet.example", "admin"), AdminScene.Juliet);
        var lists = Assert.Single(Messages(told));
        Assert.Equal(Attribute(told[0], "until"), Attribute(lists, "until"));
        Assert.DoesNotContain("since=", lists, StringComparison.Ordinal);
        Assert.Contains("<item affiliation='outcast' jid='tybalt@capulet.example'/>", lists, StringComparison.Ordinal);
    }

    [Fact] // presence tells that a rule bans them, but no list has them as an outcast
    public void Who_is_on_no_list_any_more_and_banned_by_a_rule_is_taken_off_the_lists()
    {
        Grant("juliet@capulet.example", "admin");
        Room.Join(AdminScene.Juliet, "Juliet");
        Room.Ban("j*@*", TimeSpan.FromMinutes(1));
        var version = Until(Enter(null));
        var told = AdminScene.To(Grant("juliet@capulet.example", "none"), AdminScene.Romeo);
        Follow(version, [.. told.Select(xml => new Sent(Jid.Parse(AdminScene.Romeo), xml, TestRoom.Address))]);
        Assert.Contains("affiliation='none' jid='juliet@capulet.example'", Assert.Single(told, xml => xml.Contains("<mav ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    // Everything that tells of a change goes on from the version known; the version that it leads to.
    private static string Follow(string version, IReadOnlyList<Sent> sent)
    {
        var told = AdminScene.To(sent, AdminScene.Romeo).Where(xml => xml.Contains("<mav ", StringComparison.Ordinal)).ToList();
        Assert.Equal(version, Attribute(Assert.Single(told), "since"));
        return Attribute(told[0], "until");
    }

    private IReadOnlyList<Sent> Grant(string jid, string affiliation) => scene.Admin(AdminScene.Romeo, $"<item jid='{jid}' affiliation='{affiliation}'/>");

    private IReadOnlyList<string> Enter(string? since, string who = AdminScene.Romeo, string nick = "Romeo") => AdminScene.To(
        Room.Send(
            who,
            $"<presence to='{TestRoom.Address}/{nick}'><x xmlns='http://jabber.org/protocol/muc'>"
            + $"<mav xmlns='urn:xmpp:muc:affiliations:1'{(since is null ? "" : $" since='{since}'")}/></x></presence>"),
        who);

    private static List<string> Messages(IReadOnlyList<string> sent) => [.. sent.Where(xml => xml.StartsWith("<message", StringComparison.Ordinal) && !xml.Contains("<subject", StringComparison.Ordinal))];

    private static string Until(IReadOnlyList<string> sent) => Attribute(Assert.Single(sent, xml => xml.Contains("code='110'", StringComparison.Ordinal)), "until");

    private static string Attribute(string xml, string name) => Regex.Match(xml, $" {name}='([^']*)'").Groups[1].Value;
}
