using System.Buffers;
using System.Globalization;
using System.Text;

namespace MucGen.Xml;

/// <summary>The two PRECIS string classes (RFC 8264 section 4), and the mappings of the profiles that addresses use (RFC 8265).</summary>
internal static class Precis
{
    private static readonly SearchValues<char> EmojiMarks = SearchValues.Create(
        "\u200C\u200D\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F");

    private enum Property
    {
        Disallowed,

        /// <summary>Valid in the FreeformClass only.</summary>
        Freeform,
        Valid,

        /// <summary>Valid beside certain others only: a join control.</summary>
        Joiner,

        /// <summary>Valid beside certain others only.</summary>
        Context,
    }

    /// <summary>Letters, digits and ASCII: what identifiers are made of.</summary>
    public static bool IsIdentifier(string value) => IsAll(value, allowsFreeform: false);

    /// <summary>Nearly all that can be seen, and spaces.</summary>
    public static bool IsFreeform(string value) => IsAll(value, allowsFreeform: true);

    /// <summary>Full-width and half-width forms become the usual ones (RFC 8265 section 3.3.2, rule 1).</summary>
    public static string MapWidth(string value)
    {
        if (!value.AsSpan().ContainsAnyInRange('\u3000', '\uFFEE')) return value;
        var mapped = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (character is '\u3000' or (>= '\uFF01' and <= '\uFFEE')) mapped.Append(character.ToString().Normalize(NormalizationForm.FormKC));
            else mapped.Append(character);
        }
        return mapped.ToString();
    }

    /// <summary>Lower case by the Unicode default mapping, one character at a time: a capital sigma becomes a sigma wherever it stands.</summary>
    public static string MapCase(string value) => value.Replace("\u0130", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Spaces beyond ASCII become the ASCII one (RFC 8265 section 4.2.2, rule 2).</summary>
    public static string MapSpaces(string value)
    {
        foreach (var character in value)
            if (character > 0x7F && char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator)
                value = value.Replace(character, ' ');
        return value;
    }

    /// <summary>The text without the joiners and variation selectors that emoji are typed with (RFC 3454 table B.1 maps them to nothing).</summary>
    public static string DropEmojiMarks(string value)
    {
        if (!value.AsSpan().ContainsAny(EmojiMarks)) return value;
        var kept = new StringBuilder(value.Length);
        foreach (var character in value)
            if (!EmojiMarks.Contains(character))
                kept.Append(character);
        return kept.ToString();
    }

    /// <summary>Canonical composition; null when the text has a lone surrogate, and so is no Unicode text.</summary>
    public static string? Compose(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (!char.IsSurrogate(value[index])) continue;
            if (!char.IsSurrogatePair(value, index)) return null;
            index++;
        }

        // The runtime refuses noncharacters here by an exception; the string classes refuse them too.
        foreach (var rune in value.EnumerateRunes())
            if ((rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
                return null;
        return value.Normalize(NormalizationForm.FormC);
    }

    private static bool IsAll(string value, bool allowsFreeform)
    {
        for (var index = 0; index < value.Length;)
        {
            var rune = Rune.GetRuneAt(value, index);
            var isAllowed = PropertyOf(rune) switch
            {
                Property.Valid => true,
                Property.Freeform => allowsFreeform,
                Property.Joiner => PrecisContext.AllowsJoiner(value, index),
                Property.Context => PrecisContext.Allows(value, index),
                _ => false,
            };
            if (!isAllowed) return false;
            index += rune.Utf16SequenceLength;
        }
        return true;
    }

    // RFC 8264 section 8, in its order.
    private static Property PropertyOf(Rune rune)
    {
        var value = rune.Value;
        if (value is >= 0x21 and <= 0x7E) return Property.Valid;
        if (Exception(value) is { } exception) return exception;
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.OtherNotAssigned) return Property.Disallowed;
        if (value is 0x200C or 0x200D) return Property.Joiner;
        if (IsOldHangulJamo(value) || IsIgnorable(value) || category == UnicodeCategory.Control) return Property.Disallowed;
        if (!rune.ToString().IsNormalized(NormalizationForm.FormKC)) return Property.Freeform;
        return category switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark => Property.Valid,
            UnicodeCategory.TitlecaseLetter or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                or UnicodeCategory.EnclosingMark => Property.Freeform,
            UnicodeCategory.SpaceSeparator => Property.Freeform,
            UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol
                or UnicodeCategory.OtherSymbol => Property.Freeform,
            UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation => Property.Freeform,
            _ => Property.Disallowed,
        };
    }

    // RFC 5892 section 2.6.
    private static Property? Exception(int value) => value switch
    {
        0xDF or 0x3C2 or 0x6FD or 0x6FE or 0xF0B or 0x3007 => Property.Valid,
        0xB7 or 0x375 or 0x5F3 or 0x5F4 or 0x30FB or (>= 0x660 and <= 0x669) or (>= 0x6F0 and <= 0x6F9) => Property.Context,
        0x640 or 0x7FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B => Property.Disallowed,
        _ => null,
    };

    // RFC 8264 section 9.9: conjoining jamo.
    private static bool IsOldHangulJamo(int value) =>
        value is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97C) or (>= 0xD7B0 and <= 0xD7FB);

    // RFC 8264 section 9.13: Default_Ignorable_Code_Point and noncharacters.
    private static bool IsIgnorable(int value) => value is 0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0x3164 or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF)
        || (value & 0xFFFE) == 0xFFFE;
}
