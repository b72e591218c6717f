using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MucGen.Server.Configuration;
using MucGen.Server.Rooms;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Storage;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>A ban with an end outlives the process and the room's stay in memory, and ends on time.</summary>
public sealed class RoomSanctionTests : IDisposable
{
    private const string Room = "garden@conference.localhost";
    private const string Join = "<x xmlns='http://jabber.org/protocol/muc'/></presence>";

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_ban_and_its_end_outlive_the_process()
    {
        await using (var server = Start())
        {
            await BanAsync(await server.LoginAsync("romeo"));
            await Rooms(server).StopAsync(CancellationToken.None);
        }
        time.Advance(TimeSpan.FromMinutes(59));
        await using (var server = Start())
        {
            var juliet = await server.LoginAsync("juliet");
            await juliet.SayAsync($"<presence to='{Room}/Juliet'>{Join}", "<forbidden");
            await Rooms(server).StopAsync(CancellationToken.None);
        }
        time.Advance(TimeSpan.FromMinutes(1));
        await using (var server = Start())
        {
            var juliet = await server.LoginAsync("juliet");
            await juliet.SayAsync($"<presence to='{Room}/Juliet'>{Join}", "<subject/>");
        }
    }

    [Fact]
    public async Task A_room_that_only_waits_for_the_end_of_a_ban_leaves_memory()
    {
        await using var server = Start();
        var romeo = await server.LoginAsync("romeo");
        await BanAsync(romeo);
        await romeo.SayAsync($"<presence to='{Room}/Romeo' type='unavailable'/>", "type='unavailable'");
        time.Advance(TimeSpan.FromMinutes(6));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Rooms(server).Count > 0)
        {
            Rooms(server).Sweep();
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task BanAsync(PipeWire owner)
    {
        await owner.SayAsync($"<presence to='{Room}/Romeo'>{Join}", "<subject/>");
        await owner.SayAsync(
            $"<iq to='{Room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
            + "<field var='muc#roomconfig_persistentroom'><value>1</value></field></x></query></iq>",
            "type='result'");
        await owner.SayAsync($"<iq to='{Room}' type='set' id='b1'><command xmlns='http://jabber.org/protocol/commands' node='ban'/></iq>", "</command></iq>");
        var session = Regex.Match(owner.Sent, "sessionid='([^']*)'").Groups[1].Value;
        await owner.SayAsync(
            $"<iq to='{Room}' type='set' id='b2'><command xmlns='http://jabber.org/protocol/commands' node='ban' sessionid='{session}'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='target'><value>juliet@*</value></field><field var='minutes'><value>60</value></field></x></command></iq>",
            "status='completed'");
    }

    private static RoomHost Rooms(ServerInMemory server) => server.Services.GetRequiredService<RoomHost>();

    private ServerInMemory Start() => new(new MucGenOptions(), time, folder);
}
