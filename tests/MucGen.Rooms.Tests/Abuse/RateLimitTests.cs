using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Abuse;

/// <summary>How much people may send to a room, by the service's settings (XEP-0045 7.4, 14.6).</summary>
public sealed class RateLimitTests
{
    private const string Romeo = "romeo@montague.example/a";
    private const string Juliet = "juliet@capulet.example/a";
    private const string Elsewhere = "juliet@capulet.example/b";

    [Fact, Proves("muc-7.4-13")]
    public void A_person_may_send_so_much_at_once_and_as_much_again_over_a_window()
    {
        var room = Open(new RateLimits { MessagesPerPerson = 5 });
        for (var i = 0; i < 5; i++)
            Assert.Equal(2, room.Say(i % 2 == 0 ? Juliet : Elsewhere, "hello").Count(s => s.To.ToString() != Elsewhere));
        Refused(room.Say(Juliet, "hello"));
        Refused(room.Say(Elsewhere, "hello"));
        Refused(room.Send(Juliet, $"<message to='{TestRoom.Address}/Romeo' type='chat' id='p'><body>psst</body></message>"));
        Assert.Equal(5, room.Room.History.Count);
        Assert.Equal(3, room.Say(Romeo, "Others may speak").Count);

        room.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(3, room.Say(Juliet, "hello").Count);
        Refused(room.Say(Juliet, "hello"));
        room.Now += TimeSpan.FromSeconds(10);
        for (var i = 0; i < 5; i++)
            Assert.Equal(3, room.Say(Juliet, "hello").Count);
        Refused(room.Say(Juliet, "hello"));
    }

    [Fact]
    public void A_room_takes_so_much_of_all_of_them_together()
    {
        var room = Open(new RateLimits { MessagesPerRoom = 2 });
        room.Say(Juliet, "one");
        room.Say(Romeo, "two");
        Refused(room.Say(Juliet, "three"));
        Refused(room.Say(Romeo, "three"));
        room.Now += TimeSpan.FromSeconds(5);
        Assert.Equal(3, room.Say(Romeo, "three").Count);
    }

    [Fact]
    public void What_a_room_cannot_take_is_not_counted_against_the_person()
    {
        var room = Open(new RateLimits { MessagesPerPerson = 1, MessagesPerRoom = 1 });
        room.Say(Romeo, "one");
        Refused(room.Say(Juliet, "two"));
        room.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(3, room.Say(Juliet, "two").Count);
    }

    [Fact]
    public void A_silent_service_answers_nothing()
    {
        var room = Open(new RateLimits { MessagesPerPerson = 1, PresencesPerPerson = 10, IsSilent = true });
        room.Say(Juliet, "one");
        Assert.Empty(room.Say(Juliet, "two"));
        Assert.Equal(1, room.Room.History.Count);
    }

    [Fact, Proves("muc-14.6-01")]
    public void Entries_and_changes_of_presence_count_and_leaving_is_always_possible()
    {
        var room = Open(new RateLimits { PresencesPerPerson = 4 }); // two of Juliet's went by
        Assert.NotEmpty(room.Send(Juliet, $"<presence to='{TestRoom.Address}/Juliet'><show>away</show></presence>"));
        Assert.NotEmpty(room.Send(Juliet, $"<presence to='{TestRoom.Address}/Giulietta'/>"));
        Refused(room.Send(Juliet, $"<presence to='{TestRoom.Address}/Giulietta'><show>dnd</show></presence>"));
        Refused(room.Send(Juliet, $"<presence to='{TestRoom.Address}/Julia'/>"));
        Assert.NotNull(room.Room.Occupants.Find("Giulietta"));
        Assert.NotEmpty(room.Send(Juliet, $"<presence to='{TestRoom.Address}/Giulietta' type='unavailable'/>"));
        Refused(room.Join(Juliet, "Juliet"));
        room.Now += TimeSpan.FromSeconds(10);
        room.Join(Juliet, "Juliet");
        Assert.NotNull(room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    public void The_admins_of_the_service_are_not_limited()
    {
        var room = Open(new RateLimits { MessagesPerPerson = 1, PresencesPerPerson = 1 }, admin: "juliet@capulet.example");
        for (var i = 0; i < 3; i++)
            Assert.Equal(3, room.Say(Juliet, "hello").Count);
    }

    [Fact]
    public void A_crowd_that_has_gone_silent_costs_nothing()
    {
        var room = Open(new RateLimits { MessagesPerPerson = 5, PresencesPerPerson = 5 });
        for (var i = 0; i < 1000; i++)
            room.Send($"user{i}@crowd.example/a", $"<presence to='{TestRoom.Address}/user{i}'/>");
        Assert.True(room.Room.Traffic.Count >= 1000);
        room.Wait();
        Assert.Equal(0, room.Room.Traffic.Count);
        Assert.Null(RoomRules.NextTimer(room.Room));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Never_more_than_twice_the_number_in_any_window(int seed)
    {
        var random = new Random(seed);
        var limits = new RateLimits { MessagesPerPerson = random.Next(1, 6), MessagesPerRoom = random.Next(3, 9) };
        var room = Open(limits);
        var sent = new List<(string Who, DateTimeOffset At)>();
        for (var i = 0; i < 400; i++)
        {
            room.Now += TimeSpan.FromMilliseconds(random.Next(3000));
            var who = random.Next(2) == 0 ? Romeo : Juliet;
            if (room.Say(who, "x").Count > 1)
                sent.Add((who, room.Now));
        }
        foreach (var (_, at) in sent)
        {
            var inWindow = sent.Where(other => other.At >= at && other.At < at + limits.Window).ToList();
            Assert.True(inWindow.Count <= 2 * limits.MessagesPerRoom);
            Assert.True(inWindow.Count(other => other.Who == Romeo) <= 2 * limits.MessagesPerPerson);
        }
        Assert.NotEmpty(sent);
    }

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 10));

    private static TestRoom Open(RateLimits limits, string? admin = null)
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with
        {
            Rates = limits,
            Admins = admin is null ? TestRoom.DefaultPolicy.Admins : new HashSet<Jid> { Jid.Parse(admin) },
        });
        room.Join(Romeo, "Romeo");
        room.Configure(new RoomConfig { IsPersistent = true });
        room.Join(Juliet, "Juliet");
        room.Join(Elsewhere, "Juliet");
        return room;
    }

    private static void Refused(IReadOnlyList<Sent> sent)
    {
        var answer = Assert.Single(sent);
        Assert.Contains("type='error'", answer.Xml, StringComparison.Ordinal);
        Assert.Contains("type='wait'", answer.Xml, StringComparison.Ordinal);
        Assert.Contains("<policy-violation", answer.Xml, StringComparison.Ordinal);
    }
}
