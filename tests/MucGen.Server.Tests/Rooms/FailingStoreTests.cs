using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>
/// A reserved nick stays reserved while the store errs: nobody is let in under it, and nothing is confirmed that is not on disk (XEP-0045 7.10).
/// </summary>
public sealed class FailingStoreTests : IDisposable
{
    private const string Register = "<x xmlns='jabber:x:data' type='submit'><field var='muc#register_roomnick'><value>Juliet</value></field></x>";

    private readonly HostedRoom scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Nobody_takes_a_reserved_nick_from_a_room_that_cannot_be_read()
    {
        var (juliet, rosaline) = await ReservedAsync();
        await CrashAsync(juliet, "<remove/>", reads: true); // the actor ends with the store, and nothing can load the room again
        await RepeatAsync(() => JoinAsync(rosaline), () => rosaline.Sent.Contains("<internal-server-error ", StringComparison.Ordinal));
        Assert.DoesNotContain("code='110'", rosaline.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_that_the_store_did_not_take_frees_nothing()
    {
        var (juliet, rosaline) = await ReservedAsync();
        var before = juliet.Sent;
        await CrashAsync(juliet, "<remove/>");
        Assert.Equal(before, juliet.Sent); // no result
        scene.Journal.Mend();
        await RepeatAsync(() => JoinAsync(rosaline), () => rosaline.Sent.Contains("<conflict ", StringComparison.Ordinal));
        Assert.DoesNotContain("code='110'", rosaline.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_that_the_store_did_not_take_is_not_confirmed()
    {
        var juliet = scene.Bind("user2@localhost/a");
        await CreateAsync();
        await CrashAsync(juliet, Register);
        Assert.DoesNotContain("type='result'", juliet.Sent, StringComparison.Ordinal);
        scene.Journal.Mend();
        await RepeatAsync(
            () => scene.SendAsync(juliet, $"<iq to='{HostedRoom.Address}' type='get' id='g'><query xmlns='jabber:iq:register'/></iq>"),
            () => juliet.Sent.Contains("id='g'", StringComparison.Ordinal));
        Assert.DoesNotContain("<registered", juliet.Sent, StringComparison.Ordinal);
    }

    private async Task<(RoomPeer Juliet, RoomPeer Rosaline)> ReservedAsync()
    {
        var juliet = scene.Bind("user2@localhost/a");
        await CreateAsync();
        await scene.SendAsync(juliet, Iq(Register));
        await HostedRoom.UntilAsync(() => juliet.Sent.Contains("type='result'", StringComparison.Ordinal));
        return (juliet, scene.Bind("user3@localhost/a"));
    }

    private async Task CreateAsync()
    {
        var romeo = scene.Bind("user@localhost/a");
        await scene.SendAsync(romeo, HostedRoom.Join("Romeo"));
        await scene.SendAsync(
            romeo,
            $"<iq to='{HostedRoom.Address}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='muc#roomconfig_persistentroom'><value>1</value></field></x></query></iq>");
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("type='result'", StringComparison.Ordinal));
    }

    /// <summary>Sends a request about registration that the store does not take.</summary>
    private async Task CrashAsync(RoomPeer peer, string content, bool reads = false)
    {
        scene.Journal.Fail(reads);
        await scene.SendAsync(peer, Iq(content));
        await HostedRoom.UntilAsync(() => scene.StorageFailures >= 1);
    }

    private Task JoinAsync(RoomPeer peer) => scene.SendAsync(peer, HostedRoom.Join("Juliet"));

    private static string Iq(string content) => $"<iq to='{HostedRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'>{content}</query></iq>";

    /// <summary>Sends until it has an effect: what reaches an actor that is just failing is lost with it.</summary>
    private static async Task RepeatAsync(Func<Task> send, Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await send();
            await Task.Yield();
        }
    }
}
