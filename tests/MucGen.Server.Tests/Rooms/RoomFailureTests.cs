using MucGen.Rooms.Journal;
using MucGen.Server.Rooms;
using MucGen.Server.Tests.Support;
using MucGen.Xml;

namespace MucGen.Server.Tests.Rooms;

/// <summary>A room that fails, by a defect of the server, loses nothing of what it was still to be told, and says so of what it failed on.</summary>
public sealed class RoomFailureTests : IDisposable
{
    private static readonly Jid Juliet = Jid.Parse("user2@localhost");

    private readonly HostedRoom scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_stanza_on_which_the_room_fails_is_refused_and_everybody_enters_anew()
    {
        var romeo = await OwnAsync();
        var juliet = await scene.JoinAsync($"{Juliet}/a", "Juliet");
        await FailAsync(romeo);
        foreach (var peer in new[] { romeo, juliet })
            await HostedRoom.UntilAsync(() => peer.Sent.Contains("<status code='333'/>", StringComparison.Ordinal));
        Assert.Contains("<internal-server-error ", romeo.Sent, StringComparison.Ordinal);
        Assert.DoesNotContain("fails", juliet.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destroy_that_waits_meanwhile_is_carried_out()
    {
        var romeo = await OwnAsync();
        scene.Pause();
        await FailAsync(romeo);
        var destroying = scene.Host.DestroyAsync(HostedRoom.Address, "over", null, CancellationToken.None);
        scene.Resume();
        await destroying.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(scene.Journal.HasDeleted(HostedRoom.Address));
    }

    [Fact]
    public async Task A_destroy_on_which_the_room_fails_is_said_to_have_failed()
    {
        await OwnAsync();
        scene.Journal.FailOn(static change => change is RoomDestroyed);
        var failure = await Assert.ThrowsAsync<RoomFailedException>(() => scene.Host.DestroyAsync(HostedRoom.Address, "over", null, CancellationToken.None));
        Assert.Contains(HostedRoom.Address.ToString(), failure.Message, StringComparison.Ordinal);

        var juliet = await scene.JoinAsync($"{Juliet}/a", "Juliet");
        Assert.DoesNotContain("<status code='201'/>", juliet.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_account_is_forgotten_all_the_same()
    {
        var romeo = await OwnAsync();
        await scene.SendAsync(romeo, Admin("set", "grant", $"<item jid='{Juliet}' affiliation='member'/>"));
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("id='grant'", StringComparison.Ordinal));
        scene.Pause();
        await FailAsync(romeo);
        var forgetting = scene.Host.ForgetAccountAsync(Juliet, CancellationToken.None).AsTask();
        scene.Resume();
        await forgetting.WaitAsync(TimeSpan.FromSeconds(20));

        await scene.SendAsync(romeo, Admin("get", "list", "<item affiliation='member'/>"));
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("id='list'", StringComparison.Ordinal));
        Assert.DoesNotContain($"jid='{Juliet}'", romeo.Sent[romeo.Sent.IndexOf("id='list'", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_not_held_up()
    {
        var romeo = await OwnAsync();
        scene.Pause();
        await FailAsync(romeo);
        var stopping = scene.Host.StopAsync(CancellationToken.None);
        scene.Resume();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("<status code='333'/>", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_cannot_be_loaded_answers_everybody()
    {
        scene.Journal.Fail(reads: true);
        await Assert.ThrowsAsync<RoomFailedException>(() => scene.Host.DestroyAsync(HostedRoom.Address, null, null, CancellationToken.None));
        var romeo = scene.Bind("user@localhost/a");
        await scene.SendAsync(romeo, HostedRoom.Join("Romeo"));
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("<internal-server-error ", StringComparison.Ordinal));
    }

    private async Task<RoomPeer> OwnAsync()
    {
        var romeo = await scene.JoinAsync("user@localhost/a", "Romeo");
        await scene.ConfigureAsync(romeo, "muc#roomconfig_persistentroom", "1");
        return romeo;
    }

    /// <summary>Sends what the room fails on.</summary>
    private Task FailAsync(RoomPeer peer)
    {
        scene.Journal.FailOn(static change => change is SubjectChanged);
        return scene.SendAsync(peer, $"<message to='{HostedRoom.Address}' type='groupchat' id='s'><subject>fails</subject></message>");
    }

    private static string Admin(string type, string id, string item) =>
        $"<iq to='{HostedRoom.Address}' type='{type}' id='{id}'><query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query></iq>";
}
