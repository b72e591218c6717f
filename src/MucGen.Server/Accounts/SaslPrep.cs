using System.Buffers;
using System.Globalization;
using System.Text;

namespace MucGen.Server.Accounts;

/// <summary>Why a password cannot be used.</summary>
public enum SaslPrepFault : byte
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Nothing is left of it.</summary>
    Empty,

    /// <summary>It contains a character that SASLprep prohibits, such as a control character.</summary>
    Prohibited,

    /// <summary>It mixes right-to-left and left-to-right text in a way that reads ambiguously.</summary>
    Bidirectional,

    /// <summary>It is not Unicode text: a surrogate stands alone.</summary>
    NotUnicode,
}

/// <summary>
/// SASLprep (RFC 4013), which SCRAM (RFC 5802 5.1) applies to user names and passwords, so that the same password typed on
/// different systems gives the same keys. Characters newer than Unicode 3.2 are allowed, as its successor RFC 8265 does.
/// </summary>
public static class SaslPrep
{
    private static readonly SearchValues<char> PlainAscii = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Prepares a text; on success <paramref name="prepared"/> is what keys are derived from.</summary>
    public static bool TryPrepare(string text, out string prepared, out SaslPrepFault fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        prepared = text;
        fault = SaslPrepFault.None;
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExcept(PlainAscii))
            return true;

        if (!IsUnicode(text))
        {
            fault = SaslPrepFault.NotUnicode;
            return false;
        }

        prepared = Map(text).Normalize(NormalizationForm.FormKC);
        fault = Judge(prepared);
        return fault == SaslPrepFault.None;
    }

    /// <summary>A sentence about a fault, for an operator or an error's text.</summary>
    public static string Explain(SaslPrepFault fault) => fault switch
    {
        SaslPrepFault.Empty => "A password must not be empty.",
        SaslPrepFault.Prohibited => "The password contains a control, private-use or otherwise prohibited character (RFC 4013 2.3).",
        SaslPrepFault.Bidirectional => "The password mixes right-to-left and left-to-right characters (RFC 4013 2.4).",
        SaslPrepFault.NotUnicode => "The password is not valid Unicode text.",
        _ => "The password can be used.",
    };

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>RFC 4013 2.1: spaces become U+0020, what is commonly mapped to nothing goes.</summary>
    private static string Map(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsNonAsciiSpace(c))
                mapped.Append(' ');
            else if (!IsMappedToNothing(c))
                mapped.Append(c);
        }

        return mapped.ToString();
    }

    private static SaslPrepFault Judge(string prepared)
    {
        if (prepared.Length == 0)
            return SaslPrepFault.Empty;
        var hasRightToLeft = false;
        var hasLeftToRight = false;
        foreach (var rune in prepared.EnumerateRunes())
        {
            if (IsProhibited(rune))
                return SaslPrepFault.Prohibited;
            hasRightToLeft |= IsRightToLeft(rune);
            hasLeftToRight |= IsLeftToRight(rune);
        }

        if (!hasRightToLeft)
            return SaslPrepFault.None;

        // RFC 3454 section 6: right-to-left text stands alone and at both ends.
        Rune.DecodeFromUtf16(prepared, out var first, out _);
        Rune.DecodeLastFromUtf16(prepared, out var last, out _);
        return hasLeftToRight || !IsRightToLeft(first) || !IsRightToLeft(last) ? SaslPrepFault.Bidirectional : SaslPrepFault.None;
    }

    /// <summary>RFC 3454 table C.1.2.</summary>
    private static bool IsNonAsciiSpace(char c) =>
        c is '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200B') or '\u202F' or '\u205F' or '\u3000';

    /// <summary>RFC 3454 table B.1; U+200B is in C.1.2 too, which comes first.</summary>
    private static bool IsMappedToNothing(char c) =>
        c is '\u00AD' or '\u034F' or '\u1806' or (>= '\u180B' and <= '\u180D') or '\u200C' or '\u200D' or '\u2060'
            or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF';

    /// <summary>RFC 3454 tables C.2.1, C.2.2 and C.3 to C.9.</summary>
    private static bool IsProhibited(Rune rune)
    {
        var value = rune.Value;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse)
            return true;
        if ((value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF)
            return true;
        return value is 0x0340 or 0x0341 or 0x06DD or 0x070F or 0x180E or 0x200C or 0x200D or 0x200E or 0x200F
            or 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2063) or (>= 0x206A and <= 0x206F)
            or (>= 0x2FF0 and <= 0x2FFB) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFD) or (>= 0x1D173 and <= 0x1D17A)
            or 0xE0001 or (>= 0xE0020 and <= 0xE007F);
    }

    /// <summary>RFC 3454 table D.1, by the blocks of the right-to-left scripts.</summary>
    private static bool IsRightToLeft(Rune rune) =>
        rune.Value is 0x05BE or 0x05C0 or 0x05C3 or (>= 0x05D0 and <= 0x05F4) or 0x061B or 0x061F
            or (>= 0x0620 and <= 0x064A) or (>= 0x066D and <= 0x066F) or (>= 0x0671 and <= 0x06D5) or 0x06E5 or 0x06E6
            or (>= 0x06FA and <= 0x0710) or (>= 0x0712 and <= 0x072F) or (>= 0x074D and <= 0x07A5) or 0x07B1
            or (>= 0x07C0 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFC and not 0xFB1E and not 0xFB29 and not 0xFD3E and not 0xFD3F)
            or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>RFC 3454 table D.2: letters, numbers by letter and marks that take width, of the other scripts.</summary>
    private static bool IsLeftToRight(Rune rune) =>
        !IsRightToLeft(rune) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
}
