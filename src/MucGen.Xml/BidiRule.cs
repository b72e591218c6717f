using System.Globalization;
using System.Text;

namespace MucGen.Xml;

/// <summary>
/// The Bidi Rule (RFC 5893 section 2), which keeps text with right-to-left characters readable in one way only. Classes are told apart as
/// far as characters of the PRECIS IdentifierClass need it.
/// </summary>
internal static class BidiRule
{
    private enum Direction
    {
        LeftToRight,
        RightToLeft,
        ArabicNumber,
        EuropeanNumber,
        Neutral,
        Mark,
    }

    public static bool IsSatisfied(string value)
    {
        if (!HasRightToLeft(value)) return true;
        var isRightToLeft = DirectionOf(Rune.GetRuneAt(value, 0)) == Direction.RightToLeft;
        if (!isRightToLeft && DirectionOf(Rune.GetRuneAt(value, 0)) != Direction.LeftToRight) return false;
        var hasArabicNumbers = false;
        var hasEuropeanNumbers = false;
        var lastButMarks = Direction.Neutral;
        foreach (var rune in value.EnumerateRunes())
        {
            var direction = DirectionOf(rune);
            hasArabicNumbers |= direction == Direction.ArabicNumber;
            hasEuropeanNumbers |= direction == Direction.EuropeanNumber;
            if (direction != Direction.Mark) lastButMarks = direction;
            if (direction == Direction.LeftToRight && isRightToLeft) return false;
            if (direction is Direction.RightToLeft or Direction.ArabicNumber && !isRightToLeft) return false;
        }
        if (!isRightToLeft) return lastButMarks is Direction.LeftToRight or Direction.EuropeanNumber;
        return lastButMarks is Direction.RightToLeft or Direction.EuropeanNumber or Direction.ArabicNumber
            && !(hasArabicNumbers && hasEuropeanNumbers);
    }

    private static bool HasRightToLeft(string value)
    {
        foreach (var rune in value.EnumerateRunes())
            if (rune.Value >= 0x590 && DirectionOf(rune) is Direction.RightToLeft or Direction.ArabicNumber)
                return true;
        return false;
    }

    private static Direction DirectionOf(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x80)
        {
            if (char.IsAsciiDigit((char)value)) return Direction.EuropeanNumber;
            return char.IsAsciiLetter((char)value) ? Direction.LeftToRight : Direction.Neutral;
        }
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) return Direction.Mark;
        return value switch
        {
            (>= 0x600 and <= 0x605) or (>= 0x660 and <= 0x669) or 0x66B or 0x66C or 0x6DD or 0x8E2 => Direction.ArabicNumber,
            (>= 0x10D30 and <= 0x10D39) or (>= 0x10E60 and <= 0x10E7E) => Direction.ArabicNumber,
            (>= 0x6F0 and <= 0x6F9) => Direction.EuropeanNumber,
            (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) => Direction.RightToLeft,
            (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) => Direction.RightToLeft,
            _ => Direction.LeftToRight,
        };
    }
}
