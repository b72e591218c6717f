namespace MucGen.Server.Transport;

/// <summary>One piece of an outbox: bytes waiting for the socket, chained in the order they leave.</summary>
internal sealed class Segment
{
    /// <summary>Bytes a segment holds: a few dozen messages, so that one send carries what a busy room produced in one batch.</summary>
    public const int Size = 16 * 1024;

    /// <summary>The memory; pinned for its lifetime, so that a pending send never fragments the heap.</summary>
    public readonly byte[] Bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

    /// <summary>Bytes filled so far.</summary>
    public int Written;

    /// <summary>The segment that leaves after this one.</summary>
    public Segment? Next;

    /// <summary>Space left at the end.</summary>
    public Span<byte> Free => Bytes.AsSpan(Written);
}

/// <summary>Keeps segments between uses, so that an idle session owns no buffer and a busy one allocates none.</summary>
/// <remarks>
/// <see cref="System.Buffers.ArrayPool{T}.Shared"/> keeps only a few dozen arrays a core; a room of a thousand makes a thousand
/// outboxes dirty at once, which would allocate on every message.
/// </remarks>
internal sealed class SegmentPool(int retained = SegmentPool.DefaultRetained)
{
    /// <summary>Segments kept for reuse (32 MiB); more than these go back to the garbage collector.</summary>
    public const int DefaultRetained = 2048;

    private readonly Lock gate = new();
    private Segment? free;
    private int kept;

    /// <summary>An empty segment; the caller owns it until <see cref="Return"/>.</summary>
    public Segment Rent()
    {
        lock (gate)
        {
            if (free is { } segment)
            {
                free = segment.Next;
                kept--;
                segment.Next = null;
                segment.Written = 0;
                return segment;
            }
        }
        return new Segment();
    }

    /// <summary>Takes a segment back.</summary>
    public void Return(Segment segment)
    {
        lock (gate)
        {
            if (kept == retained)
                return;
            segment.Next = free;
            free = segment;
            kept++;
        }
    }
}
