using System.Runtime.InteropServices;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>What one transaction writes, in order. The bodies of events share one buffer, which the next group uses again.</summary>
internal sealed class WriteGroup
{
    private const int SmallestBuffer = 64 * 1024;
    private const int LargestKept = 4 * 1024 * 1024;

    private readonly List<WriteEntry> entries = [];
    private byte[] bodies = [];
    private int used;

    /// <summary>How many changes there are.</summary>
    public int Count => entries.Count;

    /// <summary>The bytes of all event bodies.</summary>
    public int Bytes => used;

    /// <summary>The changes, in order; valid until the next one is added.</summary>
    public ReadOnlySpan<WriteEntry> Entries => CollectionsMarshal.AsSpan(entries);

    /// <summary>Adds an action on the writer's connection.</summary>
    public void Add(Action change) => entries.Add(new WriteEntry(change, 0, 0, 0, 0, false));

    /// <summary>Adds an event of a room, copying its body.</summary>
    public void Add(long room, long sequence, ReadOnlySpan<byte> body, bool isArchived)
    {
        if (bodies.Length - used < body.Length)
            Array.Resize(ref bodies, Math.Max(Math.Max(SmallestBuffer, bodies.Length * 2), used + body.Length));
        body.CopyTo(bodies.AsSpan(used));
        entries.Add(new WriteEntry(null, room, sequence, used, body.Length, isArchived));
        used += body.Length;
    }

    /// <summary>The body of an event of this group.</summary>
    public ReadOnlySpan<byte> BodyOf(in WriteEntry entry) => bodies.AsSpan(entry.Start, entry.Length);

    /// <summary>Empties the group; memory that only an unusual burst needed is let go.</summary>
    public void Clear()
    {
        entries.Clear();
        used = 0;
        if (bodies.Length > LargestKept)
            bodies = [];
    }
}

/// <summary>One queued change: an action, or an event of a room whose body lies in its group.</summary>
internal readonly record struct WriteEntry(Action? Change, long Room, long Sequence, int Start, int Length, bool IsArchived);
