using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>What holds whatever moderators, admins and owners ask for.</summary>
public sealed class AdministrationProperties
{
    private const int Steps = 200;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 10));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_room_always_has_an_owner(int seed) // muc-10-01, muc-10.4-10
    {
        Play(seed, (room, _) => Assert.True(room.Room.Affiliations.Count(MucAffiliation.Owner) > 0));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nobody_stays_who_may_not_be_there(int seed) // muc-9.1-05, muc-9.4-05, muc-9.2-10
    {
        Play(seed, (room, _) =>
        {
            foreach (var occupant in room.Room.Occupants.All)
            {
                var affiliation = room.Room.AffiliationOf(occupant.BareJid);
                Assert.NotEqual(MucAffiliation.Outcast, affiliation);
                Assert.False(room.Room.Config.IsMembersOnly && affiliation == MucAffiliation.None, occupant.ToString());
            }
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whoever_is_refused_has_changed_nothing(int seed) // muc-A39, muc-A26, muc-9.2-12
    {
        string? before = null;
        Play(seed, room => before = TestRoom.StateOf(room.Room), (room, sent) =>
        {
            if (sent.Any(stanza => stanza.Xml.StartsWith("<iq type='error'", StringComparison.Ordinal)))
            {
                Assert.Single(sent);
                Assert.Equal(before, TestRoom.StateOf(room.Room));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_result_comes_after_everything_else(int seed) // muc-A09
    {
        Play(seed, (_, sent) =>
        {
            var result = sent.ToList().FindIndex(stanza => stanza.Xml.StartsWith("<iq type='result'", StringComparison.Ordinal));
            Assert.True(result < 0 || result == sent.Count - 1);
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_nick_is_reserved_for_one_person_who_is_a_member_at_least(int seed) // muc-9.1-03, muc-9.4-10, muc-A38
    {
        Play(seed, (room, _) =>
        {
            var reserved = room.Room.Affiliations.All.Where(entry => entry.Nick is not null).ToList();
            Assert.Equal(reserved.Count, reserved.Select(entry => entry.Nick).Distinct().Count());
            Assert.All(reserved, entry => Assert.True(entry.Affiliation >= MucAffiliation.Member));
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_address_is_given_away(int seed) // muc-7.2.4, muc-A42
    {
        Play(seed, (room, _) => Assert.Equal(0, room.Withheld));
    }

    private static void Play(int seed, Action<TestRoom, IReadOnlyList<Sent>> check) => Play(seed, static _ => { }, check);

    private static void Play(int seed, Action<TestRoom> before, Action<TestRoom, IReadOnlyList<Sent>> check)
    {
        var dialogue = new RandomAdministration(seed);
        var room = RandomAdministration.Open();
        for (var i = 0; i < Steps; i++)
        {
            before(room);
            check(room, dialogue.Step(room));
        }
    }
}
