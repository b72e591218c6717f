using System.Text.Json;
using System.Text.RegularExpressions;
using MucGen.Rooms.Journal;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>The journal is the room: events alone give its state again, from the beginning or from any snapshot.</summary>
public sealed class ReplayTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Events_of_any_dialogue_give_the_same_room_again(int seed)
    {
        var dialogue = new RandomDialogue(seed);
        var live = new TestRoom();
        string? snapshot = null;
        var since = 0;
        for (var step = 0; step < 150; step++)
        {
            dialogue.Step(live);
            if (step == 1 && live.Room.Exists)
                dialogue.Configure(live);
            if (step == 75)
            {
                snapshot = TestRoom.StateOf(live.Room);
                since = live.Journal.Count;
            }
        }

        var replayed = new Room(TestRoom.Address, live.Policy);
        TestRoom.Apply(replayed, live.Journal);
        Assert.Equal(TestRoom.StateOf(live.Room), TestRoom.StateOf(replayed));

        var continued = Load(snapshot, live.Policy);
        TestRoom.Apply(continued, live.Journal.Skip(since));
        Assert.Equal(TestRoom.StateOf(live.Room), TestRoom.StateOf(continued));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_restored_room_answers_as_the_one_that_was_never_away(int seed)
    {
        var dialogue = new RandomDialogue(seed);
        var live = new TestRoom();
        for (var step = 0; step < 60; step++)
            dialogue.Step(live);

        var restored = new TestRoom { Room = Load(TestRoom.StateOf(live.Room), live.Policy), Now = live.Now };
        var next = Enumerable.Range(0, 20).Select(i => seed + (1000 * i)).ToArray();
        foreach (var further in next)
        {
            var expected = new RandomDialogue(further).Step(live).Select(WithoutFreshIds);
            var actual = new RandomDialogue(further).Step(restored).Select(WithoutFreshIds);
            Assert.Equal(expected, actual);
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    private static Room Load(string? snapshot, RoomPolicy policy) => snapshot is null
        ? new Room(TestRoom.Address, policy)
        : JsonSerializer.Deserialize(snapshot, JournalJson.Snapshot)!.ToRoom(TestRoom.Address, policy);

    // The two rooms have had different numbers of turns, so their counters differ.
    private static string WithoutFreshIds(Sent sent) =>
        Regex.Replace(sent.Xml, " id='[0-9]{20}'", " id='fresh'");
}
