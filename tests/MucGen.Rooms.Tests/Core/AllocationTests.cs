using System.Globalization;
using MucGen.Protocol;
using MucGen.Rooms.Tests.Administration;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Tests that share pools with no other test while they run.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Relaying costs no object in steady state: nothing is left to collect, whatever the room's size.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Deciding_a_groupchat_message_allocates_nothing_once_warm(bool isWatched, bool isArchived)
    {
        var room = isWatched ? Watched() : new TestRoom();
        for (var i = 0; i < 100; i++)
        {
            room.Join($"user{i}@users.example/a", string.Create(CultureInfo.InvariantCulture, $"nick{i}"));
            if (i == 0)
                room.Configure(new RoomConfig { IsLogged = isArchived });
        }
        var turn = new RoomTurn(new RandomIds());
        var from = Jid.Parse("user7@users.example/a");
        using var stanza = Stanza.Parse(
            "<message to='room@conference.localhost' type='groupchat' id='x1' xml:lang='en'><body>Wherefore art thou &amp; where?</body>"
            + "<origin-id xmlns='urn:xmpp:sid:0' id='x1'/><active xmlns='http://jabber.org/protocol/chatstates'/></message>",
            ProtocolNames.Instance);
        var input = RoomInput.OfStanza(stanza, from, TestRoom.Address);

        Relay(turn, room, input, 500);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Relay(turn, room, input, 1000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    // With every limit that counts, none of which is reached, a rule to try, and much to wait for.
    private static TestRoom Watched()
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with
        {
            Rates = new RateLimits { MessagesPerPerson = 1_000_000, MessagesPerRoom = 1_000_000, PresencesPerPerson = 1_000_000, PresencesPerRoom = 1_000_000 },
        });
        room.Ban("spam*@*", TimeSpan.FromDays(1));
        room.Mute("spam@users.example", TimeSpan.FromDays(1));
        return room;
    }

    // One turn after the other, and after each what a host does: journal, send, release.
    private static void Relay(RoomTurn turn, TestRoom room, in RoomInput input, int times)
    {
        for (var i = 0; i < times; i++)
        {
            turn.Begin(room.Room, room.Now);
            RoomRules.Decide(turn, input);
            if (turn.Deliveries.Count != 100 || turn.Events.Count != 1)
                throw new InvalidOperationException("The message was not relayed.");
            turn.Discard();
        }
    }
}
