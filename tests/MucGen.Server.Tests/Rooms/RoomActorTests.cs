using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Rooms;

/// <summary>Rooms as actors: the disk before the confirmation, no ghosts, and out of memory when nobody needs them.</summary>
public sealed class RoomActorTests : IDisposable
{
    private readonly HostedRoom scene = new();

    public void Dispose() => scene.Dispose();

    [Fact] // what is confirmed is on disk (design section 5)
    public async Task A_confirmation_waits_for_the_disk()
    {
        var romeo = scene.Bind("user@localhost/a");
        scene.Journal.Hold();
        await scene.SendAsync(romeo, HostedRoom.Join("Romeo"));
        await scene.Journal.Asked.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("", romeo.Sent);
        scene.Journal.Commit();
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("<status code='201'/>", StringComparison.Ordinal));
    }

    [Fact] // a session that ended while its presence waited leaves nobody behind
    public async Task A_session_that_ended_before_it_joined_is_no_ghost()
    {
        var romeo = scene.Bind("user@localhost/a");
        scene.Sessions.Remove(romeo.Session);
        await scene.SendAsync(romeo, HostedRoom.Join("Romeo"));
        await HostedRoom.UntilAsync(() => scene.Journal.HasDeleted(HostedRoom.Address) && scene.Host.Count == 0);
    }

    [Fact]
    public async Task A_session_knows_its_rooms()
    {
        var romeo = await scene.JoinAsync("user@localhost/a", "Romeo");
        Assert.Equal([HostedRoom.Address], romeo.Session.Rooms.ToArray());
        await scene.SendAsync(romeo, "<presence to='room@conference.localhost/Romeo' type='unavailable'/>");
        await HostedRoom.UntilAsync(() => romeo.Session.Rooms.ToArray().Length == 0);
    }

    [Fact] // XEP-0045 10.9: a temporary room goes with its last occupant, from memory and disk
    public async Task An_empty_temporary_room_is_gone_and_may_be_made_again()
    {
        var romeo = await scene.JoinAsync("user@localhost/a", "Romeo");
        await scene.Host.PostAsync(HostedRoom.Address, RoomInput.SessionGone(romeo.Session.FullJid), CancellationToken.None);
        await HostedRoom.UntilAsync(() => scene.Journal.HasDeleted(HostedRoom.Address) && scene.Host.Count == 0);
        var juliet = await scene.JoinAsync("user2@localhost/b", "Juliet");
        Assert.Contains("<status code='201'/>", juliet.Sent, StringComparison.Ordinal);
    }

    [Fact] // XEP-0045 11.2
    public async Task A_stop_is_told_before_it_returns()
    {
        var romeo = await scene.JoinAsync("user@localhost/a", "Romeo");
        await scene.Host.StopAsync(CancellationToken.None);
        Assert.Contains("<status code='332'/>", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact] // order and one flush: a batch leaves in the order of its inputs
    public async Task Messages_arrive_in_their_order()
    {
        var romeo = await scene.JoinAsync("user@localhost/a", "Romeo");
        await scene.SendAsync(romeo, "<iq id='c' to='room@conference.localhost' type='set'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>");
        for (var i = 0; i < 200; i++)
            await scene.SendAsync(romeo, $"<message to='room@conference.localhost' type='groupchat' id='m{i}'><body>{i}</body></message>");
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("<body>199</body>", StringComparison.Ordinal));
        var positions = Enumerable.Range(0, 200).Select(i => romeo.Sent.IndexOf($"<body>{i}</body>", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact] // an archive that fails is told as a failure
    public async Task A_store_that_fails_is_told_to_who_asked()
    {
        var romeo = await JoinLoggedAsync();
        scene.Archive.Answer = Task.FromException<ArchivePage>(new StorageFailedException("no disk"));
        await scene.SendAsync(romeo, "<iq id='q1' to='room@conference.localhost' type='set'><query xmlns='urn:xmpp:mam:2'/></iq>");
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("<internal-server-error", StringComparison.Ordinal));
        Assert.DoesNotContain("<fin", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact] // reading the archive holds nobody up
    public async Task The_room_goes_on_while_its_archive_is_read()
    {
        var romeo = await JoinLoggedAsync();
        var answer = new TaskCompletionSource<ArchivePage>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Archive.Answer = answer.Task;
        await scene.SendAsync(romeo, "<iq id='q1' to='room@conference.localhost' type='set'><query xmlns='urn:xmpp:mam:2'/></iq>");
        await scene.SendAsync(romeo, "<message to='room@conference.localhost' type='groupchat' id='m1'><body>Meanwhile</body></message>");
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("Meanwhile", StringComparison.Ordinal));
        Assert.DoesNotContain("<fin", romeo.Sent, StringComparison.Ordinal);
        answer.SetResult(new ArchivePage([], true));
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("<fin", StringComparison.Ordinal));
    }

    [Fact] // but a question that holds the room is answered before anything else
    public async Task A_purge_is_done_before_what_comes_behind_it()
    {
        var romeo = await JoinLoggedAsync();
        await scene.SendAsync(romeo, "<iq id='c1' to='room@conference.localhost' type='set'><command xmlns='http://jabber.org/protocol/commands' node='urn:mucgen:purge'/></iq>");
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("sessionid='", StringComparison.Ordinal));
        var start = romeo.Sent.IndexOf("sessionid='", StringComparison.Ordinal) + "sessionid='".Length;
        var session = romeo.Sent[start..romeo.Sent.IndexOf('\'', start)];
        var answer = new TaskCompletionSource<ArchivePage>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Archive.Answer = answer.Task;
        await scene.SendAsync(romeo, $"<iq id='c2' to='room@conference.localhost' type='set'><command xmlns='http://jabber.org/protocol/commands' node='urn:mucgen:purge' sessionid='{session}'><x xmlns='jabber:x:data' type='submit'><field var='who'><value>juliet@localhost</value></field></x></command></iq>");
        await scene.SendAsync(romeo, "<message to='room@conference.localhost' type='groupchat' id='m1'><body>Behind</body></message>");
        await scene.Archive.Asked.WaitAsync(TimeSpan.FromSeconds(20));
        answer.SetResult(new ArchivePage([], true));
        await HostedRoom.UntilAsync(() => romeo.Sent.Contains("Behind", StringComparison.Ordinal));
        Assert.InRange(romeo.Sent.IndexOf("status='completed'", StringComparison.Ordinal), 0, romeo.Sent.IndexOf("Behind", StringComparison.Ordinal));
    }

    private async Task<RoomPeer> JoinLoggedAsync()
    {
        var romeo = await scene.JoinAsync("user@localhost/a", "Romeo");
        await scene.ConfigureAsync(romeo, "muc#roomconfig_enablelogging", "1");
        return romeo;
    }
}
