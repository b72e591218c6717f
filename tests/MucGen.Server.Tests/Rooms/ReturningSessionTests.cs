using MucGen.Rooms.Journal;
using MucGen.Server.Sessions;
using MucGen.Server.Tests.Support;
using MucGen.Xml;

namespace MucGen.Server.Tests.Rooms;

/// <summary>Whoever comes back under the address that they had before is somebody new to the rooms: nothing for the old session reaches the new one.</summary>
public sealed class ReturningSessionTests : IDisposable
{
    private static readonly Jid Desk = Jid.Parse("user@localhost/desk");

    private readonly HostedRoom scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task An_address_is_free_when_the_rooms_are_done_with_its_last_session()
    {
        var (old, session) = await BindAsync();
        scene.Journal.Hold();
        Assert.True(session.Rooms.TryAsk(HostedRoom.Address));
        await scene.SendAsync(old, HostedRoom.Join("Romeo"));
        await scene.Journal.Asked.WaitAsync(TimeSpan.FromSeconds(20)); // the room has decided, and waits for the disk
        var leaving = scene.Binder.ReleaseAsync(session).AsTask();

        var young = scene.Peer(Desk.ToString());
        var binding = scene.Binder.BindAsync(Desk, null, young, CancellationToken.None).AsTask();
        Assert.False(binding.IsCompleted);
        Assert.False(scene.Sessions.TryFind(Desk, out _));

        scene.Journal.Commit();
        Assert.NotNull(await binding.WaitAsync(TimeSpan.FromSeconds(20)));
        await leaving;
        Assert.Equal("", young.Sent);
    }

    [Fact]
    public async Task An_address_is_not_free_while_something_is_held_back_for_a_session_that_has_left()
    {
        var (old, session) = await BindAsync();
        Assert.True(session.Rooms.TryAsk(HostedRoom.Address));
        await scene.SendAsync(old, HostedRoom.Join("Romeo"));
        await HostedRoom.UntilAsync(() => old.Sent.Contains("<subject/>", StringComparison.Ordinal));

        var decided = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Journal.FailOn(change => change is RoomDestroyed && !decided.TrySetResult()); // it fails on nothing, and says when it is asked
        scene.Journal.Hold();
        await scene.SendAsync(old, $"<presence type='unavailable' to='{HostedRoom.Address}/Romeo'/>"); // the room was new, and ends with that
        await decided.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var leaving = scene.Binder.ReleaseAsync(session).AsTask();

        var young = scene.Peer(Desk.ToString());
        var binding = scene.Binder.BindAsync(Desk, null, young, CancellationToken.None).AsTask();
        Assert.False(binding.IsCompleted);

        scene.Journal.Commit();
        Assert.NotNull(await binding.WaitAsync(TimeSpan.FromSeconds(20)));
        await leaving;
        Assert.Equal("", young.Sent);
    }

    [Fact]
    public async Task A_room_that_fails_holds_no_address()
    {
        var (old, session) = await BindAsync();
        scene.Journal.Fail(reads: true);
        Assert.True(session.Rooms.TryAsk(HostedRoom.Address));
        await scene.SendAsync(old, HostedRoom.Join("Romeo"));
        await scene.Binder.ReleaseAsync(session).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.NotNull(await scene.Binder.BindAsync(Desk, null, scene.Peer(Desk.ToString()), CancellationToken.None));
    }

    private async Task<(RoomPeer Peer, Session Session)> BindAsync()
    {
        var peer = scene.Peer(Desk.ToString());
        var session = await scene.Binder.BindAsync(Desk, null, peer, CancellationToken.None);
        return (peer, session!);
    }
}
