using System.Globalization;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Commands;

/// <summary>Hats beyond the transcript: what is refused, what is bounded and what is kept (XEP-0317).</summary>
public sealed class HatTests
{
    private const string Uri = "urn:example:hats:scribe";

    private readonly AdminScene scene = new(new RoomConfig { IsPersistent = true });

    public HatTests() => Room.Join(AdminScene.Juliet, "Juliet");

    private TestRoom Room => scene.Room;

    [Theory]
    [InlineData("create", "bad-request", "hats#title", "", "hats#uri", Uri)]
    [InlineData("create", "bad-request", "hats#title", "Scribe", "hats#uri", "")]
    [InlineData("create", "bad-request", "hats#title", "Scribe", "hats#uri", "scribe")]
    [InlineData("create", "bad-request", "hats#title", "Scribe", "hats#uri", "/scribe")]
    [InlineData("create", "bad-request", "hats#title", "Scribe", "hats#uri", Uri, "hats#hue", "361")]
    [InlineData("create", "bad-request", "hats#title", "Scribe", "hats#uri", Uri, "hats#hue", "-1")]
    [InlineData("create", "bad-request", "hats#title", "Scribe", "hats#uri", Uri, "hats#hue", "red")]
    [InlineData("destroy", "bad-request", "hats#jid", "juliet@capulet.example")]
    [InlineData("destroy", "item-not-found", "hats#uri", "urn:example:none")]
    [InlineData("assign", "item-not-found", "hats#jid", "juliet@capulet.example", "hats#uri", "urn:example:none")]
    [InlineData("assign", "bad-request", "hats#uri", "urn:example:teacher")]
    [InlineData("assign", "bad-request", "hats#jid", "capulet.example", "hats#uri", "urn:example:teacher")]
    [InlineData("assign", "bad-request", "hats#jid", "@", "hats#uri", "urn:example:teacher")]
    [InlineData("unassign", "item-not-found", "hats#jid", "juliet@capulet.example", "hats#uri", "urn:example:teacher")]
    public void What_cannot_be_done_is_refused_and_changes_nothing(string command, string condition, params string[] fields)
    {
        Run("create", "hats#title", "Teacher", "hats#uri", "urn:example:teacher");
        var before = WithoutSessions(Room.Room);
        Assert.Contains($"<{condition}", Assert.Single(Run(command, fields)).Xml, StringComparison.Ordinal);
        Assert.Equal(before, WithoutSessions(Room.Room));
    }

    [Fact]
    public void A_room_has_so_many_hats_and_nobody_wears_more_than_some()
    {
        for (var i = 0; i < RoomHats.Most; i++)
            Run("create", "hats#title", "Hat", "hats#uri", UriOf(i));
        Assert.Contains("<not-acceptable", Run("create", "hats#title", "Hat", "hats#uri", UriOf(RoomHats.Most))[^1].Xml, StringComparison.Ordinal);
        Assert.Contains("status='completed'", Run("create", "hats#title", "Another", "hats#uri", UriOf(0))[^1].Xml, StringComparison.Ordinal);

        for (var i = 0; i < RoomHats.MostWorn; i++)
            Run("assign", "hats#jid", "juliet@capulet.example", "hats#uri", UriOf(i));
        Assert.Contains("<not-acceptable", Run("assign", "hats#jid", "juliet@capulet.example", "hats#uri", UriOf(RoomHats.MostWorn))[^1].Xml, StringComparison.Ordinal);
        Assert.Equal(RoomHats.MostWorn, Room.Room.Hats.Of(Jid.Parse("juliet@capulet.example")).Count);
    }

    [Fact]
    public void What_changes_nothing_is_not_announced()
    {
        Run("create", "hats#title", "Scribe", "hats#uri", Uri);
        Assert.Single(Run("create", "hats#title", "Scribe", "hats#uri", Uri));
        Run("assign", "hats#jid", AdminScene.Juliet, "hats#uri", Uri);
        Assert.Single(Run("assign", "hats#jid", AdminScene.Juliet, "hats#uri", Uri));
    }

    [Fact]
    [Proves("MC-0317-02")]
    public void The_hash_is_there_while_there_is_a_list_and_changes_with_it()
    {
        Assert.DoesNotContain("hats#hash", Info(), StringComparison.Ordinal);
        Run("create", "hats#title", "Scribe", "hats#uri", Uri);
        var first = Info();
        Run("create", "hats#title", "Writer", "hats#uri", Uri);
        var second = Info();
        Assert.Contains("hats#hash", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Run("destroy", "hats#uri", Uri);
        Assert.DoesNotContain("hats#hash", Info(), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0317-10")]
    public void Hats_outlast_a_restart_from_events_and_from_a_snapshot()
    {
        Run("create", "hats#title", "Scribe", "hats#uri", Uri, "hats#hue", "12.5");
        Run("create", "hats#title", "Teacher", "hats#uri", "urn:example:teacher");
        Run("assign", "hats#jid", "nurse@capulet.example", "hats#uri", Uri);
        Run("assign", "hats#jid", "juliet@capulet.example", "hats#uri", Uri);
        Run("create", "hats#title", "Writer", "hats#uri", Uri);
        Run("unassign", "hats#jid", "juliet@capulet.example", "hats#uri", Uri);
        Run("destroy", "hats#uri", "urn:example:teacher");

        var replayed = new Room(TestRoom.Address, Room.Policy);
        TestRoom.Apply(replayed, Room.Journal);
        Assert.Equal(TestRoom.StateOf(Room.Room), TestRoom.StateOf(replayed));
        var restored = RoomSnapshot.Of(Room.Room)!.ToRoom(TestRoom.Address, Room.Policy);
        Assert.Equal(TestRoom.StateOf(Room.Room), TestRoom.StateOf(restored));
        Assert.Equal([new Hat(Uri, "Writer")], restored.Hats.Of(Jid.Parse("nurse@capulet.example")));

        Room.Room = restored;
        Assert.Contains(
            $"<hats xmlns='urn:xmpp:hats:0'><hat title='Writer' uri='{Uri}'/></hats>",
            Room.Join(AdminScene.Nurse, "Nurse").First(sent => sent.Xml.Contains("status code='110'", StringComparison.Ordinal)).Xml,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_inherits_the_hats_of_an_account_or_of_a_room_that_is_gone()
    {
        Run("create", "hats#title", "Scribe", "hats#uri", Uri);
        Run("assign", "hats#jid", "juliet@capulet.example", "hats#uri", Uri);
        Room.Decide(RoomInput.AccountDeleted(Jid.Parse("juliet@capulet.example")));
        Assert.Empty(Room.Room.Hats.Wearers);
        scene.Owner(AdminScene.Romeo, "<destroy/>");
        Assert.Empty(Room.Room.Hats.All);
    }

    private static string UriOf(int number) => string.Create(CultureInfo.InvariantCulture, $"urn:example:hat:{number}");

    private static string WithoutSessions(Room room) =>
        System.Text.Json.JsonSerializer.Serialize(RoomSnapshot.Of(room)! with { EndedCommands = [] }, JournalJson.Snapshot);

    private string Info() => Assert.Single(scene.Ask(AdminScene.Juliet, "disco#info")).Xml;

    private IReadOnlyList<Sent> Run(string command, params string[] fields)
    {
        var form = string.Concat(fields.Chunk(2).Select(field => $"<field var='{field[0]}'><value>{field[1]}</value></field>"));
        return Room.Send(
            AdminScene.Romeo,
            $"<iq type='set' id='c' to='{TestRoom.Address}'><command xmlns='http://jabber.org/protocol/commands' node='urn:xmpp:hats:commands:{command}'>"
            + $"<x xmlns='jabber:x:data' type='submit'>{form}</x></command></iq>");
    }
}
