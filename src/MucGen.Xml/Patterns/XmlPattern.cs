using System.Globalization;
using System.Numerics;
using System.Text;

namespace MucGen.Xml;

/// <summary>
/// A pattern of XML Schema (part 2, appendix F), ready to match; the whole text has to fit. Matching allocates nothing and takes a time in proportion to the text, so that
/// no text from the wire can make it slow.
/// </summary>
public sealed class XmlPattern
{
    private readonly PatternProgram program;

    /// <summary>Prepares a pattern.</summary>
    /// <param name="pattern">The pattern, as a schema has it.</param>
    /// <exception cref="FormatException">It is none, or has a part that is not supported.</exception>
    public XmlPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        program = PatternProgram.Parse(pattern);
    }

    /// <summary>Whether the text fits; an absent one does not.</summary>
    public bool Matches(in XmlText text)
    {
        if (!text.IsPresent)
            return false;
        const int bits = 64;
        var words = (program.Steps.Count + bits - 1) / bits;
        var places = new Places(program, stackalloc ulong[words], stackalloc ulong[words], stackalloc int[program.Steps.Count]);
        if (text.TryGetUtf8(out var utf8))
            return places.Advance(utf8) && places.IsAtEnd;
        var pieces = new DecodedPieces(text, stackalloc byte[DecodedPieces.ScratchLength]);
        while (pieces.MoveNext())
        {
            if (!places.Advance(pieces.Current))
                return false;
        }
        return places.IsAtEnd;
    }

    /// <summary>The steps at which the machine is: those that wait for a character, and the end.</summary>
    private ref struct Places
    {
        private readonly PatternProgram program;
        private readonly Span<int> open;
        private Span<ulong> current;
        private Span<ulong> next;

        public Places(PatternProgram program, Span<ulong> current, Span<ulong> next, Span<int> open)
        {
            this.program = program;
            this.current = current;
            this.next = next;
            this.open = open;
            current.Clear();
            Enter(program.Start, current);
        }

        public readonly bool IsAtEnd => (current[0] & 1) != 0;

        /// <summary>Takes whole characters; false when no place is left.</summary>
        public bool Advance(ReadOnlySpan<byte> utf8)
        {
            while (!utf8.IsEmpty)
            {
                Rune.DecodeFromUtf8(utf8, out var rune, out var length);
                utf8 = utf8[length..];
                if (!Advance(rune.Value, Rune.GetUnicodeCategory(rune)))
                    return false;
            }
            return true;
        }

        private bool Advance(int character, UnicodeCategory category)
        {
            next.Clear();
            var isAnywhere = false;
            for (var word = 0; word < current.Length; word++)
            {
                for (var bits = current[word]; bits != 0; bits &= bits - 1)
                {
                    var step = program.Steps[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                    if (step.Set is null || !step.Set.Contains(character, category))
                        continue;
                    Enter(step.Next, next);
                    isAnywhere = true;
                }
            }
            var left = current;
            current = next;
            next = left;
            return isAnywhere;
        }

        /// <summary>Enters a step, and where it forks the steps behind it.</summary>
        private readonly void Enter(int step, Span<ulong> places)
        {
            var count = 0;
            Mark(step, places, ref count);
            while (count > 0)
            {
                var reached = program.Steps[open[--count]];
                Mark(reached.Next, places, ref count);
                Mark(reached.Other, places, ref count);
            }
        }

        /// <summary>Notes a step, once; a fork is to be followed.</summary>
        private readonly void Mark(int step, Span<ulong> places, ref int count)
        {
            ref var word = ref places[step / 64];
            var bit = 1UL << (step % 64);
            if ((word & bit) != 0)
                return;
            word |= bit;
            if (step != 0 && program.Steps[step].Set is null)
                open[count++] = step;
        }
    }
}
