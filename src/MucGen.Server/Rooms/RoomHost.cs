using System.Collections.Concurrent;
using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>The rooms of this process: loads them when something comes for them, lets idle ones go, and tells all when the service stops.</summary>
internal sealed class RoomHost : IRoomHost, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ArchiveInterval = TimeSpan.FromHours(1);

    private static readonly TimeSpan TombstoneInterval = TimeSpan.FromDays(1);

    private static readonly TimeSpan DestroyTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Jid, RoomActor> actors = new();
    private readonly RoomServices services;
    private ITimer? sweeper;
    private ITimer? expiry;
    private ITimer? archiveSweeper;
    private ITimer? tombstoneSweeper;
    private volatile bool isStopping;

    public RoomHost(RoomServices services)
    {
        this.services = services;
        StartedAt = services.Time.GetUtcNow();
    }

    /// <summary>Since when anybody can be in a room of this process.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When the temporary rooms end that the process before left behind.</summary>
    public DateTimeOffset ExpiryAt => StartedAt + services.Policy.EmptyRoomLifetime;

    /// <summary>How many rooms are in memory.</summary>
    public int Count => actors.Count;

    /// <summary>Begins to let idle rooms go, and to wait for the end of rooms to which nobody comes back.</summary>
    public void Start()
    {
        sweeper = services.Time.CreateTimer(static state => ((RoomHost)state!).Sweep(), this, SweepInterval, SweepInterval);
        archiveSweeper = services.Time.CreateTimer(
            static state => _ = ((RoomHost)state!).ExpireArchivesAsync(), this, ArchiveInterval, ArchiveInterval);
        tombstoneSweeper = services.Time.CreateTimer(
            static state => _ = ((RoomHost)state!).ExpireTombstonesAsync(), this, services.Policy.EmptyRoomLifetime, TombstoneInterval);
        expiry = services.Time.CreateTimer(
            static state => _ = ((RoomHost)state!).ExpireAsync(), this, services.Policy.EmptyRoomLifetime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes from the disk what archives keep no longer; nobody has seen it since its time was over.</summary>
    internal async Task ExpireArchivesAsync()
    {
        try
        {
            if (services.Policy.ArchiveLifetime is { } kept)
                await services.Archives.ExpireAsync(services.Time.GetUtcNow() - kept);
        }
        catch (Exception error)
        {
            services.Log.ArchiveExpiryFailed(error);
        }
    }

    /// <inheritdoc/>
    public ValueTask PostAsync(Jid room, RoomInput input, CancellationToken cancellationToken)
    {
        input.Stanza?.Retain();
        return PostAsync(room, new Letter(input), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task TellAsync(Jid room, RoomInput input, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        input.Stanza?.Retain();
        await PostAsync(room, new Letter(input, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Tells every room in memory that the service stops (XEP-0045 11.2), and waits until all have told their occupants.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        Dispose();
        var told = new List<Task>();
        foreach (var (_, actor) in actors)
            told.Add(actor.StopAsync(cancellationToken));
        await Task.WhenAll(told);
    }

    /// <summary>Lets idle rooms see whether they may leave memory.</summary>
    public void Sweep()
    {
        foreach (var (_, actor) in actors)
            actor.Nudge();
    }

    /// <summary>Destroys a room for the operator; completes when it has told its occupants and left memory and disk, or has begun anew since.</summary>
    /// <exception cref="RoomFailedException">The room failed on it and is still there.</exception>
    public async Task DestroyAsync(Jid room, string? reason, Jid? alternate, CancellationToken cancellationToken)
    {
        await TellAsync(room, RoomInput.Destroy(reason, alternate), cancellationToken);
        if (actors.TryGetValue(room, out var actor))
            await Task.WhenAny(actor.Completion, Task.Delay(DestroyTime, services.Time, cancellationToken));
        await services.Journal.CommittedAsync();
    }

    /// <inheritdoc/>
    public async ValueTask ForgetAccountAsync(Jid account, CancellationToken cancellationToken)
    {
        var told = new List<Task>();
        foreach (var room in await services.Journal.ListAsync(cancellationToken))
            told.Add(TellAsync(room.Address, RoomInput.AccountDeleted(account), cancellationToken));
        await Task.WhenAll(told);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sweeper?.Dispose();
        expiry?.Dispose();
        archiveSweeper?.Dispose();
        tombstoneSweeper?.Dispose();
    }

    /// <summary>
    /// Ends the temporary rooms on disk that nobody has come back to. One after the other, for they may be many; those in memory have a timer of their own.
    /// </summary>
    internal async Task ExpireAsync()
    {
        try
        {
            foreach (var room in await services.Journal.ListAsync(CancellationToken.None))
            {
                if (isStopping)
                    return;
                if (room.IsPersistent || room.TombstoneEnds is not null || actors.ContainsKey(room.Address))
                    continue;
                await PostAsync(room.Address, RoomInput.TimerDue(RoomTimerKind.Empty), CancellationToken.None);
                if (actors.TryGetValue(room.Address, out var actor))
                    await actor.Loaded;
            }
        }
        catch (Exception error)
        {
            services.Log.ExpiryFailed(error);
        }
    }

    /// <summary>Takes from the disk what destroyed rooms left, when its time is over; nobody was told of it since then.</summary>
    internal async Task ExpireTombstonesAsync()
    {
        try
        {
            var now = services.Time.GetUtcNow();
            foreach (var room in await services.Journal.ListAsync(CancellationToken.None))
            {
                if (isStopping)
                    return;
                if (room.TombstoneEnds <= now)
                    await PostAsync(room.Address, RoomInput.TimerDue(RoomTimerKind.TombstoneEnds), CancellationToken.None);
            }
        }
        catch (Exception error)
        {
            services.Log.ExpiryFailed(error);
        }
    }

    /// <summary>Forgets an actor that works no more; the next input makes a new one.</summary>
    internal void Remove(Jid room, RoomActor actor) => actors.TryRemove(KeyValuePair.Create(room, actor));

    /// <summary>Loads a room again whose actor fails, as soon as that has ended, and gives the next one what the failing one was still to be told.</summary>
    internal async Task RecoverAsync(Jid room, RoomActor failing, IReadOnlyList<Letter> left)
    {
        await failing.Completion;
        await PostAsync(room, new Letter(RoomInput.Restored([])), CancellationToken.None);
        foreach (var letter in left)
            await PostAsync(room, letter, CancellationToken.None);
    }

    private ValueTask PostAsync(Jid room, Letter letter, CancellationToken cancellationToken) =>
        actors.TryGetValue(room, out var actor) && actor.TryPost(letter) ? default : PostSlowlyAsync(room, letter, cancellationToken);

    /// <summary>
    /// Waits while the mailbox is full, or makes the actor. One that is just leaving memory is waited for: its last words are with the journal before the next one loads.
    /// </summary>
    private async ValueTask PostSlowlyAsync(Jid room, Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var actor = actors.GetOrAdd(room, static (address, host) => new RoomActor(address, host, host.services), this);
                actor.Start();
                if (await actor.PostAsync(letter, cancellationToken))
                    return;
                await actor.Completion.WaitAsync(cancellationToken);
            }
        }
        catch
        {
            letter.Input.Stanza?.Dispose();
            throw;
        }
    }
}
