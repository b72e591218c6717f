using System.Threading.Tasks.Sources;

namespace MucGen.Server.Rooms;

/// <summary>
/// What waits for one room, bounded. Any thread posts; one reader takes batches. When it is full, those who post wait in line, which
/// stops their read loops and so their clients.
/// </summary>
/// <remarks>Posting and taking allocate nothing while the mailbox has room: the ring grows to what the room needs and stays.</remarks>
internal sealed class Mailbox(int capacity, Action<IThreadPoolWorkItem> queue) : IValueTaskSource, IThreadPoolWorkItem
{
    private const int SmallestRing = 8;

    private readonly Lock gate = new();
    private Letter[] ring = [];
    private int first;
    private int count;
    private Queue<Waiter>? waiters;
    private ManualResetValueTaskSourceCore<bool> signal;
    private bool isReaderWaiting;
    private bool isClosed;

    private sealed class Waiter(Letter letter) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Letter Letter { get; } = letter;
    }

    /// <summary>Posts a letter; false when there is no room for it, or the mailbox is closed.</summary>
    public bool TryPost(in Letter letter)
    {
        lock (gate)
        {
            if (isClosed || count == capacity)
                return false;
            Enqueue(letter);
            if (!isReaderWaiting)
                return true;
            isReaderWaiting = false;
        }
        queue(this);
        return true;
    }

    /// <summary>Posts a letter, waiting while the mailbox is full. False when it is closed: the room has left memory.</summary>
    /// <exception cref="OperationCanceledException">The poster gave up waiting; the letter was not posted.</exception>
    public ValueTask<bool> PostAsync(in Letter letter, CancellationToken cancellationToken)
    {
        while (!TryPost(letter))
        {
            lock (gate)
            {
                if (isClosed)
                    return new(false);
                if (count < capacity)
                    continue;
                var waiter = new Waiter(letter);
                (waiters ??= new()).Enqueue(waiter);
                return WaitAsync(waiter, cancellationToken);
            }
        }
        return new(true);
    }

    /// <summary>Takes what is there, up to the size of <paramref name="batch"/>; 0 when nothing is.</summary>
    public int Take(Span<Letter> batch)
    {
        lock (gate)
        {
            var taken = Math.Min(batch.Length, count);
            for (var i = 0; i < taken; i++)
            {
                batch[i] = ring[first];
                ring[first] = default;
                first = (first + 1) % ring.Length;
            }
            count -= taken;
            AdmitWaiters();
            return taken;
        }
    }

    /// <summary>Waits until something is there. The only reader calls it, one call at a time.</summary>
    public ValueTask WaitAsync()
    {
        lock (gate)
        {
            if (count > 0)
                return default;
            signal.Reset();
            isReaderWaiting = true;
            return new ValueTask(this, signal.Version);
        }
    }

    /// <summary>Wakes the reader although nothing was posted, so that it looks after itself.</summary>
    public void Nudge()
    {
        lock (gate)
        {
            if (!isReaderWaiting)
                return;
            isReaderWaiting = false;
        }
        queue(this);
    }

    /// <summary>Closes the mailbox if nothing is in it; later posts are told so.</summary>
    public bool TryClose()
    {
        lock (gate)
        {
            if (count > 0)
                return false;
            return isClosed = true;
        }
    }

    /// <summary>Closes it whatever is in it: who waits in line is told so, and what is in it the reader takes away.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            while (waiters is { Count: > 0 })
                waiters.Dequeue().TrySetResult(false);
        }
    }

    void IThreadPoolWorkItem.Execute() => signal.SetResult(true);

    void IValueTaskSource.GetResult(short token) => signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        signal.OnCompleted(continuation, state, token, flags);

    private static async ValueTask<bool> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static state => ((Waiter)state!).TrySetCanceled(), waiter);
        return await waiter.Task;
    }

    private void AdmitWaiters()
    {
        while (count < capacity && waiters is { Count: > 0 })
        {
            var waiter = waiters.Dequeue();
            if (waiter.TrySetResult(true))
                Enqueue(waiter.Letter);
        }
    }

    private void Enqueue(in Letter letter)
    {
        if (count == ring.Length)
            Grow();
        ring[(first + count) % ring.Length] = letter;
        count++;
    }

    private void Grow()
    {
        var larger = new Letter[Math.Min(Math.Max(SmallestRing, ring.Length * 2), capacity)];
        for (var i = 0; i < count; i++)
            larger[i] = ring[(first + i) % ring.Length];
        ring = larger;
        first = 0;
    }
}
