using System.Globalization;
using System.Text;

namespace MucGen.Xml;

/// <summary>Characters that are valid only beside certain others (RFC 5892 appendix A).</summary>
internal static class PrecisContext
{
    /// <summary>A join control: behind a virama, or, for the zero width non-joiner, between Arabic letters that would join.</summary>
    /// <remarks>Joining types are known here for the Arabic script only; elsewhere a virama is needed.</remarks>
    public static bool AllowsJoiner(string value, int index)
    {
        if (index == 0) return false;
        if (IsVirama(RuneBefore(value, index).Value)) return true;
        return value[index] == '\u200C' && JoinsForward(value, index - 1) && JoinsBackward(value, index + 1);
    }

    /// <summary>The other characters that depend on their neighbours.</summary>
    public static bool Allows(string value, int index) => value[index] switch
    {
        '\u00B7' => index > 0 && index + 1 < value.Length && value[index - 1] == 'l' && value[index + 1] == 'l',
        '\u0375' => index + 1 < value.Length && value[index + 1] is (>= '\u0370' and <= '\u03FF') or (>= '\u1F00' and <= '\u1FFF'),
        '\u05F3' or '\u05F4' => index > 0 && value[index - 1] is (>= '\u0591' and <= '\u05F4') or (>= '\uFB1D' and <= '\uFB4F'),
        '\u30FB' => HasJapanese(value),
        >= '\u0660' and <= '\u0669' => !value.AsSpan().ContainsAnyInRange('\u06F0', '\u06F9'),
        _ => !value.AsSpan().ContainsAnyInRange('\u0660', '\u0669'),
    };

    private static Rune RuneBefore(string value, int index) =>
        Rune.GetRuneAt(value, char.IsLowSurrogate(value[index - 1]) ? index - 2 : index - 1);

    private static bool JoinsForward(string value, int index)
    {
        while (index >= 0 && IsTransparent(value[index]))
            index--;
        return index >= 0 && IsArabicLetter(value[index]) && !IsRightJoining(value[index]);
    }

    private static bool JoinsBackward(string value, int index)
    {
        while (index < value.Length && IsTransparent(value[index]))
            index++;
        return index < value.Length && IsArabicLetter(value[index]);
    }

    private static bool IsTransparent(char value) => char.GetUnicodeCategory(value) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Letters of the Arabic blocks that join at least on one side; hamza, high hamza and a few others do not.
    private static bool IsArabicLetter(char value) =>
        value is (>= '\u0620' and <= '\u06FF') or (>= '\u0750' and <= '\u077F')
        && char.GetUnicodeCategory(value) == UnicodeCategory.OtherLetter
        && value is not ('\u0621' or '\u0674' or '\u06D5' or '\u06FD' or '\u06FE');

    private static bool IsRightJoining(char value) => value is (>= '\u0622' and <= '\u0625') or '\u0627' or '\u0629'
        or (>= '\u062F' and <= '\u0632') or '\u0648' or (>= '\u0671' and <= '\u0673') or (>= '\u0675' and <= '\u0677')
        or (>= '\u0688' and <= '\u0699') or '\u06C0' or (>= '\u06C3' and <= '\u06CB') or '\u06CD' or '\u06CF' or '\u06D2' or '\u06D3'
        or '\u06EE' or '\u06EF' or (>= '\u0759' and <= '\u075B') or '\u076B' or '\u076C' or '\u0771' or '\u0773' or '\u0774'
        or '\u0778' or '\u0779';

    // Canonical combining class 9.
    private static bool IsVirama(int value) => value is 0x94D or 0x9CD or 0xA4D or 0xACD or 0xB4D or 0xBCD or 0xC4D or 0xCCD
        or 0xD3B or 0xD3C or 0xD4D or 0xDCA or 0xE3A or 0xEBA or 0xF84 or 0x1039 or 0x103A or 0x1714 or 0x1715 or 0x1734 or 0x17D2
        or 0x1A60 or 0x1B44 or 0x1BAA or 0x1BAB or 0x1BF2 or 0x1BF3 or 0x2D7F or 0xA806 or 0xA82C or 0xA8C4 or 0xA953 or 0xA9C0
        or 0xAAF6 or 0xABED or 0x10A3F or 0x11046 or 0x11070 or 0x1107F or 0x110B9 or 0x11133 or 0x11134 or 0x111C0 or 0x11235
        or 0x112EA or 0x1134D or 0x11442 or 0x114C2 or 0x115BF or 0x1163F or 0x116B6 or 0x1172B or 0x11839 or 0x1193D or 0x1193E
        or 0x119E0 or 0x11A34 or 0x11A47 or 0x11A99 or 0x11C3F or 0x11D44 or 0x11D45 or 0x11D97;

    // Hiragana, Katakana or Han, somewhere.
    private static bool HasJapanese(string value)
    {
        foreach (var rune in value.EnumerateRunes())
            if (rune.Value is (>= 0x3041 and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF)
                or 0x3005 or 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF))
                return true;
        return false;
    }
}
