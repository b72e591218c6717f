using Microsoft.Extensions.DependencyInjection;
using MucGen.Server.Cli;
using MucGen.Server.Configuration;
using MucGen.Server.Rooms;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Storage;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>Temporary rooms that a restart leaves behind wait for somebody, but not for ever; nobody has to load them for that.</summary>
public sealed class RoomExpiryTests : IDisposable
{
    private const string Join = "<x xmlns='http://jabber.org/protocol/muc'/></presence>";

    private static readonly TimeSpan Lifetime = new RoomOptions().EmptyTime;

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_room_that_nobody_comes_back_to_ends_when_its_time_is_over()
    {
        await LeaveBehindAsync();
        await using var server = Start();
        var rooms = server.Services.GetRequiredService<RoomHost>();
        time.Advance(Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(0, rooms.Count);
        Assert.Equal(["kept", "left"], await RoomsAsync(server));

        time.Advance(TimeSpan.FromSeconds(1));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await RoomsAsync(server)).Length > 1)
            patience.Token.ThrowIfCancellationRequested();
        Assert.Equal(["kept"], await RoomsAsync(server));
    }

    [Fact]
    public async Task The_time_in_which_nobody_could_come_back_does_not_count()
    {
        await LeaveBehindAsync();
        time.Advance(Lifetime * 2);
        await using var server = Start();
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync("<presence to='left@conference.localhost/Romeo'>" + Join, "<subject/>");
        Assert.DoesNotContain("<status code='201'/>", romeo.Sent, StringComparison.Ordinal);
        time.Advance(Lifetime);
        Assert.Contains("left", await RoomsAsync(server));
    }

    [Fact] // XEP-0045 10.9: what a destroyed room leaves is on disk, in no list, and not for ever
    [Proves("muc-10.9-14")]
    public async Task What_is_left_of_a_destroyed_room_outlasts_a_restart_and_ends_without_anybody_coming()
    {
        await using (var first = Start())
        {
            var romeo = await first.LoginAsync("romeo");
            await romeo.SayAsync("<presence to='moved@conference.localhost/Romeo'>" + Join, "<subject/>");
            await romeo.SayAsync(Owner("<x xmlns='jabber:x:data' type='submit'><field var='{urn:mucgen:muc}leaves_tombstone'><value>1</value></field></x>"), "type='result'");
            await romeo.SayAsync(Owner("<destroy jid='heath@conference.localhost'/>"), "type='result'");
            await first.Services.GetRequiredService<RoomHost>().StopAsync(CancellationToken.None);
        }

        await using var server = Start();
        Assert.Empty(await server.Services.GetRequiredService<IRoomAdministration>().ListAsync(CancellationToken.None));
        var juliet = await server.LoginAsync("juliet");
        await juliet.SayAsync("<presence to='moved@conference.localhost/Juliet'>" + Join, ">xmpp:heath@conference.localhost?join</gone>");
        Assert.Equal(["moved"], await RoomsAsync(server));

        time.Advance(TimeSpan.FromDays(new RoomOptions().TombstoneDays));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await RoomsAsync(server)).Length > 0)
            patience.Token.ThrowIfCancellationRequested();
    }

    private static string Owner(string content) =>
        $"<iq to='moved@conference.localhost' type='set' id='o'><query xmlns='http://jabber.org/protocol/muc#owner'>{content}</query></iq>";

    private ServerInMemory Start()
    {
        var server = new ServerInMemory(new MucGenOptions(), time, folder);
        server.Services.GetRequiredService<RoomHost>().Start();
        return server;
    }

    /// <summary>A persistent room and a temporary one, both with somebody in them when the process dies.</summary>
    private async Task LeaveBehindAsync()
    {
        await using var server = new ServerInMemory(new MucGenOptions(), time, folder);
        var romeo = await server.LoginAsync("romeo");
        foreach (var (room, persistent) in new[] { ("kept", 1), ("left", 0) })
        {
            await romeo.SayAsync($"<presence to='{room}@conference.localhost/Romeo'>{Join}", "<subject/>");
            await romeo.SayAsync(
                $"<iq to='{room}@conference.localhost' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
                + $"<field var='muc#roomconfig_persistentroom'><value>{persistent}</value></field></x></query></iq>",
                "type='result'");
        }
        await server.Services.GetRequiredService<RoomHost>().StopAsync(CancellationToken.None);
    }

    private static async Task<string[]> RoomsAsync(ServerInMemory server) =>
        [.. (await server.Services.GetRequiredService<IRoomJournal>().ListAsync(CancellationToken.None)).Select(static room => room.Address.Local!)];
}
