using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Abuse;

/// <summary>Newcomers who listen before they speak.</summary>
public sealed class VoiceAfterTimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly AdminScene scene = new(new RoomConfig { IsPersistent = true, VoiceAfterMinutes = 10 });

    public VoiceAfterTimeTests() => Room.Join(AdminScene.Juliet, "Juliet");

    private TestRoom Room => scene.Room;

    [Fact]
    public void Voice_comes_after_the_time_for_all_to_see_and_stays_for_the_next_visit()
    {
        Assert.Equal(MucRole.Visitor, Room.RoleOf("Juliet"));
        Assert.Contains("<forbidden", Assert.Single(Room.Say(AdminScene.Juliet, "Hi")).Xml, StringComparison.Ordinal);
        Assert.Equal((RoomTimerKind.VoiceDue, Room.Now + (10 * Minute)), RoomRules.NextTimer(Room.Room));
        var told = Room.Wait();
        Assert.Equal(2, told.Count);
        Assert.All(told, stanza => Assert.Contains("role='participant'", stanza.Xml, StringComparison.Ordinal));
        Leave(AdminScene.Juliet, "Juliet");
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.Equal(MucRole.Participant, Room.RoleOf("Juliet"));
    }

    [Fact] // the address may be another session's by now
    public void Whom_a_restart_has_taken_out_of_the_room_hears_nothing_of_voice()
    {
        Room.Now += 11 * Minute;
        var told = Room.Decide(RoomInput.Restored([Jid.Parse(AdminScene.Juliet)]));
        Assert.DoesNotContain(told, stanza => stanza.To.ToString() == AdminScene.Juliet);
    }

    [Fact]
    public void Leaving_shortens_nothing()
    {
        Room.Now += 9 * Minute;
        Leave(AdminScene.Juliet, "Juliet");
        Assert.Null(RoomRules.NextTimer(Room.Room));
        Room.Now += 9 * Minute;
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.Equal(Room.Now + (10 * Minute), RoomRules.NextTimer(Room.Room)!.Value.Due);
    }

    [Fact]
    public void A_new_nick_or_another_session_changes_nothing()
    {
        Room.Now += Minute;
        Room.Send(AdminScene.Juliet, $"<presence to='{TestRoom.Address}/Giulietta'/>");
        Room.Join("juliet@capulet.example/b", "Giulietta");
        Assert.Equal(Room.Now + (9 * Minute), RoomRules.NextTimer(Room.Room)!.Value.Due);
        Room.Wait();
        Assert.Equal(MucRole.Participant, Room.RoleOf("Giulietta"));
        Assert.Null(RoomRules.NextTimer(Room.Room));
    }

    [Fact]
    public void Members_do_not_wait_and_membership_ends_a_wait()
    {
        scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='member'/>");
        Assert.Equal(MucRole.Participant, Room.RoleOf("Juliet"));
        Assert.Null(RoomRules.NextTimer(Room.Room));
        scene.Admin(AdminScene.Romeo, "<item jid='nurse@capulet.example' affiliation='member'/>");
        Room.Join(AdminScene.Nurse, "Nurse");
        Assert.Equal(MucRole.Participant, Room.RoleOf("Nurse"));
    }

    [Fact]
    public void A_moderator_can_give_voice_before()
    {
        scene.Admin(AdminScene.Romeo, "<item nick='Juliet' role='participant'/>");
        Assert.Null(RoomRules.NextTimer(Room.Room));
        Leave(AdminScene.Juliet, "Juliet");
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.Equal(MucRole.Participant, Room.RoleOf("Juliet"));
    }

    [Fact]
    public void Time_gives_no_voice_to_the_mute()
    {
        Room.Mute(AdminScene.Juliet, 20 * Minute);
        Room.Wait();
        Assert.Equal(MucRole.Visitor, Room.RoleOf("Juliet"));
        Room.Wait();
        Assert.Equal(MucRole.Participant, Room.RoleOf("Juliet"));
    }

    [Fact]
    public void Time_gives_no_voice_in_a_moderated_room()
    {
        scene.Configure(AdminScene.Romeo, ("muc#roomconfig_moderatedroom", ["1"]));
        Assert.Null(RoomRules.NextTimer(Room.Room));
        Room.Now += 20 * Minute;
        Assert.Contains("<forbidden", Assert.Single(Room.Say(AdminScene.Juliet, "Hi")).Xml, StringComparison.Ordinal);
    }

    [Fact, Proves("MC-0068-01")]
    public void The_option_is_in_the_form_under_a_name_of_its_own()
    {
        scene.Configure(AdminScene.Romeo, ("{urn:mucgen:muc}voice_after_minutes", ["3"]));
        Assert.Equal(3, Room.Room.Config.VoiceAfterMinutes);
        Assert.Equal(Room.Now + (3 * Minute), RoomRules.NextTimer(Room.Room)!.Value.Due);
        Assert.Contains("<not-acceptable", Assert.Single(scene.Configure(AdminScene.Romeo, ("{urn:mucgen:muc}voice_after_minutes", ["-3"]))).Xml, StringComparison.Ordinal);
        scene.Configure(AdminScene.Romeo, ("{urn:mucgen:muc}voice_after_minutes", ["0"]));
        Room.Wait();
        Assert.Equal(MucRole.Participant, Room.RoleOf("Juliet"));
    }

    [Fact]
    public void A_restart_keeps_who_waits_and_who_need_not()
    {
        Room.Wait();
        Room.Join(AdminScene.Nurse, "Nurse");
        var snapshot = JsonSerializer.Deserialize(TestRoom.StateOf(Room.Room)!, JournalJson.Snapshot)!;
        var restored = snapshot.ToRoom(TestRoom.Address, Room.Policy);
        Assert.Equal(RoomRules.NextTimer(Room.Room), RoomRules.NextTimer(restored));
        Assert.True(restored.Settled.Contains(Jid.Parse(AdminScene.Juliet).Bare));

        var replayed = new Room(TestRoom.Address, Room.Policy);
        TestRoom.Apply(replayed, Room.Journal);
        Assert.Equal(TestRoom.StateOf(Room.Room), TestRoom.StateOf(replayed));
        Assert.Equal(RoomRules.NextTimer(Room.Room), RoomRules.NextTimer(replayed));
    }

    [Fact]
    public void A_deleted_account_leaves_neither_voice_nor_mute_behind()
    {
        Room.Wait();
        Room.Mute(AdminScene.Juliet);
        Room.Decide(RoomInput.AccountDeleted(Jid.Parse(AdminScene.Juliet).Bare));
        Assert.False(Room.Room.Settled.Contains(Jid.Parse(AdminScene.Juliet).Bare));
        Assert.Empty(Room.Room.Mutes.All);
    }

    private void Leave(string who, string nick) => Room.Send(who, $"<presence to='{TestRoom.Address}/{nick}' type='unavailable'/>");
}
