using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>What holds after any sequence of bans, mutes, their ends, and everything else that people do in a room.</summary>
public sealed class SanctionProperties
{
    private const int Steps = 150;

    private static readonly string[] Targets =
        ["juliet@capulet.example", "nurse@capulet.example", "capulet.example", "*@capulet.example", "t*@*", "*@*.example", "*u*@capulet.*"];

    private static readonly string[] People = ["juliet@capulet.example", "nurse@capulet.example", "tybalt@capulet.example"];

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 20));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nobody_is_present_whom_a_rule_in_force_hits_unless_a_list_names_them(int seed) => Play(seed, room =>
    {
        var rules = BanRule.Of(room.Room).ToList();
        foreach (var occupant in room.Room.Occupants.All)
        {
            if (room.Room.Affiliations.Find(occupant.BareJid)?.Affiliation is not (null or MucAffiliation.Outcast))
                continue;
            Assert.DoesNotContain(rules, rule => rule.Target.Hits(occupant.BareJid));
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_mute_have_no_voice(int seed) => Play(seed, room =>
    {
        foreach (var occupant in room.Room.Occupants.All)
        {
            if (room.Room.Mutes.Find(occupant.BareJid) is not null)
                Assert.Equal(MucRole.Visitor, occupant.Role);
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_outlasts_its_time(int seed) => Play(seed, room =>
    {
        Assert.All(BanRule.Of(room.Room), rule => Assert.False(rule.Until <= room.Now));
        Assert.All(room.Room.Mutes.All, mute => Assert.False(mute.Terms.Until <= room.Now));
        var ends = BanRule.Of(room.Room).Select(rule => rule.Until).Concat(room.Room.Mutes.All.Select(mute => mute.Terms.Until)).Min();
        Assert.Equal(ends, RoomRules.NextTimer(room.Room)?.Due);
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_journal_gives_the_same_rules_again(int seed)
    {
        var snapshot = "";
        var (step, since) = (0, 0);
        var live = Play(seed, room =>
        {
            if (++step != Steps / 2)
                return;
            snapshot = TestRoom.StateOf(room.Room)!;
            since = room.Journal.Count;
        });

        var replayed = new Room(TestRoom.Address, live.Policy);
        TestRoom.Apply(replayed, live.Journal);
        Assert.Equal(TestRoom.StateOf(live.Room), TestRoom.StateOf(replayed));
        Assert.Equal(RoomRules.NextTimer(live.Room), RoomRules.NextTimer(replayed));

        var continued = JsonSerializer.Deserialize(snapshot, JournalJson.Snapshot)!.ToRoom(TestRoom.Address, live.Policy);
        TestRoom.Apply(continued, live.Journal.Skip(since));
        Assert.Equal(TestRoom.StateOf(live.Room), TestRoom.StateOf(continued));
        Assert.Equal(RoomRules.NextTimer(live.Room), RoomRules.NextTimer(continued));
    }

    private static TestRoom Play(int seed, Action<TestRoom> check)
    {
        var random = new Random(seed);
        var others = new RandomAdministration(seed);
        var room = RandomAdministration.Open();
        for (var i = 0; i < Steps; i++)
        {
            switch (random.Next(8))
            {
                case 0:
                    Sanction(room, random, () => room.Ban(Targets[random.Next(Targets.Length)], Time(random)));
                    break;
                case 1:
                    var person = People[random.Next(People.Length)];
                    if (room.Room.AffiliationOf(Jid.Parse(person)) < MucAffiliation.Admin)
                        room.Mute(person, Time(random));
                    break;
                case 2 when RoomRules.NextTimer(room.Room) is not null:
                    room.Wait();
                    break;
                default:
                    others.Step(room);
                    break;
            }
            check(room);
            Assert.Equal(0, room.Withheld);
        }
        return room;
    }

    // As an owner may: never the last one, and masks whatever they hit.
    private static void Sanction(TestRoom room, Random random, Action ban)
    {
        if (random.Next(3) > 0 && room.Room.Affiliations.Count(MucAffiliation.Owner) == 1)
            ban();
    }

    private static TimeSpan? Time(Random random) => random.Next(3) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 600));
}
