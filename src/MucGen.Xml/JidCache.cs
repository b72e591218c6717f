using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace MucGen.Xml;

/// <summary>
/// Remembers the addresses that a reader meets again and again, by their bytes as they came. Direct-mapped: an entry that falls on a taken
/// place replaces it. A hit allocates nothing. Not thread-safe: one for each reader.
/// </summary>
public sealed class JidCache
{
    private readonly Entry[] entries;

    /// <summary>Makes room for <paramref name="capacity"/> addresses, rounded up to a power of two.</summary>
    public JidCache(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)capacity)];
    }

    private struct Entry
    {
        public byte[]? Source;
        public Jid? Jid;
    }

    /// <summary>Reads an address, as <see cref="Jid.TryParse(in XmlText, out Jid?, out JidError)"/> does; only valid ones are remembered.</summary>
    public bool TryGet(in XmlText value, [NotNullWhen(true)] out Jid? jid, out JidError error)
    {
        // Raw bytes with references decode differently from the same bytes in place, so they are not mixed here.
        if (value.Kind != XmlTextKind.Utf8) return Jid.TryParse(in value, out jid, out error);
        var hash = default(HashCode);
        hash.AddBytes(value.Bytes);
        ref var entry = ref entries[hash.ToHashCode() & (entries.Length - 1)];
        if (entry.Source is { } source && value.Bytes.SequenceEqual(source))
        {
            jid = entry.Jid!;
            error = JidError.None;
            return true;
        }
        if (!Jid.TryParse(in value, out jid, out error)) return false;
        entry = new Entry { Source = value.Bytes.ToArray(), Jid = jid };
        return true;
    }
}
