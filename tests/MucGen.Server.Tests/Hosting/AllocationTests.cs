using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MucGen.Server.Configuration;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Hosting;

/// <summary>Tests that nothing else of this process disturbs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// Relaying makes no objects, on the whole way: read, tokenise, route, decide, write to the journal's file, fan out, send. Sockets are
/// the framework's, so the ends of the way are in memory.
/// </summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Occupants = 10;
    private const int Burst = 50;
    private const int BurstsPerCommit = 20;
    private const int Messages = 5000;
    private const int Rounds = 10;
    private const string Room = "room@conference.localhost";

    // Every thread of the process is counted, those of the test too. What the runtime itself makes now and then is no object for each
    // message: the best of a few rounds stays below one byte a message, while a single object in the way costs at least 24 in each.
    [Theory] // figures to hold: bytes allocated per relayed stanza
    [InlineData("0")]
    [InlineData("1")] // archived
    public async Task A_relayed_message_allocates_nothing_once_warm(string isLogged)
    {
        // Writing the whole state of a room, once in many events, is not a part of relaying.
        await using var server = new ServerInMemory(new MucGenOptions { Storage = new StorageOptions { EventsPerSnapshot = 1_000_000 } });
        var arrivals = new Arrivals((byte)'~');
        var sender = await EnterAsync(server, arrivals, isLogged);
        var message = Encoding.UTF8.GetBytes(
            $"<message to='{Room}' type='groupchat' id='x1' xml:lang='en'><body>~ Wherefore art thou &amp; where?</body>"
            + "<origin-id xmlns='urn:xmpp:sid:0' id='x1'/><active xmlns='http://jabber.org/protocol/chatstates'/></message>");

        var journal = server.Services.GetRequiredService<IRoomJournal>();
        var arrived = await RelayAsync(sender, message, arrivals, 0, journal);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least >= Messages; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            arrived = await RelayAsync(sender, message, arrivals, arrived, journal);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least / Messages);
    }

    private static async Task<PipeWire> EnterAsync(ServerInMemory server, Arrivals arrivals, string isLogged)
    {
        var wires = new List<PipeWire>();
        for (var i = 0; i < Occupants; i++)
        {
            var wire = await server.LoginAsync($"user{i}");
            await wire.SayAsync($"<presence to='{Room}/nick{i}'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
            if (i == 0)
                await wire.SayAsync($"<iq to='{Room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>{Logging(isLogged)}</x></query></iq>", "type='result'");
            wires.Add(wire);
        }
        foreach (var wire in wires)
        {
            await wire.HearAsync($"{Room}/nick{Occupants - 1}");
            wire.Counting = arrivals;
        }
        return wires[0];
    }

    private static string Logging(string isLogged) =>
        "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
        + $"<field var='muc#roomconfig_enablelogging'><value>{isLogged}</value></field>";

    /// <summary>Sends bursts, each when the last one has arrived. The disk may be slow, so now and then it is waited for: buffers reach a size and keep it.</summary>
    private static async Task<long> RelayAsync(PipeWire sender, byte[] message, Arrivals arrivals, long arrived, IRoomJournal journal)
    {
        for (var burst = 1; burst <= Messages / Burst; burst++)
        {
            for (var i = 0; i < Burst; i++)
                sender.Write(message);
            arrived += Burst * Occupants;
            arrivals.WaitFor(arrived);
            if (burst % BurstsPerCommit == 0)
                await journal.CommittedAsync();
        }
        return arrived;
    }
}
