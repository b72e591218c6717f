using System.Numerics;
using System.Runtime.CompilerServices;

namespace MucGen.Xml;

/// <summary>
/// Answers "where is the next such byte" for markup, going forward only. It looks at 64 bytes at once and keeps one bit a byte for each
/// class, so that the many short steps between tags, names and quotes cost a shift and a count of zeros each.
/// </summary>
/// <remarks>
/// Every answer is a position at or behind the one asked from, or the length of the bytes when there is none. Asking further back works,
/// but looks at a block again.
/// </remarks>
internal ref partial struct MarkupScanner
{
    private const int BlockLength = 64;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool readsNames;
    private int blockStart;
    private ulong less;
    private ulong greater;
    private ulong quotes;
    private ulong apostrophes;
    private ulong controls;
    private ulong encoded;
    private ulong beyondAscii;
    private ulong names;
    private ulong unusual;
    private ulong seen;
    private ulong controlsSeen;
    private ulong beyondAsciiSeen;

    /// <summary>Starts at the first byte.</summary>
    /// <param name="bytes">What to look at.</param>
    /// <param name="readsNames">
    /// Whether <see cref="EndOfText"/>, <see cref="EndOfValue"/>, <see cref="EndOfName"/> and what was seen will be asked.
    /// </param>
    public MarkupScanner(ReadOnlySpan<byte> bytes, bool readsNames)
    {
        this.bytes = bytes;
        this.readsNames = readsNames;
        blockStart = -BlockLength;
    }

    /// <summary>Whether a control character, tabs and line ends included, stood in a block that was looked at.</summary>
    public readonly bool HasSeenControls => controlsSeen != 0;

    /// <summary>Whether a byte beyond ASCII stood in a block that was looked at.</summary>
    public readonly bool HasSeenBeyondAscii => beyondAsciiSeen != 0;

    /// <summary>The next '&lt;'.</summary>
    public int NextLess(int from)
    {
        while (from < bytes.Length)
        {
            Load(from);
            var found = less >> from;
            if (found != 0) return from + BitOperations.TrailingZeroCount(found);
            from = blockStart + BlockLength;
        }
        return bytes.Length;
    }

    /// <summary>The next '&lt;' or '&gt;'.</summary>
    public int NextAngle(int from)
    {
        while (from < bytes.Length)
        {
            Load(from);
            var found = (less | greater) >> from;
            if (found != 0) return from + BitOperations.TrailingZeroCount(found);
            from = blockStart + BlockLength;
        }
        return bytes.Length;
    }

    /// <summary>The next '&lt;', '&gt;', quote or apostrophe.</summary>
    public int NextInTag(int from)
    {
        while (from < bytes.Length)
        {
            Load(from);
            var found = (less | greater | quotes | apostrophes) >> from;
            if (found != 0) return from + BitOperations.TrailingZeroCount(found);
            from = blockStart + BlockLength;
        }
        return bytes.Length;
    }

    /// <summary>The next '&lt;' or <paramref name="quote"/>.</summary>
    public int NextInValue(int from, byte quote)
    {
        while (from < bytes.Length)
        {
            Load(from);
            var found = (less | (quote == '"' ? quotes : apostrophes)) >> from;
            if (found != 0) return from + BitOperations.TrailingZeroCount(found);
            from = blockStart + BlockLength;
        }
        return bytes.Length;
    }

    /// <summary>The end of character data: the next '&lt;'.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="hasGreater">It has a '&gt;'.</param>
    /// <param name="isEncoded">It has an ampersand or a control character.</param>
    public int EndOfText(int from, out bool hasGreater, out bool isEncoded)
    {
        var greaterSeen = 0UL;
        seen = 0;
        while (from < bytes.Length)
        {
            Load(from);
            var found = less >> from;
            seen |= (encoded >> from) & UpTo(found);
            greaterSeen |= (greater >> from) & UpTo(found);
            if (found != 0)
            {
                from += BitOperations.TrailingZeroCount(found);
                break;
            }
            from = blockStart + BlockLength;
        }
        hasGreater = greaterSeen != 0;
        isEncoded = seen != 0;
        return Math.Min(from, bytes.Length);
    }

    /// <summary>The end of an attribute's value: the next '&lt;' or <paramref name="quote"/>.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="quote">A quote or an apostrophe.</param>
    /// <param name="isEncoded">It has an ampersand or a control character.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int EndOfValue(int from, byte quote, out bool isEncoded)
    {
        if (IsLoaded(from))
        {
            var found = (less | (quote == '"' ? quotes : apostrophes)) >> from;
            if (found != 0)
            {
                isEncoded = ((encoded >> from) & UpTo(found)) != 0;
                return from + BitOperations.TrailingZeroCount(found);
            }
        }
        var end = EndOfLongValue(from, quote);
        isEncoded = seen != 0;
        return end;
    }

    /// <summary>The end of a name: the next byte that is neither an ASCII name character, nor a colon, nor beyond ASCII.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="oddities">
    /// One bit for each colon and byte beyond ASCII, the lowest for the byte at the start; all bits, when it has any, if the name goes on into
    /// another block, and for a name longer than a block.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int EndOfName(int from, out ulong oddities)
    {
        if (IsLoaded(from))
        {
            var found = ~names >> from;
            if (found != 0)
            {
                oddities = (unusual >> from) & UpTo(found);
                return from + BitOperations.TrailingZeroCount(found);
            }
        }
        var end = EndOfLongName(from);
        oddities = seen == 0 && end - from <= BlockLength ? 0 : ulong.MaxValue;
        return end;
    }

    /// <summary>Looks at the blocks of a run that nothing is asked about, so that what is seen covers it.</summary>
    public void LookAt(int start, int end)
    {
        for (var block = start & -BlockLength; block < end; block += BlockLength)
            Load(block);
    }

    // Says in `seen` what EndOfValue says: a parameter whose address is taken would cost the short way its register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EndOfLongValue(int from, byte quote)
    {
        seen = 0;
        while (from < bytes.Length)
        {
            Load(from);
            var found = (less | (quote == '"' ? quotes : apostrophes)) >> from;
            seen |= (encoded >> from) & UpTo(found);
            if (found != 0) return from + BitOperations.TrailingZeroCount(found);
            from = blockStart + BlockLength;
        }
        return bytes.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EndOfLongName(int from)
    {
        seen = 0;
        while (from < bytes.Length)
        {
            Load(from);
            var found = ~names >> from;
            seen |= (unusual >> from) & UpTo(found);
            if (found != 0) return from + BitOperations.TrailingZeroCount(found);
            from = blockStart + BlockLength;
        }
        return bytes.Length;
    }

    // The bits up to the lowest one that is set, itself too; all of them when none is.
    private static ulong UpTo(ulong found) => found ^ (found - 1);

    private readonly bool IsLoaded(int from) => (uint)(from - blockStart) < BlockLength;

    private void Load(int from)
    {
        if (!IsLoaded(from)) LoadBlock(from);
    }
}
