using System.Diagnostics.Metrics;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Hosting;
using MucGen.Server.Rooms;
using MucGen.Server.Sessions;
using MucGen.Simulation.Checking;
using MucGen.Xml;
using Listing = MucGen.Rooms.Service.RoomListing;

namespace MucGen.Simulation.Engine;

/// <summary>
/// The server from the session inwards, composed as the daemon composes it: binding, routing, the MUC service, the host of rooms and their
/// actors are the real ones. Threads, clock, disk, sockets and accounts are simulated.
/// </summary>
internal sealed class SimulatedProcess : IDisposable
{
    public const string MucDomain = "conference.example";
    public const string Domain = "users.example";

    private readonly SimulatedMeters meters = new();
    private readonly RoomHost host;

    public SimulatedProcess(
        RoomPolicy policy, int eventsPerSnapshot, int maxMailbox, DateTimeOffset now, SimulatedScheduler scheduler, SimulatedJournal journal,
        SimulatedArchive archives, Counter ids, Findings findings)
    {
        Log = new FindingLog<RoomHost>(findings);
        Time = new SimulatedTime(now);
        Journal = journal;
        Archives = archives;
        StanzaRouter? router = null;
        var lazyRouter = new Lazy<IStanzaRouter>(() => router!);
        var accounts = new SimulatedAccounts(Sessions, lazyRouter);
        var delivery = new AccountDelivery(ProtocolNames.Instance, lazyRouter, new FindingLog<AccountDelivery>(findings));
        var activity = new RoomActivityWatch(Jid.Parse(MucDomain), journal, Sessions, new Lazy<IRoomHost>(() => host!), Log);
        host = new RoomHost(new RoomServices
        {
            Policy = policy,
            MaxMailbox = maxMailbox,
            EventsPerSnapshot = eventsPerSnapshot,
            Time = Time,
            Queue = scheduler.Queue,
            NewIds = () => ids,
            Journal = journal,
            Archives = archives,
            Directory = Directory,
            Sessions = Sessions,
            Activity = activity,
            Accounts = delivery,
            Metrics = new ServerMetrics(meters),
            Log = Log,
            StorageFailed = _ => HasStorageFailed = true,
        });
        var service = new MucService(
            new ServicePolicy { Address = Jid.Parse(MucDomain), Protocol = policy.Protocol }, Directory, Sessions, delivery, activity, Time, Log);
        router = new StanzaRouter(new ServedDomains(Domain, MucDomain), ProtocolNames.Instance, Sessions, new Lazy<IAccountRouter>(() => accounts), host, service);
        Router = router;
        Binder = new SessionBinder(Sessions, accounts, host, maxPerAccount: 10);
    }

    public SimulatedTime Time { get; }
    public SimulatedJournal Journal { get; }
    public SimulatedArchive Archives { get; }
    public SessionTable Sessions { get; } = new();
    public RoomDirectory Directory { get; } = new();
    public SessionBinder Binder { get; }
    public IStanzaRouter Router { get; }
    public RoomHost Rooms => host;
    public FindingLog<RoomHost> Log { get; }
    public bool HasStorageFailed { get; private set; }

    /// <summary>What happens before the first connection: rooms are listed, timers begin.</summary>
    public async Task StartAsync()
    {
        foreach (var room in await Journal.ListAsync(CancellationToken.None))
            if (room.IsListed)
                Directory.List(new Listing(room.Address, room.Name ?? ""));
        host.Start();
    }

    /// <summary>Tells occupants that the service stops.</summary>
    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        host.Dispose();
        meters.Dispose();
    }

    private sealed class SimulatedMeters : IMeterFactory
    {
        private Meter? meter;

        public Meter Create(MeterOptions options) => meter = new Meter(options);

        public void Dispose() => meter?.Dispose();
    }
}

/// <summary>Ids that are never given twice, by counting.</summary>
internal sealed class Counter : IIdSource
{
    private int next;

    /// <inheritdoc/>
    public void Next(Span<byte> id)
    {
        var rest = next++;
        for (var i = id.Length - 1; i >= 0; i--)
            (id[i], rest) = ((byte)('0' + (rest % 10)), rest / 10);
    }
}
