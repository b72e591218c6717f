using System.Buffers;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// One serialised stanza without its <c>to</c>: composed once, then sent to any number of recipients by splicing each address
/// into the gap. Pooled and reference-counted; it may be released on another thread than the one that composed it.
/// </summary>
/// <remarks>
/// Whoever calls <see cref="Rent"/> holds one lease. <see cref="RoomTurn.Send"/> takes one more for each delivery, which belongs to
/// whoever carries the delivery out. The last <see cref="Dispose"/> returns the bytes to the pool.
/// </remarks>
public sealed class Payload : IBufferWriter<byte>, IDisposable
{
    private const int InitialBytes = 1024;
    private const int LargestKept = 32 * 1024;
    private const int MostKept = 2048;

    private static readonly FixedPool<Payload> Pool = new(MostKept);

    private byte[] buffer = new byte[InitialBytes];
    private int length;
    private int leases;

    private Payload()
    {
    }

    /// <summary>The stanza without its <c>to</c>.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Where <c> to='...'</c> is spliced in: directly after the name of the stanza. Valid once sealed.</summary>
    public int GapAt { get; private set; }

    /// <summary>The part before the gap.</summary>
    public ReadOnlySpan<byte> Head => buffer.AsSpan(0, GapAt);

    /// <summary>The part after the gap.</summary>
    public ReadOnlySpan<byte> Tail => buffer.AsSpan(GapAt, length - GapAt);

    /// <summary>Who the stanza says it is from: the room or one of its occupants. Null until sealed.</summary>
    public Jid? From { get; private set; }

    /// <summary>The bare JID of the person whose real address is inside; null when the payload carries no real address.</summary>
    /// <remarks>The last gate (<see cref="RoomTurn.Send"/>) withholds such a payload from those who may not see that address.</remarks>
    public Jid? Reveals { get; private set; }

    /// <summary>Whether it is what one occupant says to another alone (XEP-0045 7.5).</summary>
    public bool IsPrivate { get; private set; }

    /// <summary>How many leases are held at this moment; for tests.</summary>
    public int Leases => Volatile.Read(ref leases);

    /// <summary>Takes an empty payload from the pool, with one lease for the caller.</summary>
    public static Payload Rent()
    {
        if (!Pool.TryTake(out var payload))
            payload = new Payload();
        payload.leases = 1;
        return payload;
    }

    /// <summary>Copies a stanza that was sealed before, as the journal keeps it.</summary>
    /// <param name="stanza">One stanza without <c>to</c>.</param>
    /// <param name="from">The address that it is from.</param>
    public static Payload Copy(ReadOnlySpan<byte> stanza, Jid from)
    {
        var payload = Rent();
        stanza.CopyTo(payload.GetSpan(stanza.Length));
        payload.Advance(stanza.Length);
        payload.Seal(from);
        return payload;
    }

    /// <summary>Ends the composition: finds the gap, and states the sender and what the payload gives away.</summary>
    /// <param name="from">The address in the stanza's <c>from</c>.</param>
    /// <param name="reveals">The bare JID whose real address is inside, if any.</param>
    /// <param name="isPrivate">Whether it is a private message of an occupant.</param>
    public void Seal(Jid from, Jid? reveals = null, bool isPrivate = false)
    {
        var end = Bytes.IndexOfAny((byte)' ', (byte)'/', (byte)'>');
        if (end < 2)
            throw new InvalidOperationException("A payload is one stanza.");
        GapAt = end;
        From = from;
        Reveals = reveals;
        IsPrivate = isPrivate;
    }

    /// <summary>Takes further leases, each to be given back by <see cref="Dispose"/>.</summary>
    public Payload Retain(int count = 1)
    {
        Interlocked.Add(ref leases, count);
        return this;
    }

    /// <summary>Gives back one lease; the last one returns the payload to the pool.</summary>
    public void Dispose()
    {
        var left = Interlocked.Decrement(ref leases);
        if (left > 0)
            return;
        ObjectDisposedException.ThrowIf(left < 0, this);
        Return();
    }

    /// <summary>The length in bytes of the stanza as it goes to <paramref name="to"/>.</summary>
    public int LengthTo(Jid to) => length + " to=''"u8.Length + to.EscapedUtf8.Length;

    /// <summary>Writes the stanza as it goes to <paramref name="to"/>.</summary>
    public void WriteTo(Jid to, IBufferWriter<byte> output)
    {
        output.Write(Head);
        output.Write(" to='"u8);
        output.Write(to.EscapedUtf8);
        output.Write("'"u8);
        output.Write(Tail);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, buffer.Length - length);
        length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (buffer.Length - length < needed)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + needed));
    }

    private void Return()
    {
        length = 0;
        GapAt = 0;
        From = null;
        Reveals = null;
        IsPrivate = false;
        if (buffer.Length <= LargestKept)
            Pool.Put(this);
    }
}
