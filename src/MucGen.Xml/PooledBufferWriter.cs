using System.Buffers;

namespace MucGen.Xml;

/// <summary>A growing buffer over pooled memory. Not thread-safe. The owner disposes it, which invalidates what it gave out.</summary>
public sealed class PooledBufferWriter : IBufferWriter<byte>, IDisposable
{
    private const int SmallestBuffer = 256;

    private byte[] buffer;
    private int written;

    /// <summary>Rents a buffer of at least <paramref name="initialCapacity"/> bytes.</summary>
    public PooledBufferWriter(int initialCapacity = SmallestBuffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(initialCapacity);
        buffer = ArrayPool<byte>.Shared.Rent(Math.Max(initialCapacity, SmallestBuffer));
    }

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public int WrittenCount => written;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> WrittenSpan => buffer.AsSpan(0, written);

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => buffer.AsMemory(0, written);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => written = 0;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, buffer.Length - written);
        written += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return buffer.AsMemory(written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return buffer.AsSpan(written);
    }

    /// <summary>Returns the memory to the pool. Safe to call twice.</summary>
    public void Dispose()
    {
        if (buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        written = 0;
    }

    private void EnsureFree(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var needed = Math.Max(sizeHint, 1);
        if (buffer.Length - written >= needed) return;
        Grow(needed);
    }

    private void Grow(int needed)
    {
        ObjectDisposedException.ThrowIf(buffer.Length == 0, this);
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(written + needed, buffer.Length * 2)));
        buffer.AsSpan(0, written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
