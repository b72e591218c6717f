using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Abuse;

/// <summary>XEP-0500 over time; what clients see of it is in the transcript.</summary>
public sealed class SlowModeTests
{
    private readonly AdminScene scene = new(new RoomConfig { SlowModeSeconds = 20 });

    public SlowModeTests() => Room.Join(AdminScene.Juliet, "Juliet");

    private TestRoom Room => scene.Room;

    [Fact, Proves("MC-0500-04")]
    public void What_comes_too_soon_is_answered_and_goes_nowhere_else()
    {
        Assert.Equal(2, Room.Say(AdminScene.Juliet, "one").Count);
        Room.Now += TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1);
        Refused(Room.Say(AdminScene.Juliet, "two"));
        Assert.Equal(1, Room.Room.History.Count);
        Room.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal(2, Room.Say(AdminScene.Juliet, "three").Count);
    }

    [Fact, Proves("MC-0500-05")]
    public void Admins_and_owners_need_not_wait()
    {
        scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        foreach (var who in new[] { AdminScene.Romeo, AdminScene.Juliet, AdminScene.Romeo, AdminScene.Juliet })
            Assert.Equal(2, Room.Say(who, "again").Count);
    }

    [Fact, Proves("MC-0500-06")]
    public void Sessions_nicks_and_leaving_do_not_help()
    {
        Room.Say(AdminScene.Juliet, "one");
        Room.Join("juliet@capulet.example/b", "Giulietta");
        Refused(Room.Say("juliet@capulet.example/b", "two"));
        Room.Send(AdminScene.Juliet, $"<presence to='{TestRoom.Address}/Juliet' type='unavailable'/>");
        Room.Join(AdminScene.Juliet, "Juliet");
        Refused(Room.Say(AdminScene.Juliet, "three"));
    }

    [Fact]
    public void Only_bodies_count_and_only_those_that_are_sent_to_all()
    {
        Room.Say(AdminScene.Juliet, "one");
        Assert.Equal(2, Room.Send(AdminScene.Juliet, $"<message to='{TestRoom.Address}' type='groupchat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>").Count);
        Assert.Single(Room.Send(AdminScene.Juliet, $"<message to='{TestRoom.Address}/Romeo' type='chat' id='p'><body>psst</body></message>"), s => s.To.ToString() == AdminScene.Romeo);
    }

    [Fact]
    public void Those_who_said_nothing_for_long_are_not_counted_any_more()
    {
        Room.Say(AdminScene.Juliet, "one");
        Assert.Equal(1, Room.Room.Traffic.Count);
        Assert.Equal(RoomTimerKind.CountersStale, RoomRules.NextTimer(Room.Room)!.Value.Kind);
        Room.Wait();
        Assert.Equal(0, Room.Room.Traffic.Count);
        Assert.Null(RoomRules.NextTimer(Room.Room));
    }

    private static void Refused(IReadOnlyList<Sent> sent)
    {
        var answer = Assert.Single(sent);
        Assert.Contains("type='wait'", answer.Xml, StringComparison.Ordinal);
        Assert.Contains("<policy-violation", answer.Xml, StringComparison.Ordinal);
        Assert.Contains("wait 20 seconds", answer.Xml, StringComparison.Ordinal);
    }
}
