using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>What holds for registration whatever users and admins ask for, in whatever order; the arrows are those of <see cref="RegistrationRules"/>.</summary>
public sealed class RegistrationProperties
{
    private const int Steps = 200;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_nick_and_its_look_alikes_have_one_holder(int seed) => Play(seed, (scene, _, _, _) =>
    {
        var holders = scene.Room.Room.Affiliations.All.Where(entry => entry.Nick is not null).ToList();
        for (var i = 0; i < holders.Count; i++)
        {
            for (var j = i + 1; j < holders.Count; j++)
                Assert.False(NickSkeleton.AreAlike(holders[i].Nick!, holders[j].Nick!), $"{holders[i]} and {holders[j]}");
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nobody_is_there_under_what_is_reserved_for_another(int seed) => Play(seed, (scene, _, _, _) =>
    {
        foreach (var occupant in scene.Room.Room.Occupants.All)
        {
            foreach (var entry in scene.Room.Room.Affiliations.All.Where(entry => entry.Nick is not null && !entry.BareJid.Equals(occupant.BareJid)))
                Assert.False(NickSkeleton.AreAlike(entry.Nick!, occupant.Nick), $"{occupant} has the nick of {entry}");
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Outcasts_are_never_registered_and_members_never_wait(int seed) => Play(seed, (scene, _, _, _) =>
    {
        var room = scene.Room.Room;
        Assert.All(room.Affiliations.All.Where(entry => entry.Nick is not null), entry => Assert.True(entry.Affiliation >= MucAffiliation.Member));
        Assert.All(room.PendingRegistrations, request => Assert.Equal(MucAffiliation.None, room.AffiliationOf(request.BareJid)));
        Assert.Equal(room.PendingRegistrations.Count, room.PendingRegistrations.Select(request => request.BareJid).Distinct().Count());
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_room_that_locks_nicks_has_nobody_under_another(int seed) => Play(seed, (scene, _, _, _) =>
    {
        foreach (var occupant in scene.Room.Room.Occupants.All)
        {
            if (LockedNicks.NickFor(scene.Room.Room, occupant.BareJid) is { } nick)
                Assert.Equal(nick, occupant.Nick);
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_request_moves_its_person_along_an_arrow(int seed) => Play(seed, (scene, act, before, sent) =>
    {
        if (act.Subject is null || act.Kind == RegistrationActKind.Other)
            return;
        var after = RegistrationRules.StateOf(scene.Room.Room, Jid.Parse(act.Subject));
        var was = before.States.GetValueOrDefault(act.Subject, after);
        Assert.True(was == after || Arrows(act.Kind).Contains((was, after)), $"{act}: {was} to {after}");
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_request_is_decided_once(int seed) => Play(seed, (scene, act, before, sent) =>
    {
        if (act.Kind is not (RegistrationActKind.Approve or RegistrationActKind.Refuse))
            return;
        var isDecided = !IsRefused(sent);
        var wasWaiting = act.Subject is not null && before.States.GetValueOrDefault(act.Subject) == RegistrationState.Waiting;
        Assert.True(wasWaiting || !isDecided, $"{act} was decided, though nobody waited");
        if (isDecided)
            Assert.NotEqual(RegistrationState.Waiting, RegistrationRules.StateOf(scene.Room.Room, Jid.Parse(act.Subject!)));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whoever_is_refused_has_changed_nothing(int seed) => Play(seed, (scene, act, before, sent) =>
    {
        if (act.Kind != RegistrationActKind.Other && IsRefused(sent))
            Assert.Equal(before.State, TestRoom.StateOf(scene.Room.Room));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_journal_gives_the_same_state_from_anywhere(int seed)
    {
        var dialogue = new RandomRegistration(seed);
        var scene = RandomRegistration.Open();
        string? kept = null;
        var since = 0;
        for (var i = 0; i < Steps; i++)
        {
            dialogue.Step(scene);
            if (i == Steps / 2)
                (kept, since) = (TestRoom.StateOf(scene.Room.Room), scene.Room.Journal.Count);
        }
        var replayed = new Room(TestRoom.Address, scene.Room.Policy);
        TestRoom.Apply(replayed, scene.Room.Journal);
        Assert.Equal(TestRoom.StateOf(scene.Room.Room), TestRoom.StateOf(replayed));
        var continued = JsonSerializer.Deserialize(kept!, JournalJson.Snapshot)!.ToRoom(TestRoom.Address, scene.Room.Policy);
        TestRoom.Apply(continued, scene.Room.Journal.Skip(since));
        Assert.Equal(TestRoom.StateOf(scene.Room.Room), TestRoom.StateOf(continued));
        Assert.Equal(0, scene.Room.Withheld);
    }

    [Fact]
    public void The_dialogues_reach_every_state_and_every_decision()
    {
        var states = new HashSet<RegistrationState>();
        var decisions = new HashSet<RegistrationActKind>();
        foreach (var seed in Enumerable.Range(1, 10))
        {
            Play(seed, (scene, act, before, sent) =>
            {
                states.UnionWith(before.States.Values);
                if (!IsRefused(sent))
                    decisions.Add(act.Kind);
            });
        }
        Assert.Equal(Enum.GetValues<RegistrationState>().Order(), states.Order());
        Assert.Equal(Enum.GetValues<RegistrationActKind>().Order(), decisions.Order());
    }

    // The columns of the table in RegistrationRules, without the entries that stay where they are.
    private static (RegistrationState, RegistrationState)[] Arrows(RegistrationActKind kind) => kind switch
    {
        RegistrationActKind.Register =>
        [
            (RegistrationState.Outsider, RegistrationState.Registered), (RegistrationState.Outsider, RegistrationState.Waiting),
            (RegistrationState.Waiting, RegistrationState.Registered), (RegistrationState.Listed, RegistrationState.Registered),
        ],
        RegistrationActKind.Remove =>
        [
            (RegistrationState.Waiting, RegistrationState.Outsider), (RegistrationState.Listed, RegistrationState.Outsider),
            (RegistrationState.Registered, RegistrationState.Outsider), (RegistrationState.Registered, RegistrationState.Listed),
            (RegistrationState.Registered, RegistrationState.Banned), (RegistrationState.Listed, RegistrationState.Banned), // a ban of the domain stood behind the entry
        ],
        RegistrationActKind.Approve => [(RegistrationState.Waiting, RegistrationState.Registered)],
        RegistrationActKind.Refuse => [(RegistrationState.Waiting, RegistrationState.Outsider)],
        _ =>
        [
            .. from was in Enum.GetValues<RegistrationState>()
            from after in Enum.GetValues<RegistrationState>()
            where after != RegistrationState.Waiting
            select (was, after),
        ],
    };

    private static bool IsRefused(IReadOnlyList<Sent> sent) => sent.Any(stanza => stanza.Xml.Contains(" type='error'", StringComparison.Ordinal));

    private static void Play(int seed, Action<RegistrationScene, RegistrationAct, Before, IReadOnlyList<Sent>> check)
    {
        var dialogue = new RandomRegistration(seed);
        var scene = RandomRegistration.Open();
        for (var i = 0; i < Steps; i++)
        {
            var before = Before.Of(scene.Room.Room);
            var (act, sent) = dialogue.Step(scene);
            check(scene, act, before, sent);
        }
    }

    /// <summary>The room before a step.</summary>
    private sealed record Before(string? State, Dictionary<string, RegistrationState> States)
    {
        public static Before Of(Room room)
        {
            string[] people = ["juliet@capulet.example", "nurse@capulet.example", "tybalt@capulet.example", "rosaline@capulet.example"];
            return new Before(TestRoom.StateOf(room), people.ToDictionary(jid => jid, jid => RegistrationRules.StateOf(room, Jid.Parse(jid)), StringComparer.Ordinal));
        }
    }
}
