using System.Text;

namespace MucGen.Xml;

/// <summary>Character references and the five predefined entities.</summary>
internal static class References
{
    /// <summary>Reads the reference at the start of <paramref name="text"/>.</summary>
    /// <param name="text">Begins with an ampersand.</param>
    /// <param name="character">The character it stands for.</param>
    /// <param name="length">Its bytes, ampersand and semicolon included.</param>
    /// <returns>The fault when it is none: <see cref="XmlFault.RestrictedXml"/> for a custom entity.</returns>
    public static XmlFault Read(ReadOnlySpan<byte> text, out int character, out int length)
    {
        // What people write comes before what else there may be.
        character = Predefined(text, out length);
        if (character != 0) return XmlFault.None;
        length = text.IndexOf((byte)';') + 1;
        if (length < 3) return XmlFault.NotWellFormed;
        var name = text[1..(length - 1)];
        if (name[0] == '#') return ReadNumber(name[1..], out character) ? XmlFault.None : XmlFault.NotWellFormed;
        return IsName(name) ? XmlFault.RestrictedXml : XmlFault.NotWellFormed;
    }

    private static int Predefined(ReadOnlySpan<byte> text, out int length)
    {
        length = 4;
        if (text.StartsWith("&lt;"u8)) return '<';
        if (text.StartsWith("&gt;"u8)) return '>';
        length = 5;
        if (text.StartsWith("&amp;"u8)) return '&';
        length = 6;
        if (text.StartsWith("&apos;"u8)) return '\'';
        return text.StartsWith("&quot;"u8) ? '"' : 0;
    }

    private static bool ReadNumber(ReadOnlySpan<byte> digits, out int character)
    {
        character = 0;
        var numberBase = 10;
        if (digits is [(byte)'x', ..])
        {
            numberBase = 16;
            digits = digits[1..];
        }
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            var value = DigitValue(digit);
            if (value >= numberBase) return false;
            character = (character * numberBase) + value;
            if (character > 0x10FFFF) return false;
        }
        return CharacterClass.IsCharacter(character);
    }

    private static int DigitValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => int.MaxValue,
    };

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        var isFirst = true;
        foreach (var rune in Encoding.UTF8.GetString(name).EnumerateRunes())
        {
            var isPart = rune.Value == ':' || (isFirst ? CharacterClass.IsNameStart(rune.Value) : CharacterClass.IsNamePart(rune.Value));
            if (!isPart) return false;
            isFirst = false;
        }
        return true;
    }
}
