using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MucGen.Xml;

// One block: 64 bytes become one bit a byte for each class.
internal ref partial struct MarkupScanner
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadBlock(int from)
    {
        blockStart = from & -BlockLength;
        if (bytes.Length - blockStart >= BlockLength) Classify(bytes.Slice(blockStart, BlockLength));
        else LoadLastBlock();
        controlsSeen |= controls;
        beyondAsciiSeen |= beyondAscii;
    }

    // The block that the bytes end in: looked at where it is whole, further back, or copied when there are fewer bytes than one block.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadLastBlock()
    {
        var missing = blockStart + BlockLength - bytes.Length;
        if (blockStart == 0)
        {
            Span<byte> copy = stackalloc byte[BlockLength];
            copy[^missing..].Fill((byte)' ');
            bytes.CopyTo(copy);
            Classify(copy);
            return;
        }
        Classify(bytes[^BlockLength..]);
        less >>= missing;
        greater >>= missing;
        quotes >>= missing;
        apostrophes >>= missing;
        controls >>= missing;
        encoded >>= missing;
        beyondAscii >>= missing;
        unusual >>= missing;
        names >>= missing;
    }

    // In one method, so that the block stays in its register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Classify(scoped ReadOnlySpan<byte> block)
    {
        if (Vector512.IsHardwareAccelerated) ClassifyAtOnce(Vector512.Create(block));
        else if (Vector128.IsHardwareAccelerated) ClassifyInHalves(Vector256.Create(block), Vector256.Create(block[Vector256<byte>.Count..]));
        else ClassifyOneByOne(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ClassifyAtOnce(Vector512<byte> value)
    {
        less = Equal(value, '<').ExtractMostSignificantBits();
        greater = Equal(value, '>').ExtractMostSignificantBits();
        quotes = Equal(value, '"').ExtractMostSignificantBits();
        apostrophes = Equal(value, '\'').ExtractMostSignificantBits();
        if (!readsNames) return;
        controls = Vector512.LessThan(value, Vector512.Create((byte)' ')).ExtractMostSignificantBits();
        encoded = controls | Equal(value, '&').ExtractMostSignificantBits();
        beyondAscii = value.ExtractMostSignificantBits();
        unusual = beyondAscii | Equal(value, ':').ExtractMostSignificantBits();
        names = unusual
            | InRange(value | Vector512.Create((byte)0x20), 'a', 'z').ExtractMostSignificantBits()
            | InRange(value, '0', '9').ExtractMostSignificantBits()
            | InRange(value, '-', '.').ExtractMostSignificantBits()
            | Equal(value, '_').ExtractMostSignificantBits();
    }

    private void ClassifyInHalves(Vector256<byte> low, Vector256<byte> high)
    {
        less = Bits(Equal(low, '<'), Equal(high, '<'));
        greater = Bits(Equal(low, '>'), Equal(high, '>'));
        quotes = Bits(Equal(low, '"'), Equal(high, '"'));
        apostrophes = Bits(Equal(low, '\''), Equal(high, '\''));
        if (!readsNames) return;
        controls = Bits(InRange(low, '\0', '\x1F'), InRange(high, '\0', '\x1F'));
        encoded = controls | Bits(Equal(low, '&'), Equal(high, '&'));
        beyondAscii = Bits(low, high);
        unusual = beyondAscii | Bits(Equal(low, ':'), Equal(high, ':'));
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

    private static Vector256<byte> NameBytes(Vector256<byte> value) =>
        InRange(value | Vector256.Create((byte)0x20), 'a', 'z') | InRange(value, '0', '9') | InRange(value, '-', '.') | Equal(value, '_');

    private void ClassifyOneByOne(scoped ReadOnlySpan<byte> block)
    {
        less = greater = quotes = apostrophes = controls = encoded = beyondAscii = names = unusual = 0;
        for (var index = 0; index < BlockLength; index++)
        {
            var bit = 1UL << index;
            var value = block[index];
            if (value == '<') less |= bit;
            else if (value == '>') greater |= bit;
            else if (value == '"') quotes |= bit;
            else if (value == '\'') apostrophes |= bit;
            else if (value == '&') encoded |= bit;
            else if (value == ':') unusual |= bit;
            else if (value < ' ') controls |= bit;
            else if (value >= 0x80) beyondAscii |= bit;
            else if (CharacterClass.IsAsciiNamePart(value)) names |= bit;
        }
        encoded |= controls;
        unusual |= beyondAscii;
        names |= unusual;
    }
}
