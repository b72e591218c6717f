using System.Text.Json;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Abuse;

/// <summary>Changes of availability that come faster than a room may tell them.</summary>
public sealed class HeldPresenceTests
{
    private const string Watcher = "romeo@montague.example/a";

    [Fact, Proves("muc-14.6-01")]
    public void A_flood_becomes_the_last_of_each_and_comes_in_its_turn()
    {
        var room = Open(perWindow: 2);
        Assert.NotEmpty(Heard(Show(room, 0, "away")));
        Assert.NotEmpty(Heard(Show(room, 1, "away")));
        Assert.Empty(Heard(Show(room, 2, "away")));
        Assert.Empty(Heard(Show(room, 0, "xa")));
        Assert.Empty(Heard(Show(room, 2, "dnd")));

        var start = room.Now;
        Assert.Equal((RoomTimerKind.PresenceDue, start + TimeSpan.FromSeconds(5)), RoomRules.NextTimer(room.Room));
        var told = Assert.Single(Heard(room.Wait()));
        Assert.Contains("/user2'", told, StringComparison.Ordinal);
        Assert.Contains("<show>dnd</show>", told, StringComparison.Ordinal);
        told = Assert.Single(Heard(room.Wait()));
        Assert.Contains("/user0'", told, StringComparison.Ordinal);
        Assert.Contains("<show>xa</show>", told, StringComparison.Ordinal);
        Assert.Equal(start + TimeSpan.FromSeconds(10), room.Now);
        Assert.Null(RoomRules.NextTimer(room.Room));
    }

    [Fact]
    public void Who_changes_is_answered_at_once_and_who_comes_sees_what_is_true()
    {
        var room = Open(perWindow: 1);
        Show(room, 0, "away");
        Assert.Single(Show(room, 1, "away"), stanza => stanza.To.ToString() == Person(1));
        var welcome = room.Join("late@crowd.example/a", "late").Where(stanza => stanza.To.ToString() == "late@crowd.example/a");
        Assert.Contains(welcome, stanza => stanza.Xml.Contains("/user1'", StringComparison.Ordinal) && stanza.Xml.Contains("<show>away</show>", StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_leaves_and_new_nicks_never_wait()
    {
        var room = Open(perWindow: 1);
        Show(room, 0, "away");
        Show(room, 1, "away");
        Show(room, 2, "away");
        Assert.NotEmpty(Heard(room.Join("late@crowd.example/a", "late")));
        Assert.NotEmpty(Heard(room.Send(Person(1), $"<presence to='{TestRoom.Address}/user1' type='unavailable'/>")));
        Assert.Equal(2, Heard(room.Send(Person(2), $"<presence to='{TestRoom.Address}/another'/>")).Count);
        Assert.Null(RoomRules.NextTimer(room.Room)); // nobody waits any more
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void In_the_end_everybody_knows_the_last_of_everybody(int seed)
    {
        var random = new Random(seed);
        var room = Open(perWindow: 3);
        var seen = new Dictionary<string, string>();
        for (var i = 0; i < 200; i++)
        {
            room.Now += TimeSpan.FromMilliseconds(random.Next(1500));
            var who = random.Next(5);
            var isPresent = room.Room.Occupants.Find(Jid.Parse(Person(who))) is not null;
            See(seen, random.Next(6) switch
            {
                0 when isPresent => room.Send(Person(who), $"<presence to='{TestRoom.Address}/user{who}' type='unavailable'/>"),
                0 or 1 => room.Join(Person(who), $"user{who}"),
                2 => room.Say(Watcher, "x"),
                _ => isPresent ? Show(room, who, $"status {i}") : [],
            });
        }

        var replayed = new Room(TestRoom.Address, room.Policy);
        TestRoom.Apply(replayed, room.Journal);
        Assert.Equal(TestRoom.StateOf(room.Room), TestRoom.StateOf(replayed));

        while (RoomRules.NextTimer(room.Room) is { Kind: RoomTimerKind.PresenceDue })
            See(seen, room.Wait());
        var expected = room.Room.Occupants.All.Where(occupant => occupant.Nick != "Romeo").ToDictionary(occupant => occupant.Nick, occupant => occupant.Shown.Presence.ToString());
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), seen.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Who_waits_still_waits_after_a_restart_and_is_told_of_at_once()
    {
        var room = Open(perWindow: 1);
        Show(room, 0, "away");
        Show(room, 1, "away");
        var snapshot = JsonSerializer.Deserialize(TestRoom.StateOf(room.Room)!, JournalJson.Snapshot)!;
        var restored = new TestRoom(room.Policy) { Room = snapshot.ToRoom(TestRoom.Address, room.Policy), Now = room.Now };
        Assert.Contains("/user1'", Assert.Single(Heard(restored.Decide(RoomInput.TimerDue(RoomTimerKind.PresenceDue)))), StringComparison.Ordinal);
    }

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 20));

    private static TestRoom Open(int perWindow)
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { Rates = new RateLimits { PresencesPerRoom = perWindow } });
        room.Join(Watcher, "Romeo");
        room.Configure(new RoomConfig { IsPersistent = true });
        for (var i = 0; i < 3; i++)
            room.Join(Person(i), $"user{i}");
        return room;
    }

    private static string Person(int number) => $"user{number}@crowd.example/a";

    private static IReadOnlyList<Sent> Show(TestRoom room, int person, string show) =>
        room.Send(Person(person), $"<presence to='{TestRoom.Address}/user{person}'><show>{show}</show></presence>");

    private static IReadOnlyList<string> Heard(IReadOnlyList<Sent> sent) =>
        [.. sent.Where(stanza => stanza.To.ToString() == Watcher && stanza.Xml.StartsWith("<presence", StringComparison.Ordinal)).Select(stanza => stanza.Xml)];

    // What the watcher believes of each nick: its availability, or nothing when it left.
    private static void See(Dictionary<string, string> seen, IReadOnlyList<Sent> sent)
    {
        foreach (var stanza in sent.Where(stanza => stanza.To.ToString() == Watcher && stanza.Xml.StartsWith("<presence", StringComparison.Ordinal)))
        {
            var nick = stanza.From.Resource!;
            if (stanza.Xml.Contains("type='unavailable'", StringComparison.Ordinal))
                seen.Remove(nick);
            else
                seen[nick] = stanza.Xml.Contains("<show>", StringComparison.Ordinal) ? stanza.Xml[stanza.Xml.IndexOf("<show>", StringComparison.Ordinal)..(stanza.Xml.IndexOf("</show>", StringComparison.Ordinal) + 7)] : "";
        }
    }
}
