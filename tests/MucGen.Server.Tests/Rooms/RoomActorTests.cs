using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Service;
using MucGen.Server.Hosting;
using MucGen.Server.Rooms;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Support;
using MucGen.Xml;
using StoredListing = MucGen.Server.Storage.RoomListing;

namespace MucGen.Server.Tests.Rooms;

/// <summary>Rooms as actors: the disk before the confirmation, no ghosts, and out of memory when nobody needs them.</summary>
public sealed class RoomActorTests : IDisposable
{
    private static readonly Jid Room = Jid.Parse("room@conference.localhost");

    private readonly ManualTime time = new();
    private readonly MemoryJournal journal = new();
    private readonly StubArchive archive = new();
    private readonly SessionTable sessions = new();
    private readonly ServiceProvider provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RoomHost host;

    public RoomActorTests()
    {
        host = new RoomHost(new RoomServices
        {
            Policy = new RoomPolicy { OccupantIdSecret = new byte[32] },
            MaxMailbox = 100,
            Time = time,
            NewIds = static () => new RandomIds(),
            Journal = journal,
            Archives = archive,
            Directory = new RoomDirectory(),
            Sessions = sessions,
            Activity = new RoomActivityWatch(
                Jid.Parse("conference.localhost"), journal, sessions, new Lazy<IRoomHost>(() => host!), NullLogger<RoomHost>.Instance),
            Accounts = new AccountDelivery(ProtocolNames.Instance, new Lazy<IStanzaRouter>(static () => new RecordingRouter()), NullLogger<AccountDelivery>.Instance),
            Metrics = new ServerMetrics(provider.GetRequiredService<IMeterFactory>()),
            Log = NullLogger<RoomHost>.Instance,
            StorageFailed = static _ => { },
        });
    }

    public void Dispose()
    {
        host.Dispose();
        provider.Dispose();
    }

    [Fact] // what is confirmed is on disk (design section 5)
    public async Task A_confirmation_waits_for_the_disk()
    {
        var romeo = Bind("user@localhost/a");
        journal.Hold();
        await SendAsync(romeo, "<presence to='room@conference.localhost/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        await journal.Asked.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("", romeo.Sent);
        journal.Commit();
        await UntilAsync(() => romeo.Sent.Contains("<status code='201'/>", StringComparison.Ordinal));
    }

    [Fact] // a session that ended while its presence waited leaves nobody behind
    public async Task A_session_that_ended_before_it_joined_is_no_ghost()
    {
        var romeo = Bind("user@localhost/a");
        sessions.Remove(romeo.Session);
        await SendAsync(romeo, "<presence to='room@conference.localhost/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        await UntilAsync(() => journal.Deleted.Contains(Room) && host.Count == 0);
    }

    [Fact]
    public async Task A_session_knows_its_rooms()
    {
        var romeo = await JoinAsync("user@localhost/a", "Romeo");
        Assert.Equal([Room], romeo.Session.Rooms.ToArray());
        await SendAsync(romeo, "<presence to='room@conference.localhost/Romeo' type='unavailable'/>");
        await UntilAsync(() => romeo.Session.Rooms.ToArray().Length == 0);
    }

    [Fact] // XEP-0045 10.9: a temporary room goes with its last occupant, from memory and disk
    public async Task An_empty_temporary_room_is_gone_and_may_be_made_again()
    {
        var romeo = await JoinAsync("user@localhost/a", "Romeo");
        await host.PostAsync(Room, RoomInput.SessionGone(romeo.Session.FullJid), CancellationToken.None);
        await UntilAsync(() => journal.Deleted.Contains(Room) && host.Count == 0);
        var juliet = await JoinAsync("user2@localhost/b", "Juliet");
        Assert.Contains("<status code='201'/>", juliet.Sent, StringComparison.Ordinal);
    }

    [Fact] // XEP-0045 11.2
    public async Task A_stop_is_told_before_it_returns()
    {
        var romeo = await JoinAsync("user@localhost/a", "Romeo");
        await host.StopAsync(CancellationToken.None);
        Assert.Contains("<status code='332'/>", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact] // order and one flush: a batch leaves in the order of its inputs
    public async Task Messages_arrive_in_their_order()
    {
        var romeo = await JoinAsync("user@localhost/a", "Romeo");
        await SendAsync(romeo, "<iq id='c' to='room@conference.localhost' type='set'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>");
        for (var i = 0; i < 200; i++)
            await SendAsync(romeo, $"<message to='room@conference.localhost' type='groupchat' id='m{i}'><body>{i}</body></message>");
        await UntilAsync(() => romeo.Sent.Contains("<body>199</body>", StringComparison.Ordinal));
        var positions = Enumerable.Range(0, 200).Select(i => romeo.Sent.IndexOf($"<body>{i}</body>", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact] // an archive that fails is told as a failure
    public async Task A_store_that_fails_is_told_to_who_asked()
    {
        var romeo = await JoinLoggedAsync();
        archive.Answer = Task.FromException<ArchivePage>(new StorageFailedException("no disk"));
        await SendAsync(romeo, "<iq id='q1' to='room@conference.localhost' type='set'><query xmlns='urn:xmpp:mam:2'/></iq>");
        await UntilAsync(() => romeo.Sent.Contains("<internal-server-error", StringComparison.Ordinal));
        Assert.DoesNotContain("<fin", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact] // reading the archive holds nobody up
    public async Task The_room_goes_on_while_its_archive_is_read()
    {
        var romeo = await JoinLoggedAsync();
        var answer = new TaskCompletionSource<ArchivePage>(TaskCreationOptions.RunContinuationsAsynchronously);
        archive.Answer = answer.Task;
        await SendAsync(romeo, "<iq id='q1' to='room@conference.localhost' type='set'><query xmlns='urn:xmpp:mam:2'/></iq>");
        await SendAsync(romeo, "<message to='room@conference.localhost' type='groupchat' id='m1'><body>Meanwhile</body></message>");
        await UntilAsync(() => romeo.Sent.Contains("Meanwhile", StringComparison.Ordinal));
        Assert.DoesNotContain("<fin", romeo.Sent, StringComparison.Ordinal);
        answer.SetResult(new ArchivePage([], true));
        await UntilAsync(() => romeo.Sent.Contains("<fin", StringComparison.Ordinal));
    }

    [Fact] // but a question that holds the room is answered before anything else
    public async Task A_purge_is_done_before_what_comes_behind_it()
    {
        var romeo = await JoinLoggedAsync();
        await SendAsync(romeo, "<iq id='c1' to='room@conference.localhost' type='set'><command xmlns='http://jabber.org/protocol/commands' node='urn:mucgen:purge'/></iq>");
        await UntilAsync(() => romeo.Sent.Contains("sessionid='", StringComparison.Ordinal));
        var start = romeo.Sent.IndexOf("sessionid='", StringComparison.Ordinal) + "sessionid='".Length;
        var session = romeo.Sent[start..romeo.Sent.IndexOf('\'', start)];
        var answer = new TaskCompletionSource<ArchivePage>(TaskCreationOptions.RunContinuationsAsynchronously);
        archive.Answer = answer.Task;
        await SendAsync(romeo, $"<iq id='c2' to='room@conference.localhost' type='set'><command xmlns='http://jabber.org/protocol/commands' node='urn:mucgen:purge' sessionid='{session}'><x xmlns='jabber:x:data' type='submit'><field var='who'><value>juliet@localhost</value></field></x></command></iq>");
        await SendAsync(romeo, "<message to='room@conference.localhost' type='groupchat' id='m1'><body>Behind</body></message>");
        await archive.Asked.WaitAsync(TimeSpan.FromSeconds(20));
        answer.SetResult(new ArchivePage([], true));
        await UntilAsync(() => romeo.Sent.Contains("Behind", StringComparison.Ordinal));
        Assert.InRange(romeo.Sent.IndexOf("status='completed'", StringComparison.Ordinal), 0, romeo.Sent.IndexOf("Behind", StringComparison.Ordinal));
    }

    private async Task<RoomPeer> JoinLoggedAsync()
    {
        var romeo = await JoinAsync("user@localhost/a", "Romeo");
        await SendAsync(
            romeo,
            "<iq id='config' to='room@conference.localhost' type='set'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field><field var='muc#roomconfig_enablelogging'><value>1</value></field></x></query></iq>");
        await UntilAsync(() => romeo.Sent.Contains("id='config'", StringComparison.Ordinal));
        return romeo;
    }

    private async Task<RoomPeer> JoinAsync(string jid, string nick)
    {
        var peer = Bind(jid);
        await SendAsync(peer, $"<presence to='room@conference.localhost/{nick}'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        await UntilAsync(() => peer.Sent.Contains("<subject/>", StringComparison.Ordinal));
        return peer;
    }

    private RoomPeer Bind(string jid)
    {
        var peer = new RoomPeer(Jid.Parse(jid), time);
        Assert.True(sessions.TryAdd(peer.Session, out _));
        return peer;
    }

    private async Task SendAsync(RoomPeer peer, string xml)
    {
        using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
        await host.PostAsync(Room, RoomInput.OfStanza(stanza, peer.Session.FullJid, Jid.Parse(stanza.Root.Attribute("to"u8).ToString())), CancellationToken.None);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A journal in memory, whose disk a test may stop.</summary>
    private sealed class MemoryJournal : IRoomJournal
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? held;

        public Task Asked => asked.Task;
        public System.Collections.Concurrent.ConcurrentBag<Jid> Deleted { get; } = [];
        public bool IsBehind => false;

        public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Commit() => held!.SetResult();

        public ValueTask<StoredRoom?> LoadAsync(Jid room, CancellationToken cancellationToken) => new((StoredRoom?)null);

        public void Append(Jid room, RoomEvent e)
        {
        }

        public ValueTask CommittedAsync()
        {
            asked.TrySetResult();
            return held is null ? default : new ValueTask(held.Task);
        }

        public void Snapshot(Jid room, RoomSnapshot snapshot)
        {
        }

        public void Delete(Jid room) => Deleted.Add(room);

        public void Release(Jid room)
        {
        }

        public ValueTask<IReadOnlyList<StoredListing>> ListAsync(CancellationToken cancellationToken) => new(Array.Empty<StoredListing>());

        public ValueTask<IReadOnlyList<Jid>> RoomsOfAsync(Jid person, CancellationToken cancellationToken) => new(Array.Empty<Jid>());

        public int OwnedBy(Jid person) => 0;
    }
}
