using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Administration.AdminScene;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Corners of muc#owner, and what the room tells of it (XEP-0045 6.4, 6.5, 10.2, 10.9).</summary>
public sealed class OwnerRequestTests
{
    private const string Owners = "muc#roomconfig_roomowners";
    private const string Admins = "muc#roomconfig_roomadmins";
    private readonly AdminScene scene = new();

    public OwnerRequestTests() => scene.Room.Join(Juliet, "Juliet");

    [Fact]
    public void Owners_by_form_are_announced() // muc-10.2-14
    {
        var sent = scene.Configure(Romeo, (Owners, ["romeo@montague.example", "juliet@capulet.example/balcony"]));
        Assert.Contains("<item affiliation='owner' jid='juliet@capulet.example/a' role='moderator'>", To(sent, Romeo)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, MucAffiliation.None)]
    [InlineData(true, MucAffiliation.Admin)]
    public void An_owner_steps_down_when_others_remain(bool toAdmin, MucAffiliation expected) // muc-10.2-10, muc-10.2-13, muc-A26
    {
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='owner'/>");
        (string, string[])[] fields = [(Owners, ["juliet@capulet.example"])];
        var sent = scene.Configure(Romeo, toAdmin ? [.. fields, (Admins, ["romeo@montague.example"])] : fields);
        Assert.Equal(expected, scene.Room.Room.AffiliationOf(Jid.Parse(Romeo)));
        var item = toAdmin
            ? "<item affiliation='admin' jid='romeo@montague.example/a' role='moderator'>"
            : "<item affiliation='none' jid='romeo@montague.example/a' role='participant'>";
        foreach (var witness in new[] { Romeo, Juliet })
            Assert.Contains(item, Assert.Single(To(sent, witness), xml => xml.StartsWith("<presence", StringComparison.Ordinal) && xml.Contains("/Romeo'", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_the_form_leaves_out_stay() // muc-A26
    {
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        scene.Configure(Romeo, ("muc#roomconfig_roomname", ["The Orchard"]));
        Assert.Equal(MucAffiliation.Admin, scene.Room.Room.AffiliationOf(Jid.Parse(Juliet)));
    }

    [Fact]
    public void An_owner_named_as_admin_too_stays_owner()
    {
        scene.Configure(Romeo, (Admins, ["romeo@montague.example"]));
        Assert.Equal(MucAffiliation.Owner, scene.Room.Room.AffiliationOf(Jid.Parse(Romeo)));
    }

    [Fact]
    public void Moderation_leaves_the_roles_of_those_present() // muc-10.2-25, muc-A16
    {
        var sent = scene.Configure(Romeo, ("muc#roomconfig_moderatedroom", ["1"]));
        Assert.DoesNotContain(sent, s => s.Xml.StartsWith("<presence", StringComparison.Ordinal));
        Assert.Equal(MucRole.Participant, scene.Room.Room.Occupants.Find("Juliet")!.Role);
    }

    [Fact]
    public void Addresses_show_and_hide_from_then_on() // muc-10.2.1-13, muc-10.2.1-14, muc-A43
    {
        scene.Room.Join(Nurse, "Nurse");
        var opened = scene.Configure(Romeo, ("muc#roomconfig_whois", ["anyone"]));
        Assert.DoesNotContain(opened, s => s.Xml.StartsWith("<presence", StringComparison.Ordinal));
        Assert.Contains("jid='nurse@capulet.example/a'", Assert.Single(To(Away(), Juliet)), StringComparison.Ordinal);
        scene.Configure(Romeo, ("muc#roomconfig_whois", ["moderators"]));
        Assert.DoesNotContain("jid=", Assert.Single(To(Away(), Juliet)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_owner_destroys_the_room() // muc-10.9-13
    {
        scene.Room.Send(Romeo, $"<presence to='{TestRoom.Address}/Romeo' type='unavailable'/>");
        var sent = scene.Owner(Romeo, "<destroy/>");
        Assert.False(scene.Room.Room.Exists);
        Assert.Contains("<destroy", Assert.Single(To(sent, Juliet)), StringComparison.Ordinal);
        Assert.StartsWith("<iq to='romeo@montague.example/a' type='result'", sent[^1].Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_and_information_follow_the_configuration() // muc-6.4-10, muc-6.4-11, muc-6.4-12, muc-6.4-13
    {
        Assert.Contains("<feature var='muc_open'/>", Info(), StringComparison.Ordinal);
        scene.Configure(Romeo, ("muc#roomconfig_membersonly", ["1"]), ("muc#roomconfig_roomsecret", ["balcony"]), ("muc#roomconfig_changesubject", ["1"]));
        var info = Info();
        Assert.Contains("<feature var='muc_membersonly'/>", info, StringComparison.Ordinal);
        Assert.DoesNotContain("muc_open", info, StringComparison.Ordinal);
        Assert.DoesNotContain("balcony", info, StringComparison.Ordinal);
        Assert.Contains("<field var='muc#roomconfig_changesubject'><value>1</value></field>", info, StringComparison.Ordinal);
        Assert.Contains("<field var='muc#roominfo_occupants'><value>1</value></field>", info, StringComparison.Ordinal);
    }

    [Fact]
    public void Owners_are_contacts_where_addresses_are_no_secret() // muc-16.5.4-02
    {
        Assert.DoesNotContain("romeo@", Info(), StringComparison.Ordinal);
        scene.Configure(Romeo, ("muc#roomconfig_whois", ["anyone"]));
        Assert.Contains("<field var='muc#roominfo_contactjid'><value>romeo@montague.example</value></field>", Info(), StringComparison.Ordinal);
    }

    [Fact]
    public void Occupants_are_listed_for_each_other_only() // muc-6.5-01, muc-6.5-03, muc-6.5-05, MC-0030-22, MC-0030-24
    {
        var inside = Assert.Single(scene.Ask(Juliet, "disco#items")).Xml;
        Assert.Contains($"<item jid='{TestRoom.Address}/Juliet'/><item jid='{TestRoom.Address}/Romeo'/>", inside, StringComparison.Ordinal);
        Assert.DoesNotContain("<item", Assert.Single(scene.Ask(Nurse, "disco#items")).Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_invitation_of_a_message_is_relayed() // muc-7.8.2-16
    {
        var sent = scene.Room.Send(
            Juliet,
            $"<message to='{TestRoom.Address}' id='i'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='paris@verona.example'/><invite to='nurse@capulet.example'/></x></message>");
        Assert.Equal(["paris@verona.example", "nurse@capulet.example"], sent.Select(s => s.To.ToString()));
    }

    private string Info() => Assert.Single(scene.Ask("stranger@verona.example/a", "disco#info")).Xml;

    private IReadOnlyList<Sent> Away() =>
        scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Nurse'><show>away</show></presence>");
}
