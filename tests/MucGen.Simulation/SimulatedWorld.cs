using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Simulation.Checking;
using MucGen.Simulation.Clients;
using MucGen.Simulation.Engine;
using MucGen.Xml;

namespace MucGen.Simulation;

/// <summary>
/// One seed: clients, processes one after another on one disk, and the truth that they are compared with. Each step has a choice of its own,
/// so that a step can be left out and the others stay what they were.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    private static readonly string[] Resources = ["a", "b"];

    private readonly int seed;
    private readonly SimulatedScheduler scheduler = new();
    private readonly SimulatedDisk disk = new();
    private readonly Counter ids = new();
    private readonly SortedDictionary<string, SimulatedClient> clients = new(StringComparer.Ordinal);
    private readonly OperatorOrders orders = new();
    private readonly ClientActions actions;
    private readonly int eventsPerSnapshot;
    private readonly int maxMailbox;
    private readonly bool isCalm;
    private int lastOrder;
    private int leases;

    public SimulatedWorld(int seed)
    {
        this.seed = seed;
        Random = new Random(seed);
        leases = Stanza.LiveLeases;
        Policy = new RoomPolicy
        {
            OccupantIdSecret = "a secret of the simulation"u8.ToArray(),
            LocksNicks = Random.Next(4) == 0,
            TellsAbsentUsers = Random.Next(4) == 0,
            MaxHistory = Random.Next(8),
            BoundsArchiveReading = Random.Next(4) == 0,
            MaxPurgeNotices = Random.Next(4),
            Rates = Random.Next(3) > 0 ? new RateLimits() : new RateLimits
            {
                MessagesPerPerson = Random.Next(5),
                PresencesPerPerson = Random.Next(5),
                MessagesPerRoom = Random.Next(8),
                PresencesPerRoom = Random.Next(4),
                IsSilent = Random.Next(3) == 0,
            },
            TombstoneLifetime = TimeSpan.FromMinutes(Random.Next(90)),
            Admins = Random.Next(8) == 0 ? new HashSet<Jid> { Jid.Parse($"nurse@{SimulatedProcess.Domain}") } : new HashSet<Jid>(),
        };
        eventsPerSnapshot = 1 + Random.Next(20);
        maxMailbox = 1 + Random.Next(6);
        isCalm = Random.Next(2) == 0;
        Truth = new Truth(Policy, Findings);
        Committed = new Truth(Policy, Findings);
        actions = new ClientActions(this);
        disk.Changed = room =>
        {
            var committed = Committed.Find(room)?.Room;
            foreach (var client in clients.Values)
                client.Observe(room, committed);
            orders.Observe(room, committed);
        };
        Process = Begin(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    /// <summary>The choices of the present step.</summary>
    public Random Random { get; private set; }

    public RoomPolicy Policy { get; }
    public Findings Findings { get; } = new();
    public Dialogue Dialogue { get; } = new();
    public SimulatedProcess Process { get; private set; }

    /// <summary>The rooms as everything appended tells them.</summary>
    public Truth Truth { get; }

    /// <summary>The rooms as everything on disk tells them.</summary>
    public Truth Committed { get; }

    /// <summary>What every address ever asked, by the id: an answer may find the next session of that address.</summary>
    public Dictionary<(Jid Asker, string Id), string> Asked { get; } = [];

    /// <summary>The lists of affiliations that clients keep, by client and room.</summary>
    public Dictionary<(Jid Client, Jid Room), KeptLists> Kept { get; } = [];

    /// <summary>What was said, as far as its authors know it.</summary>
    public List<SaidMessage> Said { get; } = [];

    /// <summary>What was said and is taken back, with the order of the acknowledgement.</summary>
    public Dictionary<string, int> Withdrawn { get; } = new(StringComparer.Ordinal);

    /// <summary>Who is connected, in the order of addresses.</summary>
    public IEnumerable<SimulatedClient> Clients => clients.Values;

    /// <summary>The ids of all messages that were ever archived in a room of this address, in their order.</summary>
    public List<string> ArchivedIn(Jid room) => disk.ArchivedIn(room);

    /// <summary>Numbers what is asked and acknowledged.</summary>
    public int NextOrder() => ++lastOrder;

    /// <summary>It is acknowledged that these messages are taken back.</summary>
    public void Withdraw(List<SaidMessage> messages)
    {
        foreach (var message in messages)
            Withdrawn.TryAdd(message.Body, NextOrder());
    }

    /// <summary>Plays steps until all are done or something is found; says what was found.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="isLeftOut">Which of them not to play.</param>
    public string? Play(int steps, Predicate<int> isLeftOut)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(scheduler);
        try
        {
            for (var step = 0; step < steps && Findings.First is null; step++)
            {
                if (isLeftOut(step))
                    continue;
                Random = new Random(HashOf(seed, step));
                Step();
            }
            Settle();
            return Findings.First;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Dispose();
        Truth.Clear();
        Committed.Clear();
    }

    private void Step()
    {
        // In every other seed little happens from outside, so that rooms grow old.
        switch (isCalm && Random.Next(4) > 0 ? 99 : Random.Next(100))
        {
            case < 6:
                Leave();
                break;
            case < 8:
                Crash("the process is killed");
                break;
            case 8:
                StopAndStart();
                break;
            case 9:
                Fail();
                break;
            case 10:
                Administrate();
                break;
            case < 17:
                Pass();
                break;
            default:
                Act();
                break;
        }
        for (var work = Random.Next(6); work > 0; work--)
            RunOne();
        if (Random.Next(6) == 0)
            Settle();
    }

    private void Act()
    {
        var address = $"{ClientActions.People[Random.Next(ClientActions.People.Length)]}@{SimulatedProcess.Domain}/{Resources[Random.Next(Resources.Length)]}";
        if (!clients.TryGetValue(address, out var client))
            client = Connect(address);
        actions.Act(client);
    }

    private SimulatedClient Connect(string address)
    {
        var client = new SimulatedClient(this, Jid.Parse(address), Process);
        clients.Add(address, client);
        client.Connection.Ended = () => Forget(client);
        Dialogue.Connects(client.Name);
        _ = client.Connection.RunAsync(Process.Binder, Process.Router);
        return client;
    }

    private void Leave()
    {
        if (clients.Count == 0)
            return;
        var client = clients.Values.ElementAt(Random.Next(clients.Count));
        client.Connection.Hangup(losesInput: Random.Next(2) == 0);
        Forget(client);
    }

    private void Forget(SimulatedClient client)
    {
        if (clients.TryGetValue(client.FullJid.ToString(), out var present) && present == client)
            clients.Remove(client.FullJid.ToString());
        Dialogue.Disconnects(client.Name);
    }

    private void Pass()
    {
        var time = Random.Next(4) switch
        {
            0 => TimeSpan.FromMinutes(Random.Next(45)),
            1 => TimeSpan.FromMinutes(Random.Next(6)),
            _ => TimeSpan.FromSeconds(Random.Next(60)),
        };
        Dialogue.Note($"{time} pass");
        Process.Time.Advance(time);
    }

    /// <summary>The operator destroys a room, or an account is deleted.</summary>
    private void Administrate()
    {
        if (Random.Next(2) == 0)
        {
            var room = ClientActions.Rooms[Random.Next(ClientActions.Rooms.Length)];
            Dialogue.Note($"the operator destroys {room}");
            orders.Add(
                $"destroying {room}", [room], Committed, static committed => committed is null,
                Process.Rooms.TellAsync(room, RoomInput.Destroy("by the operator"), CancellationToken.None));
            return;
        }
        var account = Jid.Parse($"{ClientActions.People[Random.Next(ClientActions.People.Length)]}@{SimulatedProcess.Domain}");
        Dialogue.Note($"{account} is deleted");
        foreach (var client in clients.Values.Where(client => client.FullJid.Bare.Equals(account)).ToArray())
            client.Connection.End(StreamErrorCondition.NotAuthorized, null);
        orders.Add(
            $"forgetting {account}", ClientActions.Rooms, Committed,
            committed => committed is null || (committed.Affiliations.Find(account) is null && committed.PendingRegistrations.Find(account) is null),
            Process.Rooms.ForgetAccountAsync(account, CancellationToken.None).AsTask());
    }

    /// <summary>The disk, or the server itself, fails.</summary>
    private void Fail()
    {
        switch (Random.Next(4))
        {
            case 0:
                FailDisk();
                break;
            case 1:
                Dialogue.Note("the next reading of an archive meets a defect of the server");
                Process.Archives.FailsNext = true;
                break;
            default:
                Dialogue.Note("the next change meets a defect of the server");
                Process.Journal.FailsNext = true;
                break;
        }
    }

    private void FailDisk()
    {
        Dialogue.Note("the disk fails");
        Process.Log.ExpectsFailure = true;
        Process.Journal.Fail();
        for (var work = Random.Next(30); work > 0; work--)
            RunOne();
        Crash("the process ends on it");
    }

    private void StopAndStart()
    {
        Dialogue.Note("the service stops");
        Settle();
        var stopping = Process.StopAsync();
        Run();
        if (!stopping.IsCompletedSuccessfully)
            Findings.Report("The service does not stop.");
        foreach (var client in clients.Values)
            if (client.Rooms.FirstOrDefault(room => room.Value.Nick is not null && Process.Journal.Loaded.Contains(Jid.Parse(room.Key))).Key is { } room)
                Findings.Report($"{client.Name} was not told that {room} stops.");
        Crash("and starts again");
    }

    /// <summary>Nothing of the process is left but the disk; its streams end with it.</summary>
    private void Crash(string note)
    {
        Dialogue.Note(note);
        foreach (var client in clients.Values)
            client.Connection.Received = null;
        clients.Clear();
        scheduler.Clear();
        orders.Clear();
        leases = Stanza.LiveLeases; // what the dead process held is nobody's
        disk.Crash(Random);
        Truth.Reload(disk, Committed);
        var now = Process.Time.GetUtcNow() + TimeSpan.FromSeconds(Random.Next(100));
        Process.Dispose();
        Process = Begin(now);
    }

    private SimulatedProcess Begin(DateTimeOffset now)
    {
        var journal = new SimulatedJournal(disk, Truth, Committed);
        var process = new SimulatedProcess(
            Policy, eventsPerSnapshot, maxMailbox, now, scheduler, journal, new SimulatedArchive(disk, journal), ids, Findings);
        _ = process.StartAsync();
        return process;
    }

    private void RunOne()
    {
        // The disk is as likely as any room to be next.
        if (Process.Journal.HasWork && Random.Next(scheduler.Count + 1) == 0)
            Process.Journal.Commit(Random);
        else if (scheduler.Count > 0)
            scheduler.RunOne(Random);
    }

    private void Run()
    {
        const int most = 100_000;
        for (var work = 0; scheduler.Count > 0 || Process.Journal.HasWork; work++)
        {
            RunOne();
            if (work == most)
            {
                Findings.Report("It never comes to rest.");
                return;
            }
        }
    }

    /// <summary>Lets everything happen that is under way, and then looks at all of it.</summary>
    private void Settle()
    {
        Run();
        Process.Journal.FailsNext = false;
        Process.Archives.FailsNext = false;
        AgreementCheck.Check(this);
        orders.Check(Findings);
        if (Stanza.LiveLeases != leases)
            Findings.Report($"{Stanza.LiveLeases - leases} stanzas are still held although nothing is under way.");
        Truth.BeginPeriod();
    }

    private static int HashOf(int seed, int step) => unchecked((seed * 1_000_003) ^ (step * 7_919));
}
