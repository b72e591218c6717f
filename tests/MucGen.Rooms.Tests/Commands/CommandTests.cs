using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Commands;

/// <summary>Ad-hoc commands (XEP-0050) as a room runs them; service and domain run them by the same code.</summary>
public class CommandTests
{
    private readonly CommandScene scene = new();

    [Fact]
    [Proves("MC-0050-01")]
    public void A_requester_finds_the_commands_that_are_theirs()
    {
        const string query = "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>";
        var toOwner = scene.Ask(CommandScene.Owner, query, "get");
        var toGuest = scene.Ask(CommandScene.Guest, query, "get");

        Assert.Contains("<item jid='room@conference.localhost' name='Count the occupants' node='count'/>", toOwner, StringComparison.Ordinal);
        Assert.Contains("<item jid='room@conference.localhost' name='Note a nick' node='note'/>", toOwner, StringComparison.Ordinal);
        Assert.Contains("node='count'", toGuest, StringComparison.Ordinal);
        Assert.DoesNotContain("node='note'", toGuest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://jabber.org/protocol/commands", "<identity category='automation' name='Commands' type='command-list'/>")]
    [InlineData("note", "<identity category='automation' name='Note a nick' type='command-node'/>")]
    public void The_list_and_each_command_describe_themselves(string node, string identity)
    {
        var answer = scene.Ask(CommandScene.Owner, $"<query xmlns='http://jabber.org/protocol/disco#info' node='{node}'/>", "get");

        Assert.Contains($"node='{node}'", answer, StringComparison.Ordinal);
        Assert.Contains(identity, answer, StringComparison.Ordinal);
        Assert.Contains("<feature var='http://jabber.org/protocol/commands'/><feature var='jabber:x:data'/>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_has_no_items_and_a_stranger_is_told_nothing_of_one()
    {
        Assert.EndsWith(
            "node='note'/></iq>", scene.Ask(CommandScene.Owner, "<query xmlns='http://jabber.org/protocol/disco#items' node='note'/>", "get"), StringComparison.Ordinal);
        Refused(scene.Ask(CommandScene.Guest, "<query xmlns='http://jabber.org/protocol/disco#info' node='note'/>", "get"), "auth", "forbidden");
    }

    [Fact]
    [Proves("MC-0050-02")]
    public void A_command_without_a_form_completes_at_once()
    {
        var answer = scene.Command(CommandScene.Guest, "count");

        Assert.Contains("status='completed'", answer, StringComparison.Ordinal);
        Assert.Contains("<note type='info'>1 present</note>", answer, StringComparison.Ordinal);
    }

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

    [Fact]
    [Proves("MC-0050-03")]
    public void A_session_is_of_one_requester_and_one_command()
    {
        var session = scene.Begin();

        Refused(scene.Command("owner@localhost/phone", "note", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");
        Refused(scene.Command(CommandScene.Owner, "count", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("7fffffff.000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Proves("MC-0050-03")]
    public void A_session_cannot_be_made_up(string session) =>
        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");

    [Theory]
    [InlineData("action='cancel'", "")]
    [InlineData("", "<x xmlns='jabber:x:data' type='cancel'/>")]
    [Proves("MC-0050-04")]
    public void A_cancelled_session_is_over(string action, string form)
    {
        var session = scene.Begin();

        Assert.Contains($"sessionid='{session}' status='canceled'/>", scene.Command(CommandScene.Owner, "note", $"sessionid='{session}' {action}", form), StringComparison.Ordinal);
        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");
    }

    [Fact]
    public void A_completed_session_is_over_also_for_a_room_that_was_loaded_again()
    {
        var session = scene.Begin();
        scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x"));
        var snapshot = Journal.RoomSnapshot.Of(scene.Room.Room)!;
        scene.Room.Room = snapshot.ToRoom(TestRoom.Address, scene.Room.Policy);

        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), "modify", "bad-request", "bad-sessionid");
    }

    [Theory]
    [InlineData("action='dance'", "malformed-action")]
    [InlineData("action='next'", "bad-action")]
    [InlineData("action='prev'", "bad-action")]
    [InlineData("action='complete'", "bad-payload")]
    [Proves("MC-0050-05")]
    public void What_cannot_come_now_is_refused_by_name(string action, string condition)
    {
        var session = scene.Begin();

        Refused(scene.Command(CommandScene.Owner, "note", $"sessionid='{session}' {action}"), "modify", "bad-request", condition);
        Assert.Contains("status='completed'", scene.Command(CommandScene.Owner, "note", $"sessionid='{session}'", CommandScene.Submission("x")), StringComparison.Ordinal);
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
    public void Only_execution_begins_a_session() =>
        Refused(scene.Command(CommandScene.Owner, "note", "action='complete'"), "modify", "bad-request", "bad-action");

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
    [Proves("MC-0050-06")]
    public void An_unknown_command_is_not_found_and_another_ones_is_forbidden()
    {
        Refused(scene.Command(CommandScene.Owner, "bogus"), "cancel", "item-not-found");
        Refused(scene.Command(CommandScene.Guest, "note"), "auth", "forbidden");
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
