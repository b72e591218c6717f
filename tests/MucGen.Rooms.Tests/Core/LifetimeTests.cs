using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

public sealed class LifetimeTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Other = "juliet@users.example/a";

    private readonly TestRoom room = new();

    // muc-10.1.1-10, muc-14.6-05, muc-A25
    [Fact]
    public void A_room_that_is_never_configured_is_destroyed_in_the_end()
    {
        room.Join(Owner, "Romeo");
        var (kind, due) = RoomRules.NextTimer(room.Room)!.Value;
        Assert.Equal(RoomTimerKind.Locked, kind);
        room.Now = due - TimeSpan.FromSeconds(1);
        Assert.Empty(room.Decide(RoomInput.TimerDue(kind)));
        room.Now = due;
        Assert.Contains("<destroy", Assert.Single(room.Decide(RoomInput.TimerDue(kind))).Xml, StringComparison.Ordinal);
        Assert.False(room.Room.Exists);
    }

    // muc-10.1.1-03, muc-10.1.1-04: the service's defaults bind those who come later, not who creates
    [Fact]
    public void A_room_can_be_created_even_if_rooms_start_members_only()
    {
        var guarded = new TestRoom(TestRoom.DefaultPolicy with
        {
            DefaultConfig = static () => new RoomConfig { IsMembersOnly = true, IsPasswordProtected = true, Password = "s" },
        });
        guarded.Join(Owner, "Romeo");
        Assert.True(guarded.Room.Exists);
        Assert.True(guarded.Room.Config.IsMembersOnly);
    }

    // muc-11.2-01, muc-11.2-02, muc-11.2-03, muc-16.6.2-18
    [Fact]
    public void A_stopping_service_tells_each_session_about_itself_and_keeps_the_room()
    {
        TwoOccupants();
        var sent = room.Decide(RoomInput.Shutdown("The server is being restarted"));
        Assert.Equal([(Owner, "Romeo"), (Other, "Juliet")], sent.Select(stanza => (stanza.To.ToString(), stanza.From.Resource)));
        Assert.All(sent, stanza =>
        {
            Assert.Contains("type='unavailable'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("affiliation='none'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("role='none'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("code='332'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("code='110'", stanza.Xml, StringComparison.Ordinal);
        });
        Assert.Equal(0, room.Room.Occupants.Count);
        Assert.Equal(MucAffiliation.Owner, room.Room.AffiliationOf(Jid.Parse(Owner)));
        Assert.Equal(RoomTimerKind.Empty, RoomRules.NextTimer(room.Room)!.Value.Kind);
    }

    // muc-7.14-07: a temporary room that a restart emptied waits, and then goes
    [Fact]
    public void A_temporary_room_that_nobody_returns_to_disappears()
    {
        TwoOccupants();
        Assert.Empty(room.Decide(RoomInput.Restored([Jid.Parse(Owner), Jid.Parse(Other)])));
        Assert.True(room.Room.Exists);
        room.Now = RoomRules.NextTimer(room.Room)!.Value.Due;
        room.Decide(RoomInput.TimerDue(RoomTimerKind.Empty));
        Assert.False(room.Room.Exists);
    }

    // muc-11.1-03: those who stayed are told of those who are lost
    [Fact]
    public void Sessions_lost_while_nobody_watched_leave_with_333()
    {
        TwoOccupants();
        var told = Assert.Single(room.Decide(RoomInput.Restored([Jid.Parse(Other)])));
        Assert.Equal(Owner, told.To.ToString());
        Assert.Contains("code='333'", told.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("code='110'", told.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("code='307'", told.Xml, StringComparison.Ordinal);
    }

    // muc-11.1-02: each session is told about itself, the affiliation stays what it is
    [Fact]
    public void Whoever_may_have_missed_something_leaves_with_333()
    {
        TwoOccupants();
        var sent = room.Decide(RoomInput.Interrupted());
        Assert.Equal([Owner, Other], sent.Select(stanza => stanza.To.ToString()));
        Assert.All(sent, stanza =>
        {
            Assert.Contains("type='unavailable'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("code='333'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("code='110'", stanza.Xml, StringComparison.Ordinal);
        });
        Assert.Contains("affiliation='owner'", sent[0].Xml, StringComparison.Ordinal);
        Assert.Equal(0, room.Room.Occupants.Count);
        Assert.True(room.Room.Exists);
    }

    // a moderator who took somebody's voice in a moderated room has been told that it is taken
    [Fact]
    public void A_role_that_is_remembered_waits_for_the_disk()
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { IsModerated = true });
        room.Join(Other, "Juliet");
        room.Send(Owner, $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='Juliet' role='participant'/></query></iq>");
        Assert.True(room.MustCommitFirst);
    }

    // MC-0077-14
    [Fact]
    public void A_deleted_account_leaves_nothing_behind()
    {
        TwoOccupants();
        room.Decide(RoomInput.AccountDeleted(Jid.Parse(Owner).Bare));
        Assert.Null(room.Room.Affiliations.Find(Jid.Parse(Owner).Bare));
        Assert.Equal("Juliet", Assert.Single(room.Room.Occupants.All).Nick);
    }

    // who registers the name at once may be in the room before it hears of the deletion, and must not believe to be there still
    [Fact]
    public void Whoever_has_the_name_of_a_deleted_account_is_told_to_be_out()
    {
        TwoOccupants();
        var told = Assert.Single(room.Decide(RoomInput.AccountDeleted(Jid.Parse(Other).Bare)), stanza => stanza.To.ToString() == Other);
        Assert.Contains("type='unavailable'", told.Xml, StringComparison.Ordinal);
        Assert.Contains("<status code='110'/>", told.Xml, StringComparison.Ordinal);
    }

    // design 5: what must not be forgotten is on disk before anybody hears of it
    [Fact]
    public void Only_durable_changes_wait_for_the_disk()
    {
        room.Join(Owner, "Romeo");
        Assert.True(room.MustCommitFirst);
        room.Configure(new RoomConfig());
        room.Join(Other, "Juliet");
        Assert.False(room.MustCommitFirst);
        room.Say(Other, "Romeo");
        Assert.False(room.MustCommitFirst);
    }

    private void TwoOccupants()
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        room.Join(Other, "Juliet");
    }
}
