using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Server.Sessions;
using MucGen.Server.Transport;
using MucGen.Xml;
using Listing = MucGen.Rooms.Service.RoomListing;

namespace MucGen.Server.Rooms;

/// <summary>
/// Owns one room: takes its inputs in batches, lets the rules decide each, gives the events to the journal, carries out the deliveries in order
/// and flushes each outbox once. Deliveries that confirm a change wait, with everything behind them, until the change is on disk.
/// </summary>
internal sealed partial class RoomActor : IThreadPoolWorkItem, IDisposable
{
    private readonly Jid address;
    private readonly RoomHost host;
    private readonly RoomServices services;
    private readonly Mailbox mailbox;
    private readonly RoomTurn turn;
    private readonly Letter[] batch = new Letter[RoomServices.MaxBatch];
    private readonly List<Delivery> held = [];
    private readonly List<TaskCompletionSource> awaited = [];
    private readonly List<Session> parted = [];
    private readonly FlushBatch flush = new();
    private readonly RoomTimer timer;
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Room room;
    private RoomQuestion? holding;
    private long lastInput;
    private int eventsSinceSnapshot;
    private int withheld;
    private bool isStarted;
    private bool isStored;
    private Listing? listed;
    private bool isListingKnown;
    private int deciding = -1;

    public RoomActor(Jid address, RoomHost host, RoomServices services)
    {
        this.address = address;
        this.host = host;
        this.services = services;
        mailbox = new Mailbox(services.MaxMailbox, work => services.Queue(address, work));
        turn = new RoomTurn(services.NewIds());
        room = new Room(address, services.Policy);
        timer = new RoomTimer(services.Time, kind => _ = PostOwnAsync(RoomInput.TimerDue(kind)));
    }

    /// <summary>Ends when the room has left memory.</summary>
    public Task Completion => completion.Task;

    /// <summary>Ends when the room is in memory, or cannot be loaded.</summary>
    public Task Loaded => loaded.Task;

    /// <summary>Begins to load and to work; once, however often it is called.</summary>
    public void Start()
    {
        if (!Interlocked.Exchange(ref isStarted, true))
            services.Queue(address, this);
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    /// <inheritdoc cref="Mailbox.TryPost"/>
    public bool TryPost(in Letter letter) => mailbox.TryPost(letter);

    /// <inheritdoc cref="Mailbox.PostAsync"/>
    public ValueTask<bool> PostAsync(in Letter letter, CancellationToken cancellationToken) => mailbox.PostAsync(letter, cancellationToken);

    /// <summary>Tells the room that the service stops; ends when its occupants have been told (XEP-0045 11.2).</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await mailbox.PostAsync(new Letter(RoomInput.Shutdown(), done), cancellationToken))
            return;
        try
        {
            await done.Task.WaitAsync(cancellationToken);
        }
        catch (RoomFailedException)
        {
            // Whoever is left in the journal is told when the room is loaded again.
        }
    }

    /// <summary>Lets the actor see whether it may leave memory.</summary>
    public void Nudge() => mailbox.Nudge();

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private async Task RunAsync()
    {
        try
        {
            await LoadAsync();
            loaded.SetResult();
            services.Metrics.RoomLoaded();
            while (!TryUnload())
            {
                await mailbox.WaitAsync();
                var (next, taken) = (0, mailbox.Take(batch));
                while (next < taken)
                {
                    if (RunBatch(ref next, taken))
                    {
                        await services.Journal.CommittedAsync();
                        Deliver(held);
                        flush.Flush();
                    }
                    Confirm();
                    // A question that holds the room: its answer takes the place of the input that asked.
                    if (holding is { } question)
                    {
                        holding = null;
                        batch[--next] = new Letter(RoomInput.Answered(question, await ReadArchiveAsync(question.Query)));
                    }
                }
                SaveIfDue();
                Expect();
            }
        }
        catch (Exception error)
        {
            await FailAsync(error);
        }
        finally
        {
            Dispose();
            services.Metrics.RoomUnloaded();
            room.Release();
            host.Remove(address, this);
            loaded.TrySetResult();
            completion.SetResult();
        }
    }

    private async ValueTask LoadAsync()
    {
        lastInput = services.Time.GetTimestamp();
        if (await services.Journal.LoadAsync(address, CancellationToken.None) is not { } stored)
            return;
        isStored = true;
        if (stored.Snapshot is { } snapshot)
            room = snapshot.ToRoom(address, services.Policy);
        foreach (var change in stored.Events)
            room.Apply(change);
        eventsSinceSnapshot = stored.Events.Count;

        if (EndLeases())
            await services.Journal.CommittedAsync();
        Deliver(held);
        flush.Flush();
        Confirm();
        Expect();
    }

    /// <summary>
    /// Rooms leave memory only when nobody is in them, so whoever the journal still shows was there when the process died, or the actor before this
    /// one did. Those whose streams outlived that believe to be in the room and are told that they are not any more; the others are gone.
    /// </summary>
    private bool EndLeases()
    {
        var gone = new List<Jid>();
        foreach (var session in room.Occupants.Sessions)
            if (!services.Sessions.TryFind(session.FullJid, out var bound) || !bound.Rooms.Contains(address))
                gone.Add(session.FullJid);
        var isInterrupted = gone.Count < room.Occupants.Sessions.Count;
        var mustCommit = false;
        if (gone.Count > 0)
            mustCommit = Decide(RoomInput.Restored(gone), isInterrupted ? services.Time.GetUtcNow() : WhenProcessBegan());
        if (isInterrupted)
            mustCommit |= Decide(RoomInput.Interrupted());
        return mustCommit;
    }

    /// <summary>Since when nobody can be here whom a dead process left in the room.</summary>
    private DateTimeOffset WhenProcessBegan() => host.StartedAt > room.CreatedAt ? host.StartedAt : room.CreatedAt;

    /// <summary>Waits for what the room waits for. While the service was down nobody could come back, so that time does not count.</summary>
    private void Expect()
    {
        var next = RoomRules.NextTimer(room);
        if (next is (RoomTimerKind.Empty, var due) && due < host.ExpiryAt)
            next = (RoomTimerKind.Empty, host.ExpiryAt);
        timer.Set(next);
    }

    /// <summary>One batch, or its part before a question that holds the room: decide, deliver, flush. True when what is held back, or everybody, waits for the disk.</summary>
    /// <remarks>Not asynchronous, so that a batch that need not wait makes no object.</remarks>
    private bool RunBatch(ref int next, int count)
    {
        lastInput = services.Time.GetTimestamp();
        var mustCommit = false;
        for (; next < count && holding is null; next++)
        {
            ref var letter = ref batch[next];
            deciding = next;
            mustCommit |= Decide(letter.Input);
            Answer(letter.Input);
            if (letter.Input.Kind == RoomInputKind.TimerDue)
                timer.Clear();
            if (letter.Done is { } done)
                awaited.Add(done);
            letter.Input.Stanza?.Dispose();
            letter = default;
            deciding = -1;
            if (!mustCommit)
                Deliver(held);
        }
        flush.Flush();
        return mustCommit || services.Journal.IsBehind;
    }

    /// <summary>The session hears that this room has dealt with one presence of it.</summary>
    private void Answer(in RoomInput input)
    {
        if (input.Kind != RoomInputKind.Stanza || input.Stanza is not { } stanza || stanza.Root.Key != PresenceView.Key || stanza.Root.Attribute("type"u8).IsPresent)
            return;
        if (services.Sessions.TryFind(input.From!, out var session))
            session.Rooms.Answered(address);
    }

    /// <summary>
    /// What was decided is on disk, as far as it must be, and delivered: whoever waits for that goes on, and sessions that have left are done with the room.
    /// Not before: should one end meanwhile, its address must not be another one's while something for it is still held back.
    /// </summary>
    private void Confirm()
    {
        foreach (var session in parted)
            if (room.Occupants.Find(session.FullJid) is null)
                session.Rooms.Remove(address);
        parted.Clear();
        foreach (var done in awaited)
            done.SetResult();
        awaited.Clear();
    }

    /// <summary>Lets the rules decide one input; its deliveries join those held back. True when they must wait for the disk.</summary>
    private bool Decide(in RoomInput input, DateTimeOffset? at = null)
    {
        if (input.Kind == RoomInputKind.ActivityAsked)
        {
            services.Activity.Answer(room, input.From!);
            return false;
        }
        turn.Begin(room, at ?? services.Time.GetUtcNow());
        try
        {
            RoomRules.Decide(turn, input);
        }
        catch (Exception error)
        {
            // Rules do not throw for what clients send; should one do so, the others in the room must not notice.
            services.Log.RuleFailed(error, address, input.Kind);
            if (input.Kind is RoomInputKind.Stanza or RoomInputKind.Answered)
                turn.Refuse(StanzaErrorCondition.InternalServerError);
        }
        if (turn.Withheld != withheld)
        {
            services.Log.Withheld(address, turn.Withheld - withheld);
            withheld = turn.Withheld;
        }
        if (turn.MustCommitFirst && input.From is { } actor && services.Policy.Admins.Contains(actor.Bare))
            LogAdmin(actor.Bare);
        if (KeepEvents())
            UpdateListing();
        held.AddRange(turn.Deliveries);
        turn.Deliveries.Clear();
        foreach (var question in turn.Questions)
            Ask(question);
        turn.Questions.Clear();
        return turn.MustCommitFirst;
    }

    /// <summary>Hands stanzas to the outboxes of their sessions and empties the list.</summary>
    private void Deliver(List<Delivery> deliveries)
    {
        foreach (var (payload, to) in deliveries)
        {
            if (services.Sessions.TryFind(to, out var session))
            {
                // XEP-0191 3.3: in silence, for an error would mean that the occupant is gone.
                if (!payload.IsPrivate || !session.Blocked.Blocks(payload.From!))
                    flush.Append(session.Outbox, payload.Head, to.EscapedUtf8, payload.Tail);
            }
            else if (to.IsBare)
                services.Accounts.Deliver(payload, to);
            payload.Dispose();
        }
        services.Metrics.Delivered(deliveries.Count);
        deliveries.Clear();
    }

    private void SaveIfDue()
    {
        if (eventsSinceSnapshot >= services.EventsPerSnapshot)
            Save();
    }

    private void Save()
    {
        if (RoomSnapshot.Of(room) is not { } snapshot)
            return;
        services.Journal.Snapshot(address, snapshot);
        eventsSinceSnapshot = 0;
    }

    /// <summary>A room that does not exist leaves memory, and disk if nothing is left of it; one that nobody needs is saved and leaves memory.</summary>
    private bool TryUnload()
    {
        if (!room.Exists && room.Tombstone is null)
        {
            if (isStored)
                services.Journal.Delete(address);
            isStored = false;
            return mailbox.TryClose();
        }
        var isIdle = !room.Exists
            || (room.Occupants.Sessions.Count == 0 && !RoomRules.AwaitsEnd(room) && services.Time.GetElapsedTime(lastInput) >= services.IdleTime);
        if (!isIdle)
            return false;
        if (eventsSinceSnapshot > 0)
            Save();
        if (!mailbox.TryClose())
            return false;
        services.Journal.Release(address);
        return true;
    }

    /// <summary>The room's own inputs wait in line like everybody's.</summary>
    private async Task PostOwnAsync(RoomInput input) => await mailbox.PostAsync(new Letter(input), CancellationToken.None);
}
