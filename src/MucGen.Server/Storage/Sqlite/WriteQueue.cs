namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// The one writer of the database. What is queued by all rooms and accounts is written in order, a whole queue a transaction:
/// many changes share one commit. Somebody who waits makes the writer commit at once; otherwise it gathers for a short while.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private readonly object gate = new();
    private readonly Database database;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement insertEvent;
    private readonly RoomArchiveTable archive;
    private readonly TimeSpan gatherTime;
    private readonly Thread thread;
    private readonly TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WriteGroup queued = new();
    private WriteGroup writing = new();
    private TaskCompletionSource? queuedCommit;
    private TaskCompletionSource? writingCommit;
    private long queuedBytes;
    private bool isWriting;
    private bool isUrgent;
    private bool isStopping;
    private StorageFailedException? failure;

    /// <summary>Takes over the connection; <see cref="Start"/> begins to write.</summary>
    public WriteQueue(Database database, RoomArchiveTable archive, TimeSpan gatherTime)
    {
        this.archive = archive;
        this.database = database;
        this.gatherTime = gatherTime;
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        insertEvent = database.Prepare("INSERT INTO room_event (room, seq, body) VALUES (?, ?, ?)");
        thread = new Thread(WriteUntilStopped) { IsBackground = true, Name = "mucgen store" };
    }

    /// <summary>Bytes of event bodies that may wait before <see cref="IsBehind"/> asks for patience.</summary>
    public const long MaxQueuedBytes = 16 * 1024 * 1024;

    /// <summary>Whether the disk is slower than those who write.</summary>
    public bool IsBehind => Volatile.Read(ref queuedBytes) > MaxQueuedBytes;

    /// <summary>Completes with the cause when a write has failed and the store has stopped.</summary>
    public Task<Exception> Failed => failed.Task;

    /// <summary>Starts the writer thread; statements are prepared before.</summary>
    public void Start() => thread.Start();

    /// <summary>Queues one event of a room; its body is copied.</summary>
    /// <param name="room">The room's row.</param>
    /// <param name="sequence">The number of the event.</param>
    /// <param name="body">The event.</param>
    /// <param name="isArchived">Whether it is a message for the archive as well.</param>
    public void AppendEvent(long room, long sequence, ReadOnlySpan<byte> body, bool isArchived)
    {
        lock (gate)
        {
            ThrowIfUnusable();
            queued.Add(room, sequence, body, isArchived);
            Volatile.Write(ref queuedBytes, queued.Bytes);
            WakeForFirst();
        }
    }

    /// <summary>Queues a change that nobody waits for.</summary>
    public void Post(Action change)
    {
        lock (gate)
        {
            ThrowIfUnusable();
            queued.Add(change);
            WakeForFirst();
        }
    }

    /// <summary>Queues a change and completes with its result when it is on disk.</summary>
    public async ValueTask<T> RunAsync<T>(Func<T> change)
    {
        var result = default(T)!;
        Task committed;
        lock (gate)
        {
            ThrowIfUnusable();
            queued.Add(() => result = change());
            WakeForFirst();
            committed = CommitOfQueued();
        }

        await committed;
        return result;
    }

    /// <summary>Completes when everything queued before is on disk.</summary>
    public ValueTask CommittedAsync()
    {
        lock (gate)
        {
            ThrowIfFailed();
            if (queued.Count > 0)
                return new ValueTask(CommitOfQueued());
            if (!isWriting)
                return ValueTask.CompletedTask;
            writingCommit ??= NewCommit();
            return new ValueTask(writingCommit.Task);
        }
    }

    /// <summary>Writes what is queued, then stops the thread and closes the connection.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopping = true;
            Monitor.PulseAll(gate);
        }

        if (thread.IsAlive)
            thread.Join();
        database.Dispose();
    }

    private static TaskCompletionSource NewCommit() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void WakeForFirst()
    {
        if (queued.Count == 1)
            Monitor.PulseAll(gate);
    }

    private Task CommitOfQueued()
    {
        queuedCommit ??= NewCommit();
        if (!isUrgent)
        {
            isUrgent = true;
            Monitor.PulseAll(gate);
        }

        return queuedCommit.Task;
    }

    private void ThrowIfUnusable()
    {
        ThrowIfFailed();
        ObjectDisposedException.ThrowIf(isStopping, this);
    }

    private void ThrowIfFailed()
    {
        if (failure is { } cause)
            throw new StorageFailedException(cause.Message, cause);
    }

    private void WriteUntilStopped()
    {
        while (TakeQueued())
        {
            try
            {
                WriteGroup();
            }
            catch (Exception e)
            {
                Fail(e);
                return;
            }

            Finish(null);
        }
    }

    /// <summary>Waits for something to write, gathers, and makes it the group being written; false when stopped and nothing is left.</summary>
    private bool TakeQueued()
    {
        lock (gate)
        {
            while (queued.Count == 0)
            {
                if (isStopping)
                    return false;
                Monitor.Wait(gate);
            }

            if (!isUrgent && !isStopping && gatherTime > TimeSpan.Zero)
                GatherUntilUrgent();
            (queued, writing) = (writing, queued);
            (writingCommit, queuedCommit) = (queuedCommit, null);
            queuedBytes = 0;
            isUrgent = false;
            isWriting = true;
            return true;
        }
    }

    private void GatherUntilUrgent()
    {
        var end = Environment.TickCount64 + (long)gatherTime.TotalMilliseconds;
        while (!isUrgent && !isStopping && queuedBytes <= MaxQueuedBytes)
        {
            var left = end - Environment.TickCount64;
            if (left <= 0 || !Monitor.Wait(gate, (int)left))
                return;
        }
    }

    private void WriteGroup()
    {
        begin.Run();
        foreach (ref readonly var entry in writing.Entries)
        {
            if (entry.Change is { } change)
            {
                change();
                continue;
            }
            var body = writing.BodyOf(entry);
            insertEvent.Bind(1, entry.Room).Bind(2, entry.Sequence).BindBlob(3, body).Run();
            if (entry.IsArchived)
                archive.Add(entry.Room, entry.Sequence, body);
        }

        commit.Run();
    }

    private void Fail(Exception cause)
    {
        var reason = new StorageFailedException($"The store cannot write and has stopped: {cause.Message}", cause);
        TaskCompletionSource? waiting;
        lock (gate)
        {
            failure = reason;
            waiting = queuedCommit;
            queued.Clear();
        }

        Finish(reason);
        waiting?.TrySetException(reason);
        failed.TrySetResult(reason);
    }

    private void Finish(StorageFailedException? reason)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            writing.Clear();
            waiting = writingCommit;
            writingCommit = null;
            isWriting = false;
        }

        if (reason is null)
            waiting?.TrySetResult();
        else
            waiting?.TrySetException(reason);
    }
}
