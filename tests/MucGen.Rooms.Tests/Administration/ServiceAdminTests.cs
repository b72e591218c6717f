using System.Collections.Frozen;
using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>The service's admins are owners of every room without being on its lists (XEP-0045 5.2).</summary>
public sealed class ServiceAdminTests
{
    private const string Owner = "romeo@montague.example/a";
    private const string Admin = "friar@verona.example/a";

    private readonly TestRoom room = new(TestRoom.DefaultPolicy with { Admins = new[] { Jid.Parse("friar@verona.example") }.ToFrozenSet() });

    public ServiceAdminTests()
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { IsMembersOnly = true, IsModerated = true, IsPersistent = true });
    }

    [Fact]
    public void They_enter_where_only_members_may_and_are_shown_as_owners()
    {
        var sent = room.Join(Admin, "Friar");
        Assert.Contains(sent, stanza => stanza.To.ToString() == Owner && Shows(stanza, "owner", "moderator"));
        Assert.Null(room.Room.Affiliations.Find(Jid.Parse("friar@verona.example")));
    }

    [Fact]
    public void No_list_names_them()
    {
        room.Join(Admin, "Friar");
        var list = Assert.Single(Ask(Owner, "get", "muc#admin", "<item affiliation='owner'/>"));
        Assert.Contains("jid='romeo@montague.example'", list.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("friar@verona.example", list.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void They_configure_and_destroy_without_being_present()
    {
        Assert.Contains("muc#roomconfig_roomname", Assert.Single(Ask(Admin, "get", "muc#owner", "")).Xml, StringComparison.Ordinal);
        Assert.Contains("type='result'", Ask(Admin, "set", "muc#owner", "<destroy/>")[^1].Xml, StringComparison.Ordinal);
        Assert.False(room.Room.Exists);
    }

    [Fact]
    public void They_appoint_owners_and_the_room_keeps_one()
    {
        Assert.Contains("type='result'", Change(Admin, "owner", "juliet@capulet.example")[^1].Xml, StringComparison.Ordinal);
        Assert.Contains("type='result'", Change(Admin, "none", "romeo@montague.example")[^1].Xml, StringComparison.Ordinal);
        Assert.Contains("<conflict ", Change(Admin, "none", "juliet@capulet.example")[^1].Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_cannot_ban_them()
    {
        room.Join(Admin, "Friar");
        Assert.Contains("<not-allowed ", Assert.Single(Change(Owner, "outcast", "friar@verona.example")).Xml, StringComparison.Ordinal);
        Assert.NotNull(room.Room.Occupants.Find("Friar"));
    }

    [Fact]
    public void A_locked_room_is_no_secret_to_them()
    {
        var locked = new TestRoom(room.Policy);
        locked.Join(Owner, "Romeo");
        Assert.DoesNotContain("type='error'", locked.Join(Admin, "Friar")[0].Xml, StringComparison.Ordinal);
        Assert.Contains("<item-not-found ", Assert.Single(locked.Join("juliet@capulet.example/a", "Juliet")).Xml, StringComparison.Ordinal);
    }

    // muc-7.10-05: the registration is theirs as anybody's, and makes no owner of them
    [Fact]
    public void Registering_reserves_a_nick_and_makes_a_member()
    {
        room.Join(Admin, "Friar");
        var sent = Register(Admin, "Friar");
        Assert.Contains(sent, stanza => stanza.To.ToString() == Owner && Shows(stanza, "owner", "moderator"));
        var entry = room.Room.Affiliations.Find(Jid.Parse("friar@verona.example"))!;
        Assert.Equal((MucAffiliation.Member, "Friar"), (entry.Affiliation, entry.Nick));
    }

    [Fact]
    public void Registering_from_outside_sends_no_invitation_to_oneself()
    {
        var sent = Register(Admin, "Friar");
        Assert.DoesNotContain(sent, stanza => stanza.Xml.Contains("<invite", StringComparison.Ordinal));
        Assert.Contains("type='result'", sent[^1].Xml, StringComparison.Ordinal);
    }

    private IReadOnlyList<Sent> Register(string from, string nick) => Ask(
        from,
        "set",
        "register",
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        + $"<field var='muc#register_roomnick'><value>{nick}</value></field></x>");

    private IReadOnlyList<Sent> Change(string from, string affiliation, string jid) =>
        Ask(from, "set", "muc#admin", $"<item affiliation='{affiliation}' jid='{jid}'/>");

    private IReadOnlyList<Sent> Ask(string from, string type, string query, string content)
    {
        var ns = query == "register" ? "jabber:iq:register" : "http://jabber.org/protocol/" + query;
        return room.Send(from, $"<iq to='{TestRoom.Address}' type='{type}' id='q'><query xmlns='{ns}'>{content}</query></iq>");
    }

    private static bool Shows(Sent presence, string affiliation, string role) =>
        presence.Xml.Contains($"affiliation='{affiliation}'", StringComparison.Ordinal) && presence.Xml.Contains($"role='{role}'", StringComparison.Ordinal);
}
