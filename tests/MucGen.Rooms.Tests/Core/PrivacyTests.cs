using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Whatever clients do, nobody learns an address that is not for them, and nothing leaves in anybody else's name.</summary>
public sealed class PrivacyTests
{
    // muc-7.2.4-03, muc-7.2.4-06, muc-17.3-10, muc-17.4-04, muc-17.4-05
    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    public void No_delivery_names_somebody_whom_its_recipient_may_not_know(int seed)
    {
        var dialogue = new RandomDialogue(seed);
        var room = new TestRoom();
        for (var step = 0; step < 200; step++)
        {
            // Whether somebody may know is a question of the moment at which it is sent, so both sides of the turn count.
            var before = Entitled(room.Room);
            var sent = dialogue.Step(room);
            var after = Entitled(room.Room);
            foreach (var stanza in sent)
            {
                Assert.Equal(TestRoom.Address, stanza.From.Bare);
                if (before.Contains(stanza.To.Bare) || after.Contains(stanza.To.Bare))
                    continue;
                var others = stanza.Xml.Replace(stanza.To.Bare.ToString(), "", StringComparison.Ordinal);
                Assert.DoesNotContain("@users.example", others, StringComparison.Ordinal);
            }
        }
        Assert.Equal(0, room.Withheld);
    }

    // design 5: the last gate does not depend on the rules being right
    [Fact]
    public void The_last_gate_withholds_what_a_rule_should_never_have_sent()
    {
        var room = new TestRoom();
        room.Join("romeo@users.example/a", "Romeo");
        room.Configure(new RoomConfig());
        room.Join("juliet@users.example/a", "Juliet");
        var turn = new RoomTurn(new RandomIds());
        turn.Begin(room.Room, room.Now);

        using var telling = Payload.Copy("<message from='room@conference.localhost'/>"u8, TestRoom.Address);
        telling.Seal(TestRoom.Address, reveals: Jid.Parse("romeo@users.example"));
        using var foreign = Payload.Copy("<message from='tybalt@users.example'/>"u8, Jid.Parse("tybalt@users.example"));
        turn.Send(telling, Jid.Parse("juliet@users.example/a"));
        turn.Send(foreign, Jid.Parse("romeo@users.example/a"));
        Assert.Empty(turn.Deliveries);
        Assert.Equal(2, turn.Withheld);

        turn.Send(telling, Jid.Parse("romeo@users.example/a"));
        Assert.Single(turn.Deliveries);
        turn.Discard();
    }

    private static HashSet<Jid> Entitled(Room room)
    {
        var entitled = room.Occupants.All
            .Where(occupant => room.Config.IsNonAnonymous || occupant.Role == MucRole.Moderator)
            .Select(occupant => occupant.BareJid).ToHashSet();
        entitled.UnionWith(room.Affiliations.All.Where(entry => entry.Affiliation >= MucAffiliation.Admin).Select(entry => entry.BareJid));
        return entitled;
    }
}
