using MucGen.Rooms.Features;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Administration;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Who is told that something was said in a room that they are not in (XEP-0437).</summary>
public sealed class UnheardActivityTests
{
    private readonly AdminScene scene = new(new RoomConfig { IsPersistent = true });

    public UnheardActivityTests() => Grant(AdminScene.Juliet, "member");

    private TestRoom Room => scene.Room;

    [Fact]
    [Proves("MC-0437-05")]
    public void Something_is_what_was_said_since_the_last_visit()
    {
        Assert.Equal(Unheard.Nothing, For(AdminScene.Juliet));
        Room.Say(AdminScene.Romeo, "one");
        Assert.Equal(Unheard.Something, For(AdminScene.Juliet));
        Room.Join(AdminScene.Juliet, "Juliet");
        Room.Say(AdminScene.Romeo, "two");
        Leave(AdminScene.Juliet, "Juliet");
        Assert.Equal(Unheard.Nothing, For(AdminScene.Juliet));
        Room.Say(AdminScene.Romeo, "three");
        Assert.Equal(Unheard.Something, For(AdminScene.Juliet));
    }

    [Fact]
    [Proves("MC-0437-03")]
    public void A_session_in_the_room_is_not_told_and_its_user_misses_nothing()
    {
        Room.Say(AdminScene.Romeo, "one");
        Room.Join(AdminScene.Juliet, "Juliet");
        Room.Say(AdminScene.Romeo, "two");
        Assert.Equal(Unheard.NotTold, For(AdminScene.Juliet));
        Assert.Equal(Unheard.Nothing, For("juliet@capulet.example/b"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("outcast")]
    [Proves("MC-0437-06")]
    public void Who_does_not_belong_to_the_room_hears_nothing_of_it(string affiliation)
    {
        Room.Say(AdminScene.Romeo, "one");
        Assert.Equal(Unheard.NotTold, For(AdminScene.Nurse));
        Grant(AdminScene.Juliet, affiliation);
        Assert.Equal(Unheard.NotTold, For(AdminScene.Juliet));
    }

    [Fact]
    [Proves("MC-0437-06")]
    public void Hidden_and_members_only_rooms_tell_their_people_alone()
    {
        Room.Configure(new RoomConfig { IsPersistent = true, IsPublic = false, IsMembersOnly = true });
        Room.Say(AdminScene.Romeo, "one");
        Assert.Equal(Unheard.Something, For(AdminScene.Juliet));
        Assert.Equal(Unheard.NotTold, For(AdminScene.Nurse));
    }

    [Fact]
    public void What_somebody_heard_outlasts_restarts_and_goes_with_their_membership()
    {
        Room.Join(AdminScene.Juliet, "Juliet");
        Room.Say(AdminScene.Romeo, "one");
        Room.Decide(RoomInput.Shutdown());
        Assert.Equal(Unheard.Nothing, For(AdminScene.Juliet));

        var replayed = new Room(TestRoom.Address, Room.Policy);
        TestRoom.Apply(replayed, Room.Journal);
        Assert.Equal(TestRoom.StateOf(Room.Room), TestRoom.StateOf(replayed));
        Room.Room = RoomSnapshot.Of(replayed)!.ToRoom(TestRoom.Address, Room.Policy);
        Assert.Equal(Unheard.Nothing, For(AdminScene.Juliet));

        Grant(AdminScene.Juliet, "none");
        Assert.DoesNotContain(Jid.Parse("juliet@capulet.example"), Room.Room.Heard.All.Keys);
        Room.Join(AdminScene.Nurse, "Nurse");
        Leave(AdminScene.Nurse, "Nurse");
        Assert.DoesNotContain(Jid.Parse("nurse@capulet.example"), Room.Room.Heard.All.Keys);
    }

    private Unheard For(string session) => UnheardActivity.For(Room.Room, Jid.Parse(session));

    private void Grant(string who, string affiliation) => scene.Admin(AdminScene.Romeo, $"<item jid='{who}' affiliation='{affiliation}'/>");

    private void Leave(string who, string nick) => Room.Send(who, $"<presence to='{TestRoom.Address}/{nick}' type='unavailable'/>");
}
