using System.Text.RegularExpressions;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Whoever invited somebody that cannot be reached is told (XEP-0045 7.8.2; muc-7.8.2-13).</summary>
public sealed class BouncedInvitationTests
{
    private const string Inviter = "romeo@montague.example/a";
    private const string Invitee = "ghost@denmark.example";
    private readonly TestRoom room = new();

    public BouncedInvitationTests()
    {
        room.Join(Inviter, "Romeo");
        room.Configure(new RoomConfig { IsMembersOnly = true });
        room.Send(Inviter, $"<message to='{TestRoom.Address}' id='i'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='{Invitee}'/></x></message>");
    }

    [Fact]
    public void It_is_reported_to_the_inviter()
    {
        var sent = Assert.Single(Bounce(Invitee, "i"));
        Assert.Equal(Inviter, sent.To.ToString());
        Assert.Equal(TestRoom.Address, sent.From);
        Assert.Contains("type='error' id='i'", sent.Xml, StringComparison.Ordinal);
        Assert.Contains($"<invite to='{Invitee}'/>", sent.Xml, StringComparison.Ordinal);
        Assert.Contains("<item-not-found ", sent.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_reported_after_a_restart_too()
    {
        var restarted = new Room(TestRoom.Address, room.Policy);
        TestRoom.Apply(restarted, room.Journal);
        room.Room = restarted;
        Assert.Equal(Inviter, Assert.Single(Bounce(Invitee, "i")).To.ToString());
    }

    // 9.5: a new member of a members-only room is invited by a message of the room's own
    [Fact]
    public void The_invitation_of_a_new_member_is_not()
    {
        var invited = room.Send(
            Inviter,
            $"<iq to='{TestRoom.Address}' type='set' id='m'><query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item affiliation='member' jid='yorick@denmark.example'/></query></iq>");
        var invitation = Assert.Single(invited, stanza => stanza.Xml.Contains("<invite ", StringComparison.Ordinal));
        Assert.Empty(Bounce("yorick@denmark.example", Regex.Match(invitation.Xml, " id='([^']*)'").Groups[1].Value));
    }

    [Theory]
    [InlineData("stranger@denmark.example", "i")]
    [InlineData(Invitee, "another")]
    public void Nobody_is_told_of_what_they_did_not_send(string from, string id) => Assert.Empty(Bounce(from, id));

    [Fact]
    public void After_an_hour_nobody_remembers()
    {
        room.Now += RoomInvitations.Lifetime + TimeSpan.FromSeconds(1);
        Assert.Empty(Bounce(Invitee, "i"));
    }

    private IReadOnlyList<Sent> Bounce(string from, string id) => room.Send(
        from,
        $"<message to='{TestRoom.Address}' type='error' id='{id}'><error type='cancel'>"
        + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
}
