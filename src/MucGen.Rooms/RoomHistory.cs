using System.Text;
using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>One message of the past.</summary>
public struct PastMessage
{
    /// <summary>The message as it went to the room.</summary>
    public Payload Live { get; internal set; }

    /// <summary>When the room received it.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>The real bare JID of who wrote it; null for messages kept by a version that did not know.</summary>
    public Jid? Sender { get; internal set; }

    /// <summary>Whether a tombstone stands in its place (XEP-0424 4).</summary>
    public bool IsRetracted { get; internal set; }

    /// <summary>The message with the room's delay element, composed for the first newcomer and kept for the next ones.</summary>
    internal Payload? Delayed { get; set; }
}

/// <summary>The last messages of a room, oldest first, in a ring that holds a lease on each payload (XEP-0045 7.2.13).</summary>
public sealed class RoomHistory
{
    private const int MostIdBytes = 64; // the room's own ids are shorter

    private readonly Jid room;
    private readonly int capacity;
    private PastMessage[] ring = [];
    private int first;

    internal RoomHistory(Jid room, int capacity)
    {
        this.room = room;
        this.capacity = capacity;
    }

    /// <summary>How many messages there are.</summary>
    public int Count { get; private set; }

    /// <summary>The message at a place, 0 being the oldest.</summary>
    public ref readonly PastMessage this[int index] => ref At(index);

    /// <summary>The message as a newcomer gets it: with a delay element by the room (decision A17). The ring keeps the lease.</summary>
    internal Payload Delayed(int index)
    {
        ref var message = ref At(index);
        return message.Delayed ??= Compose(message.Live, message.At);
    }

    /// <summary>The place of the message with this stanza-id; -1 when it is not there.</summary>
    internal int Find(string id)
    {
        Span<byte> wanted = stackalloc byte[MostIdBytes];
        if (!Encoding.UTF8.TryGetBytes(id, wanted, out var length))
            return -1;
        for (var i = Count - 1; i >= 0; i--)
        {
            if (RelayedStanza.IdOf(At(i).Live.Bytes).SequenceEqual(wanted[..length]))
                return i;
        }
        return -1;
    }

    /// <summary>Puts a tombstone in the place of a message; one that has a tombstone keeps it.</summary>
    internal void Retract(int index, Markup tombstone)
    {
        ref var message = ref At(index);
        if (message.IsRetracted)
            return;
        var payload = Payload.Rent();
        RelayedStanza.WriteTombstone(message.Live.Bytes, tombstone.Utf8, payload);
        payload.Seal(message.Live.From!);
        message.Live.Dispose();
        message.Delayed?.Dispose();
        message.Live = payload;
        message.Delayed = null;
        message.IsRetracted = true;
    }

    internal void Add(Payload payload, DateTimeOffset at, Jid? sender, bool isRetracted = false)
    {
        if (capacity == 0)
            return;
        if (Count == capacity)
            DropOldest();
        else if (Count == ring.Length)
            Grow();
        ref var slot = ref ring[(first + Count) % ring.Length];
        slot.Live = payload.Retain();
        slot.At = at;
        slot.Sender = sender;
        slot.IsRetracted = isRetracted;
        slot.Delayed = null;
        Count++;
    }

    internal void Clear()
    {
        while (Count > 0)
            DropOldest();
    }

    private ref PastMessage At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref ring[(first + index) % ring.Length];
    }

    private void DropOldest()
    {
        ref var oldest = ref ring[first];
        oldest.Live.Dispose();
        oldest.Delayed?.Dispose();
        oldest = default;
        first = (first + 1) % ring.Length;
        Count--;
    }

    private void Grow()
    {
        var larger = new PastMessage[Math.Min(capacity, Math.Max(8, ring.Length * 2))];
        for (var i = 0; i < Count; i++)
            larger[i] = ring[(first + i) % ring.Length];
        ring = larger;
        first = 0;
    }

    // The delay goes in last, so that the sender's payload stays one piece.
    private Payload Compose(Payload message, DateTimeOffset at)
    {
        var live = message.Bytes;
        var end = live.LastIndexOf("</"u8);
        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw(live[..end]);
        DelayWriter.Write(ref writer, stamp: at, from: new XmlText(room));
        writer.Raw(live[end..]);
        writer.Flush();
        payload.Seal(message.From!, message.Reveals);
        return payload;
    }
}
