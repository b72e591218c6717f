namespace MucGen.Server.Transport;

/// <summary>The outboxes that one batch of work made dirty: each is flushed once, at the end of the batch. Not thread-safe.</summary>
internal sealed class FlushBatch
{
    private readonly List<Outbox> dirty = [];

    /// <summary>Appends to an outbox and remembers to flush it.</summary>
    public bool Append(Outbox outbox, ReadOnlySpan<byte> bytes)
    {
        var taken = outbox.TryAppend(bytes, out var becameDirty);
        if (becameDirty)
            dirty.Add(outbox);
        return taken;
    }

    /// <summary>Appends a stanza with its own <c>to</c> and remembers to flush the outbox.</summary>
    public bool Append(Outbox outbox, ReadOnlySpan<byte> head, ReadOnlySpan<byte> to, ReadOnlySpan<byte> tail)
    {
        var taken = outbox.TryAppend(head, to, tail, out var becameDirty);
        if (becameDirty)
            dirty.Add(outbox);
        return taken;
    }

    /// <summary>Flushes all that are dirty.</summary>
    public void Flush()
    {
        foreach (var outbox in dirty)
            outbox.Flush();
        dirty.Clear();
    }
}
