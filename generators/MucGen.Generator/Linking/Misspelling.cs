using System;
using System.Linq;

namespace MucGen.Generator.Linking;

/// <summary>How a name differs from another when it may be meant by it.</summary>
internal static class Misspelling
{
    /// <summary>Nothing but the case of letters differs.</summary>
    public static bool HasSameLetters(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Nothing but the case of letters differs, or one has a letter too few or too many.</summary>
    public static bool IsLike(string one, string other) => HasSameLetters(one, other) || IsOneLetterMore(one, other) || IsOneLetterMore(other, one);

    private static bool IsOneLetterMore(string longer, string shorter) =>
        longer.Length == shorter.Length + 1 && Enumerable.Range(0, longer.Length).Any(i => longer.Remove(i, 1) == shorter);
}
