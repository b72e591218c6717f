using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Commands;

/// <summary>Ad-hoc commands (XEP-0050) as a room runs them; service and domain run them by the same code. The dialogue is in commands/of_a_room.scs.</summary>
public class CommandTests
{
    private readonly CommandScene scene = new();

    [Theory]
    [InlineData("")]
    [InlineData("action='execute'")]
    [Proves("MC-0050-02")]
    public void A_command_with_a_form_begins_a_session(string action)
    {
        var answer = scene.Command(CommandScene.Owner, "note", action);

        Assert.Contains("status='executing'", answer, StringComparison.Ordinal);
        Assert.Matches("sessionid='[^']+'", answer);
        Assert.Contains("<actions execute='complete'><complete/></actions><x xmlns='jabber:x:data' type='form'>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("action='execute'")]
    [InlineData("action='complete'")]
    public void A_submission_completes_it(string action)
    {
        var answer = scene.Command(CommandScene.Owner, "note", $"sessionid='{scene.Begin()}' {action}", CommandScene.Submission("x"));

        Assert.Contains("status='completed'", answer, StringComparison.Ordinal);
        Assert.Contains("<note type='info'>noted x</note>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("7fffffff.000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Proves("MC-0050-03")]
    public void A_session_cannot_be_made_up(string session) =>
        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");

    [Fact]
    public void A_completed_session_is_over_also_for_a_room_that_was_loaded_again()
    {
        var session = scene.Begin();
        scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x"));
        var snapshot = Journal.RoomSnapshot.Of(scene.Room.Room)!;
        scene.Room.Room = snapshot.ToRoom(TestRoom.Address, scene.Room.Policy);

        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");
    }

    [Fact] // the journal of the next room of that name begins anew
    public void Of_the_sessions_of_a_destroyed_room_nothing_is_left()
    {
        scene.Command(CommandScene.Owner, "note", $"sessionid='{scene.Begin()}'", CommandScene.Submission("x"));
        scene.Room.Decide(RoomInput.Destroy());
        scene.Room.Join(CommandScene.Owner, "Romeo");

        Assert.Empty(Journal.RoomSnapshot.Of(scene.Room.Room)!.EndedCommands);
    }

    [Theory]
    [InlineData("<x xmlns='jabber:x:data' type='submit'/>")]
    [InlineData("<x xmlns='jabber:x:data' type='submit'><field var='muc#register_roomnick'><value>a</value><value>b</value></field></x>")]
    [InlineData("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:other</value></field></x>")]
    [Proves("MC-0050-05")]
    public void A_form_that_cannot_be_taken_leaves_the_session_open(string form)
    {
        var session = scene.Begin();

        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", form), "modify", "bad-request", "bad-payload");
        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("taken")), "cancel", "conflict");
        Assert.Contains("status='completed'", scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0050-05")]
    public void A_session_expires()
    {
        var session = scene.Begin();
        scene.Room.Now += CommandSession.Lifetime;
        Assert.Contains("bad-payload", scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'"), StringComparison.Ordinal);
        scene.Room.Now += TimeSpan.FromSeconds(1);

        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), "cancel", "not-allowed", "session-expired");
    }

    [Fact]
    public void An_error_does_not_repeat_the_form() =>
        Assert.DoesNotContain("jabber:x:data", scene.Command(CommandScene.Owner, "note", "sessionid='x'", CommandScene.Submission("secret")), StringComparison.Ordinal);

    [Fact]
    public void Ended_sessions_are_forgotten_when_they_have_expired()
    {
        for (var i = 0; i < 3; i++)
            scene.Command(CommandScene.Owner, "count");
        Assert.Equal(3, scene.Room.Room.EndedCommands.All.Count);
        scene.Room.Now += CommandSession.Lifetime + TimeSpan.FromSeconds(1);
        scene.Command(CommandScene.Owner, "count");

        Assert.Single(scene.Room.Room.EndedCommands.All);
    }

    private static void Refused(string answer, string type, string condition, string? detail = null)
    {
        Assert.Contains($"<error type='{type}' by='room@conference.localhost'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>", answer, StringComparison.Ordinal);
        if (detail is null)
            Assert.DoesNotContain("http://jabber.org/protocol/commands", answer, StringComparison.Ordinal);
        else
            Assert.Contains($"<{detail} xmlns='http://jabber.org/protocol/commands'/></error>", answer, StringComparison.Ordinal);
    }
}
