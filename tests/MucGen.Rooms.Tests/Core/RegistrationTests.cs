using MucGen.Protocol;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Registering where the service does not offer it, and the approval of requests among other forms (XEP-0045 7.10, 9.9).</summary>
public sealed class RegistrationTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Applicant = "juliet@users.example/a";

    // muc-6.4-02, muc-7.10-19: what is off is not announced, and not answered
    // MC-0077-32: for rooms
    [Theory]
    [InlineData(RegistrationPolicy.Open, true)]
    [InlineData(RegistrationPolicy.Members, true)]
    [InlineData(RegistrationPolicy.Off, false)]
    public void Discovery_follows_the_configuration(RegistrationPolicy registration, bool isAnnounced)
    {
        var room = Running(TestRoom.DefaultPolicy with { Registration = registration }, new RoomConfig());
        var info = Assert.Single(room.Send(Applicant, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>"));
        Assert.Equal(isAnnounced, info.Xml.Contains("var='jabber:iq:register'", StringComparison.Ordinal));
        Assert.Equal(isAnnounced, info.Xml.Contains("var='http://jabber.org/protocol/muc#register'", StringComparison.Ordinal));
        Assert.Contains("var='http://jabber.org/protocol/muc'", info.Xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "")]
    [InlineData("set", "<remove/>")]
    public void What_is_off_is_not_answered(string type, string content)
    {
        var room = Running(TestRoom.DefaultPolicy with { Registration = RegistrationPolicy.Off }, new RoomConfig());
        var answer = Assert.Single(room.Send(Owner, $"<iq to='{TestRoom.Address}' type='{type}' id='r'><query xmlns='jabber:iq:register'>{content}</query></iq>"));
        Assert.Contains("<service-unavailable ", answer.Xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Proves("muc-7.12-02", "muc-18.1-11")]
    public void Nobody_asks_for_a_nick_where_none_is_registered_or_locked(bool locksNicks)
    {
        var room = Running(TestRoom.DefaultPolicy with { Registration = RegistrationPolicy.Off, LocksNicks = locksNicks }, new RoomConfig());
        var answer = Assert.Single(room.Send(
            Owner, $"<iq to='{TestRoom.Address}' type='get' id='n'><query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'/></iq>")).Xml;
        if (locksNicks)
            Assert.EndsWith("<query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'/></iq>", answer, StringComparison.Ordinal);
        else
            Assert.Contains("<error type='cancel' by='room@conference.localhost'><feature-not-implemented ", answer, StringComparison.Ordinal);
    }

    // muc-9.9-03: only a form that says so approves anybody
    [Theory]
    [InlineData("<field var='FORM_TYPE' type='hidden'><value>urn:example:game</value></field>")]
    [InlineData("<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#request</value></field>")]
    [InlineData("<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roomconfig</value></field>")]
    [InlineData("")]
    public void A_foreign_form_is_no_approval(string formType)
    {
        var room = Running(TestRoom.DefaultPolicy, new RoomConfig { IsMembersOnly = true });
        Register(room);
        Answer(room, formType);
        Assert.Single(room.Room.PendingRegistrations);
        Assert.Equal(MucAffiliation.None, room.Room.AffiliationOf(room.Room.PendingRegistrations[0].BareJid));
    }

    [Fact]
    public void The_right_form_is()
    {
        var room = Running(TestRoom.DefaultPolicy, new RoomConfig { IsMembersOnly = true });
        Register(room);
        Answer(room, "<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#register</value></field>");
        Assert.Empty(room.Room.PendingRegistrations);
        Assert.Equal("Juliet", Assert.Single(room.Room.Affiliations.All, entry => entry.Affiliation == MucAffiliation.Member).Nick);
    }

    [Fact]
    [Proves("MC-0077-16")]
    public void It_is_the_person_who_registers_whatever_the_session()
    {
        var room = Running(TestRoom.DefaultPolicy, new RoomConfig());
        Register(room);
        Assert.Equal("Juliet", Assert.Single(room.Room.Affiliations.All, entry => entry.Affiliation == MucAffiliation.Member).Nick);
        room.Send("juliet@users.example/elsewhere", $"<iq to='{TestRoom.Address}' type='set' id='u'><query xmlns='jabber:iq:register'><remove/></query></iq>");
        Assert.DoesNotContain(room.Room.Affiliations.All, entry => entry.Affiliation == MucAffiliation.Member);
    }

    // An invitation that carries a form is an invitation.
    [Fact]
    public void An_invitation_with_a_form_beside_it_is_an_invitation()
    {
        var room = Running(TestRoom.DefaultPolicy, new RoomConfig { IsMembersOnly = true });
        var sent = room.Send(
            Owner,
            $"<message to='{TestRoom.Address}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='nurse@users.example'/></x>"
            + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:example:game</value></field></x></message>");
        Assert.Contains("<invite from=", Assert.Single(sent).Xml, StringComparison.Ordinal);
    }

    private static TestRoom Running(RoomPolicy policy, RoomConfig config)
    {
        var room = new TestRoom(policy);
        room.Join(Owner, "Romeo");
        room.Configure(config);
        return room;
    }

    private static void Register(TestRoom room) => room.Send(
        Applicant,
        $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
        + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        + "<field var='muc#register_roomnick'><value>Juliet</value></field></x></query></iq>");

    private static void Answer(TestRoom room, string formType) => room.Send(
        Owner,
        $"<message to='{TestRoom.Address}'><x xmlns='jabber:x:data' type='submit'>{formType}"
        + "<field var='muc#register_allow'><value>1</value></field><field var='muc#register_roomnick'><value>Juliet</value></field></x></message>");
}
