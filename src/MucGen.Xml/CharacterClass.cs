using System.Buffers;

namespace MucGen.Xml;

/// <summary>The characters of XML 1.0, fifth edition, as UTF-8.</summary>
internal static class CharacterClass
{
    /// <summary>Control characters that no XML document may hold; U+FFFE and U+FFFF are looked for only beside non-ASCII bytes.</summary>
    public static readonly SearchValues<byte> ForbiddenControls = SearchValues.Create(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);

    public static bool IsWhitespace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>A name character of ASCII, the colon not included.</summary>
    public static bool IsAsciiNamePart(byte value) => IsAsciiNameStart(value) || value is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.';

    public static bool IsAsciiNameStart(byte value) => (uint)((value | 0x20) - 'a') <= 'z' - 'a' || value == '_';

    /// <summary>Whether a character may begin a name, the colon not included.</summary>
    public static bool IsNameStart(int codePoint) => codePoint switch
    {
        < 0x80 => IsAsciiNameStart((byte)codePoint),
        >= 0xC0 and <= 0x2FF => codePoint is not (0xD7 or 0xF7),
        >= 0x370 and <= 0x1FFF => codePoint != 0x37E,
        0x200C or 0x200D => true,
        >= 0x2070 and <= 0x218F => true,
        >= 0x2C00 and <= 0x2FEF => true,
        >= 0x3001 and <= 0xD7FF => true,
        >= 0xF900 and <= 0xFDCF => true,
        >= 0xFDF0 and <= 0xFFFD => true,
        >= 0x10000 and <= 0xEFFFF => true,
        _ => false,
    };

    /// <summary>Whether a character may stand in a name, the colon not included.</summary>
    public static bool IsNamePart(int codePoint) =>
        codePoint < 0x80 ? IsAsciiNamePart((byte)codePoint) : IsNameStart(codePoint) || codePoint is 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    /// <summary>Whether XML allows the character at all.</summary>
    public static bool IsCharacter(int codePoint) => codePoint switch
    {
        '\t' or '\n' or '\r' => true,
        < 0x20 => false,
        <= 0xD7FF => true,
        < 0xE000 => false,
        <= 0xFFFD => true,
        < 0x10000 => false,
        <= 0x10FFFF => true,
        _ => false,
    };
}
