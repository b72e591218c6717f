using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MucGen.Xml;

/// <summary>
/// Answers "where is the next such byte" for markup, going forward only. It looks at 64 bytes at once and keeps one bit a byte for each
/// class, so that the many short steps between tags, names and quotes cost a shift and a count of zeros each.
/// </summary>
/// <remarks>
/// Every answer is a position at or behind the one asked from, or the length of the bytes when there is none. Asking further back works,
/// but looks at a block again.
/// </remarks>
internal ref struct MarkupScanner
{
    private const int BlockLength = 64;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly bool readsNames;
    private LastBlock last;
    private int blockStart;
    private ulong less;
    private ulong greater;
    private ulong quotes;
    private ulong apostrophes;
    private ulong encoded;
    private ulong names;
    private ulong unusual;

    /// <summary>Starts at the first byte.</summary>
    /// <param name="bytes">What to look at.</param>
    /// <param name="readsNames">Whether <see cref="EndOfText"/>, <see cref="EndOfValue"/> and <see cref="EndOfName"/> will be asked.</param>
    public MarkupScanner(ReadOnlySpan<byte> bytes, bool readsNames)
    {
        this.bytes = bytes;
        this.readsNames = readsNames;
        blockStart = -BlockLength;
    }

    [InlineArray(BlockLength)]
    private struct LastBlock
    {
        private byte first;
    }

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
    /// <param name="isUnusual">It has a '&gt;', an ampersand, a tab or a line end.</param>
    public int EndOfText(int from, out bool isUnusual)
    {
        var seen = 0UL;
        while (from < bytes.Length)
        {
            Load(from);
            var found = less >> from;
            seen |= ((encoded | greater) >> from) & Below(found);
            if (found != 0)
            {
                from += BitOperations.TrailingZeroCount(found);
                break;
            }
            from = blockStart + BlockLength;
        }
        isUnusual = seen != 0;
        return Math.Min(from, bytes.Length);
    }

    /// <summary>The end of an attribute's value: the next '&lt;' or <paramref name="quote"/>.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="quote">A quote or an apostrophe.</param>
    /// <param name="isEncoded">It has an ampersand, a tab or a line end.</param>
    public int EndOfValue(int from, byte quote, out bool isEncoded)
    {
        var seen = 0UL;
        while (from < bytes.Length)
        {
            Load(from);
            var found = (less | (quote == '"' ? quotes : apostrophes)) >> from;
            seen |= (encoded >> from) & Below(found);
            if (found != 0)
            {
                from += BitOperations.TrailingZeroCount(found);
                break;
            }
            from = blockStart + BlockLength;
        }
        isEncoded = seen != 0;
        return Math.Min(from, bytes.Length);
    }

    /// <summary>The end of a name: the next byte that is neither an ASCII name character, nor a colon, nor beyond ASCII.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="isUnusual">It has a colon or characters beyond ASCII.</param>
    public int EndOfName(int from, out bool isUnusual)
    {
        var seen = 0UL;
        while (from < bytes.Length)
        {
            Load(from);
            var found = ~names >> from;
            seen |= (unusual >> from) & Below(found);
            if (found != 0)
            {
                from += BitOperations.TrailingZeroCount(found);
                break;
            }
            from = blockStart + BlockLength;
        }
        isUnusual = seen != 0;
        return Math.Min(from, bytes.Length);
    }

    // The bits under the lowest one that is set; all of them when none is.
    private static ulong Below(ulong found) => (found - 1) & ~found;

    private void Load(int from)
    {
        if ((uint)(from - blockStart) >= BlockLength) LoadBlock(from);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadBlock(int from)
    {
        blockStart = from & -BlockLength;
        var block = bytes[blockStart..];
        if (block.Length >= BlockLength)
        {
            Classify(block);
            return;
        }
        Span<byte> copy = last;
        copy.Clear();
        block.CopyTo(copy);
        Classify(copy);
    }

    private void Classify(scoped ReadOnlySpan<byte> block)
    {
        if (Vector512.IsHardwareAccelerated) ClassifyAtOnce(block);
        else if (Vector128.IsHardwareAccelerated) ClassifyInHalves(block);
        else ClassifyOneByOne(block);
    }

    private void ClassifyAtOnce(scoped ReadOnlySpan<byte> block)
    {
        var value = Vector512.Create(block);
        less = Equal(value, '<').ExtractMostSignificantBits();
        greater = Equal(value, '>').ExtractMostSignificantBits();
        quotes = Equal(value, '"').ExtractMostSignificantBits();
        apostrophes = Equal(value, '\'').ExtractMostSignificantBits();
        if (!readsNames) return;
        encoded = Equal(value, '&').ExtractMostSignificantBits() | InRange(value, '\t', '\n').ExtractMostSignificantBits()
            | Equal(value, '\r').ExtractMostSignificantBits();
        unusual = value.ExtractMostSignificantBits() | Equal(value, ':').ExtractMostSignificantBits();
        names = unusual
            | InRange(value | Vector512.Create((byte)0x20), 'a', 'z').ExtractMostSignificantBits()
            | InRange(value, '0', '9').ExtractMostSignificantBits()
            | InRange(value, '-', '.').ExtractMostSignificantBits()
            | Equal(value, '_').ExtractMostSignificantBits();
    }

    private void ClassifyInHalves(scoped ReadOnlySpan<byte> block)
    {
        var low = Vector256.Create(block);
        var high = Vector256.Create(block[Vector256<byte>.Count..]);
        less = Bits(Equal(low, '<'), Equal(high, '<'));
        greater = Bits(Equal(low, '>'), Equal(high, '>'));
        quotes = Bits(Equal(low, '"'), Equal(high, '"'));
        apostrophes = Bits(Equal(low, '\''), Equal(high, '\''));
        if (!readsNames) return;
        encoded = Bits(EncodedBytes(low), EncodedBytes(high));
        unusual = Bits(low | Equal(low, ':'), high | Equal(high, ':'));
        names = unusual | Bits(NameBytes(low), NameBytes(high));
    }

    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);

    private static Vector512<byte> Equal(Vector512<byte> value, char other) => Vector512.Equals(value, Vector512.Create((byte)other));

    private static Vector256<byte> Equal(Vector256<byte> value, char other) => Vector256.Equals(value, Vector256.Create((byte)other));

    // One subtraction, which wraps, and one unsigned comparison.
    private static Vector512<byte> InRange(Vector512<byte> value, char first, char last) =>
        Vector512.LessThanOrEqual(value - Vector512.Create((byte)first), Vector512.Create((byte)(last - first)));

    private static Vector256<byte> InRange(Vector256<byte> value, char first, char last) =>
        Vector256.LessThanOrEqual(value - Vector256.Create((byte)first), Vector256.Create((byte)(last - first)));

    private static Vector256<byte> EncodedBytes(Vector256<byte> value) => Equal(value, '&') | InRange(value, '\t', '\n') | Equal(value, '\r');

    private static Vector256<byte> NameBytes(Vector256<byte> value) =>
        InRange(value | Vector256.Create((byte)0x20), 'a', 'z') | InRange(value, '0', '9') | InRange(value, '-', '.') | Equal(value, '_');

    private void ClassifyOneByOne(scoped ReadOnlySpan<byte> block)
    {
        less = greater = quotes = apostrophes = encoded = names = unusual = 0;
        for (var index = 0; index < BlockLength; index++)
        {
            var bit = 1UL << index;
            var value = block[index];
            if (value == '<') less |= bit;
            else if (value == '>') greater |= bit;
            else if (value == '"') quotes |= bit;
            else if (value == '\'') apostrophes |= bit;
            else if (value is (byte)'&' or (byte)'\t' or (byte)'\n' or (byte)'\r') encoded |= bit;
            else if (value >= 0x80 || value == ':') unusual |= bit;
            else if (CharacterClass.IsAsciiNamePart(value)) names |= bit;
        }
        names |= unusual;
    }
}
