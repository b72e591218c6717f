using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MucGen.Protocol;
using MucGen.Rooms;
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

/// <summary>
/// A reserved nick stays reserved while the store errs: nobody is let in under it, and nothing is confirmed that is not on disk (XEP-0045 7.10).
/// </summary>
public sealed class FailingStoreTests : IDisposable
{
    private const string Register = "<x xmlns='jabber:x:data' type='submit'><field var='muc#register_roomnick'><value>Juliet</value></field></x>";

    private static readonly Jid Room = Jid.Parse("room@conference.localhost");

    private readonly ManualTime time = new();
    private readonly BrittleJournal journal = new();
    private readonly SessionTable sessions = new();
    private readonly ServiceProvider provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RoomHost host;
    private int failures;

    public FailingStoreTests()
    {
        host = new RoomHost(new RoomServices
        {
            Policy = new RoomPolicy { OccupantIdSecret = new byte[32] },
            MaxMailbox = 100,
            Time = time,
            NewIds = static () => new RandomIds(),
            Journal = journal,
            Archives = new StubArchive(),
            Directory = new RoomDirectory(),
            Sessions = sessions,
            Activity = new RoomActivityWatch(
                Jid.Parse("conference.localhost"), journal, sessions, new Lazy<IRoomHost>(() => host!), NullLogger<RoomHost>.Instance),
            Accounts = new AccountDelivery(ProtocolNames.Instance, new Lazy<IStanzaRouter>(static () => new RecordingRouter()), NullLogger<AccountDelivery>.Instance),
            Metrics = new ServerMetrics(provider.GetRequiredService<IMeterFactory>()),
            Log = NullLogger<RoomHost>.Instance,
            StorageFailed = _ => Interlocked.Increment(ref failures),
        });
    }

    public void Dispose()
    {
        host.Dispose();
        provider.Dispose();
    }

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
        journal.Mend();
        await RepeatAsync(() => JoinAsync(rosaline), () => rosaline.Sent.Contains("<conflict ", StringComparison.Ordinal));
        Assert.DoesNotContain("code='110'", rosaline.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_that_the_store_did_not_take_is_not_confirmed()
    {
        var juliet = Bind("user2@localhost/a");
        await CreateAsync();
        await CrashAsync(juliet, Register);
        Assert.DoesNotContain("type='result'", juliet.Sent, StringComparison.Ordinal);
        journal.Mend();
        await RepeatAsync(
            () => SendAsync(juliet, $"<iq to='{Room}' type='get' id='g'><query xmlns='jabber:iq:register'/></iq>"),
            () => juliet.Sent.Contains("id='g'", StringComparison.Ordinal));
        Assert.DoesNotContain("<registered", juliet.Sent, StringComparison.Ordinal);
    }

    private async Task<(RoomPeer Juliet, RoomPeer Rosaline)> ReservedAsync()
    {
        var juliet = Bind("user2@localhost/a");
        await CreateAsync();
        await SendAsync(juliet, Iq(Register));
        await UntilAsync(() => juliet.Sent.Contains("type='result'", StringComparison.Ordinal));
        return (juliet, Bind("user3@localhost/a"));
    }

    private async Task CreateAsync()
    {
        var romeo = Bind("user@localhost/a");
        await SendAsync(romeo, $"<presence to='{Room}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        await SendAsync(
            romeo,
            $"<iq to='{Room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='muc#roomconfig_persistentroom'><value>1</value></field></x></query></iq>");
        await UntilAsync(() => romeo.Sent.Contains("type='result'", StringComparison.Ordinal));
    }

    /// <summary>Sends a request about registration that the store does not take.</summary>
    private async Task CrashAsync(RoomPeer peer, string content, bool reads = false)
    {
        journal.Fail(reads);
        await SendAsync(peer, Iq(content));
        await UntilAsync(() => Volatile.Read(ref failures) >= 1);
    }

    private Task JoinAsync(RoomPeer peer) => SendAsync(peer, $"<presence to='{Room}/Juliet'><x xmlns='http://jabber.org/protocol/muc'/></presence>");

    private static string Iq(string content) => $"<iq to='{Room}' type='set' id='r'><query xmlns='jabber:iq:register'>{content}</query></iq>";

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

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A journal in memory that keeps what was committed, and whose disk a test may break.</summary>
    private sealed class BrittleJournal : IRoomJournal
    {
        private readonly Lock gate = new();
        private readonly List<RoomEvent> committed = [];
        private readonly List<RoomEvent> waiting = [];
        private bool failsWriting;
        private bool failsReading;

        public bool IsBehind => false;

        /// <summary>From now on nothing is written, and when <paramref name="reads"/> is true nothing is read.</summary>
        public void Fail(bool reads)
        {
            lock (gate)
                (failsWriting, failsReading) = (true, reads);
        }

        /// <summary>The disk works again; what it did not take is gone.</summary>
        public void Mend()
        {
            lock (gate)
            {
                (failsWriting, failsReading) = (false, false);
                waiting.Clear();
            }
        }

        public ValueTask<StoredRoom?> LoadAsync(Jid room, CancellationToken cancellationToken)
        {
            lock (gate)
            {
                if (failsReading)
                    throw new StorageFailedException("The disk cannot be read.");
                return new(committed.Count == 0 ? null : new StoredRoom(null, [.. committed]));
            }
        }

        public void Append(Jid room, RoomEvent e)
        {
            lock (gate)
                waiting.Add(e);
        }

        public ValueTask CommittedAsync()
        {
            lock (gate)
            {
                if (failsWriting)
                    throw new StorageFailedException("The disk cannot be written.");
                committed.AddRange(waiting);
                waiting.Clear();
                return default;
            }
        }

        public void Snapshot(Jid room, RoomSnapshot snapshot)
        {
        }

        public void Delete(Jid room)
        {
        }

        public void Release(Jid room)
        {
        }

        public ValueTask<IReadOnlyList<StoredListing>> ListAsync(CancellationToken cancellationToken) => new(Array.Empty<StoredListing>());

        public ValueTask<IReadOnlyList<Jid>> RoomsOfAsync(Jid person, CancellationToken cancellationToken) => new(Array.Empty<Jid>());

        public int OwnedBy(Jid person) => 0;
    }
}
