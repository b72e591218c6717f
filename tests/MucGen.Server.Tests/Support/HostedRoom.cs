using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Hosting;
using MucGen.Server.Rooms;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Tests.Support;

/// <summary>The host of rooms with sessions but without connections, on a journal in memory: what tests of room actors need.</summary>
internal sealed class HostedRoom : IDisposable
{
    /// <summary>The room that tests use.</summary>
    public static readonly Jid Address = Jid.Parse("room@conference.localhost");

    private readonly ServiceProvider provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ManualTime time = new();
    private readonly Lock gate = new();
    private List<IThreadPoolWorkItem>? paused;
    private int storageFailures;

    public HostedRoom()
    {
        Host = new RoomHost(new RoomServices
        {
            Policy = new RoomPolicy { OccupantIdSecret = new byte[32] },
            MaxMailbox = 100,
            Time = time,
            Queue = (_, work) => Queue(work),
            NewIds = static () => new RandomIds(),
            Journal = Journal,
            Archives = Archive,
            Directory = new RoomDirectory(),
            Sessions = Sessions,
            Activity = new RoomActivityWatch(Jid.Parse(Address.Domain), Journal, Sessions, new Lazy<IRoomHost>(() => Host!), NullLogger<RoomHost>.Instance),
            Accounts = new AccountDelivery(ProtocolNames.Instance, new Lazy<IStanzaRouter>(static () => new RecordingRouter()), NullLogger<AccountDelivery>.Instance),
            Metrics = new ServerMetrics(provider.GetRequiredService<IMeterFactory>()),
            Log = NullLogger<RoomHost>.Instance,
            StorageFailed = _ => Interlocked.Increment(ref storageFailures),
        });
        Binder = new SessionBinder(Sessions, new RecordingAccounts(), Host, maxPerAccount: 10);
    }

    public TestJournal Journal { get; } = new();

    public StubArchive Archive { get; } = new();

    public SessionTable Sessions { get; } = new();

    public SessionBinder Binder { get; }

    public RoomHost Host { get; }

    /// <summary>How often the operator was told that the store has failed.</summary>
    public int StorageFailures => Volatile.Read(ref storageFailures);

    /// <summary>A client that is not bound yet.</summary>
    public RoomPeer Peer(string jid) => new(Jid.Parse(jid), time);

    /// <summary>A client that is bound.</summary>
    public RoomPeer Bind(string jid)
    {
        var peer = Peer(jid);
        Assert.True(Sessions.TryAdd(peer.Session, out _));
        return peer;
    }

    /// <summary>A client that is in the room.</summary>
    public async Task<RoomPeer> JoinAsync(string jid, string nick)
    {
        var peer = Bind(jid);
        await SendAsync(peer, Join(nick));
        await UntilAsync(() => peer.Sent.Contains("<subject/>", StringComparison.Ordinal));
        return peer;
    }

    /// <summary>Configures the room and waits for the result.</summary>
    public async Task ConfigureAsync(RoomPeer owner, string field, string value)
    {
        await SendAsync(
            owner,
            $"<iq id='config' to='{Address}' type='set'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
            + $"<field var='{field}'><value>{value}</value></field></x></query></iq>");
        await UntilAsync(() => owner.Sent.Contains("id='config'", StringComparison.Ordinal));
    }

    /// <summary>A client's stanza is on its way to the room.</summary>
    public async Task SendAsync(RoomPeer peer, string xml)
    {
        using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
        await Host.PostAsync(
            Address, RoomInput.OfStanza(stanza, peer.Session.FullJid, Jid.Parse(stanza.Root.Attribute("to"u8).ToString())), CancellationToken.None);
    }

    /// <summary>No room does anything until <see cref="Resume"/>, so that what they are told meanwhile waits.</summary>
    public void Pause()
    {
        lock (gate)
            paused = [];
    }

    /// <summary>Rooms go on.</summary>
    public void Resume()
    {
        List<IThreadPoolWorkItem> waiting;
        lock (gate)
            (waiting, paused) = (paused!, null);
        waiting.ForEach(Queue);
    }

    /// <summary>The presence with which somebody enters.</summary>
    public static string Join(string nick) => $"<presence to='{Address}/{nick}'><x xmlns='http://jabber.org/protocol/muc'/></presence>";

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Host.Dispose();
        provider.Dispose();
    }

    private void Queue(IThreadPoolWorkItem work)
    {
        lock (gate)
        {
            if (paused is not null)
            {
                paused.Add(work);
                return;
            }
        }
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }
}
