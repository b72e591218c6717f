using System.Runtime.CompilerServices;

namespace MucGen.Server.Transport;

/// <summary>
/// What a session has yet to be told. Any thread appends whole stanzas; bytes leave in that order through one writer at a time.
/// </summary>
/// <remarks>
/// Appending never does I/O: the producer collects the outboxes it made dirty in a <see cref="FlushBatch"/> and flushes each once.
/// A flush sends on the flushing thread while the wire takes the bytes at once; when the kernel's buffer is full, the rest leaves as
/// the peer reads, and later flushes only leave a note. The bytes waiting are bounded: a reader too slow for that loses its session.
/// </remarks>
internal sealed class Outbox(Wire wire, SegmentPool pool, TimeProvider time, int maxPendingBytes)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Wire wire = wire;
    private Segment? first;
    private Segment? last;
    private int pendingBytes;
    private long parkedSince;
    private Segment? parked;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter parkedSend;
    private Action? resume;
    private bool isDirty;
    private bool isSending;
    private bool flushAgain;
    private bool isClosed;
    private bool isFarewellSaid;
    private bool isBroken;

    /// <summary>Called once, without locks, by the thread whose append did not fit any more. The reader is too slow.</summary>
    public Action? Overflowed { get; set; }

    /// <summary>Completes when the last byte has left after <see cref="Close"/>, or the wire broke.</summary>
    public Task Ended => ended.Task;

    /// <summary>Bytes appended that the kernel has not taken.</summary>
    public int PendingBytes => Volatile.Read(ref pendingBytes);

    /// <summary>Appends one piece of stream. False when the outbox is closed, broken or full: the bytes are dropped.</summary>
    /// <param name="bytes">Whole stanzas, never a part of one.</param>
    /// <param name="becameDirty">True when the caller must see to a <see cref="Flush"/>.</param>
    public bool TryAppend(ReadOnlySpan<byte> bytes, out bool becameDirty) => TryAppend(bytes, default, default, out becameDirty);

    /// <summary>Appends a stanza that was written once for many: head, <c> to='…'</c>, tail.</summary>
    /// <param name="head">The stanza up to where its <c>to</c> goes.</param>
    /// <param name="to">The address, escaped for an attribute value; empty = no <c>to</c> at all.</param>
    /// <param name="tail">The rest of the stanza.</param>
    /// <param name="becameDirty">True when the caller must see to a <see cref="Flush"/>.</param>
    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> to, ReadOnlySpan<byte> tail, out bool becameDirty)
    {
        lock (gate)
        {
            becameDirty = false;
            if (isClosed)
                return false;
            var length = head.Length + to.Length + tail.Length + (to.IsEmpty ? 0 : ToPrefix.Length + ToSuffix.Length);
            if (pendingBytes + length <= maxPendingBytes)
            {
                Copy(head);
                if (!to.IsEmpty)
                {
                    Copy(ToPrefix);
                    Copy(to);
                    Copy(ToSuffix);
                }
                Copy(tail);
                pendingBytes += length;
                becameDirty = !isDirty;
                isDirty = true;
                return true;
            }
            isClosed = true;
        }
        Overflowed?.Invoke();
        return false;
    }

    /// <summary>Sends what is there, or leaves it to the send under way.</summary>
    public void Flush()
    {
        Segment? chain;
        lock (gate)
        {
            isDirty = false;
            if (isSending)
            {
                flushAgain = true;
                return;
            }
            chain = Detach();
            if (chain is null)
            {
                EndIfClosed();
                return;
            }
            isSending = true;
        }
        Send(chain);
    }

    /// <summary>Appends the last bytes of the stream, past the limit if need be, sends all and accepts no more.</summary>
    /// <remarks>Once an outbox is closed by an overflow, one call may still add the farewell; further calls do nothing.</remarks>
    public void Close(ReadOnlySpan<byte> farewell)
    {
        lock (gate)
        {
            if (isFarewellSaid || isBroken)
                return;
            isFarewellSaid = true;
            isClosed = true;
            Copy(farewell);
            pendingBytes += farewell.Length;
        }
        Flush();
    }

    /// <summary>Goes on over another wire; only while nothing is under way (between STARTTLS's proceed and the handshake).</summary>
    public void SwitchTo(Wire next)
    {
        lock (gate)
        {
            if (isSending)
                throw new InvalidOperationException("a send is under way");
            wire = next;
        }
    }

    /// <summary>True when everything appended has left, so that the wire may be switched.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
                return !isSending && first is null;
        }
    }

    /// <summary>How long the peer has taken nothing although bytes wait for it; zero when none wait.</summary>
    public TimeSpan Stalled
    {
        get
        {
            var since = Volatile.Read(ref parkedSince);
            return since == 0 ? TimeSpan.Zero : time.GetElapsedTime(since);
        }
    }

    private static ReadOnlySpan<byte> ToPrefix => " to='"u8;
    private static ReadOnlySpan<byte> ToSuffix => "'"u8;

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (last is null || last.Written == Segment.Size)
                AddSegment();
            var free = last!.Free;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            last.Written += count;
            bytes = bytes[count..];
        }
    }

    private void AddSegment()
    {
        var segment = pool.Rent();
        if (last is null)
            first = segment;
        else
            last.Next = segment;
        last = segment;
    }

    private Segment? Detach()
    {
        var chain = first;
        first = last = null;
        return chain;
    }

    private void Send(Segment? chain)
    {
        try
        {
            while (chain is not null)
            {
                if (!wire.Send(chain.Bytes.AsMemory(0, chain.Written), out var pending))
                {
                    Park(chain, pending);
                    return;
                }
                chain = Sent(chain);
            }
        }
        catch (Exception)
        {
            // Whatever the wire has against it, it is the end of this connection and must be no one else's.
            Break(chain);
        }
    }

    /// <summary>Goes on when the kernel has taken the segment. An awaiter and a delegate of its own: waiting makes no object.</summary>
    private void Park(Segment segment, ValueTask pending)
    {
        Volatile.Write(ref parkedSince, time.GetTimestamp());
        parked = segment;
        parkedSend = pending.ConfigureAwait(false).GetAwaiter();
        parkedSend.UnsafeOnCompleted(resume ??= Resume);
    }

    private void Resume()
    {
        var chain = parked!;
        parked = null;
        Volatile.Write(ref parkedSince, 0);
        Segment? next;
        try
        {
            parkedSend.GetResult();
            next = Sent(chain);
        }
        catch (Exception)
        {
            Break(chain);
            return;
        }
        Send(next);
    }

    /// <summary>Counts a segment as gone; answers the next one, also of what was flushed meanwhile.</summary>
    private Segment? Sent(Segment segment)
    {
        var next = segment.Next;
        lock (gate)
        {
            pendingBytes -= segment.Written;
            if (next is null && flushAgain)
            {
                flushAgain = false;
                next = Detach();
            }
            if (next is null)
            {
                isSending = false;
                EndIfClosed();
            }
        }
        pool.Return(segment);
        return next;
    }

    /// <summary>Ends the stream once the farewell has left; under the lock.</summary>
    private void EndIfClosed()
    {
        if (isFarewellSaid && first is null)
            ended.TrySetResult();
    }

    private void Break(Segment? chain)
    {
        lock (gate)
        {
            isClosed = isBroken = true;
            isSending = false;
            ReturnAll(chain);
            ReturnAll(Detach());
            pendingBytes = 0;
        }
        Volatile.Write(ref parkedSince, 0);
        ended.TrySetResult();
        wire.Abort();
    }

    private void ReturnAll(Segment? chain)
    {
        while (chain is not null)
        {
            var next = chain.Next;
            pool.Return(chain);
            chain = next;
        }
    }
}
