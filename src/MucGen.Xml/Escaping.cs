using System.Buffers;

namespace MucGen.Xml;

/// <summary>
/// Where text is written, and so what of it must be replaced. Source bytes keep their references; only what would mean something else in
/// the new place is changed. In text, a '&gt;' is always escaped and a carriage return always replaced, because runs that are joined may make
/// "]]&gt;" or one line end of two.
/// </summary>
internal sealed class Escaping
{
    public static readonly Escaping InText = new(isAttribute: false);
    public static readonly Escaping InAttribute = new(isAttribute: true);

    // Lead byte of U+FFFE and U+FFFF, which XML forbids.
    private const byte NonCharacterLead = 0xEF;

    private static ReadOnlySpan<byte> Controls => [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];

    private static ReadOnlySpan<byte> ReplacementCharacter => "\uFFFD"u8;

    private readonly bool isAttribute;
    private readonly SearchValues<byte> stopsInDecoded;
    private readonly SearchValues<byte> stopsInRawText;
    private readonly SearchValues<byte> stopsInRawAttribute;

    private Escaping(bool isAttribute)
    {
        this.isAttribute = isAttribute;
        var special = isAttribute ? "<&'\t\n\r"u8 : "<&>\r"u8;
        stopsInDecoded = SearchValues.Create([.. special, .. Controls, NonCharacterLead]);
        stopsInRawText = SearchValues.Create(isAttribute ? "'\t\n\r"u8 : ">\r"u8);
        stopsInRawAttribute = SearchValues.Create(isAttribute ? "'"u8 : ">\t\n\r"u8);
    }

    /// <summary>The bytes at which copying stops.</summary>
    public SearchValues<byte> Stops(XmlTextKind kind) => kind switch
    {
        XmlTextKind.RawText => stopsInRawText,
        XmlTextKind.RawAttribute => stopsInRawAttribute,
        _ => stopsInDecoded,
    };

    /// <summary>What to write instead of the bytes at a stop.</summary>
    public ReadOnlySpan<byte> Replacement(XmlTextKind kind, ReadOnlySpan<byte> rest, out int consumed)
    {
        consumed = 1;
        switch (rest[0])
        {
            case (byte)'<': return "&lt;"u8;
            case (byte)'>': return "&gt;"u8;
            case (byte)'&': return "&amp;"u8;
            case (byte)'\'': return "&apos;"u8;
            case (byte)'\t': return kind == XmlTextKind.RawAttribute ? " "u8 : "&#9;"u8;
            case (byte)'\n': return kind == XmlTextKind.RawAttribute ? " "u8 : "&#10;"u8;
            case (byte)'\r': return LineEnd(kind, rest, out consumed);
            case NonCharacterLead: return ThreeByteCharacter(rest, out consumed);
            default: return ReplacementCharacter;
        }
    }

    // Only in decoded text is it a carriage return; in source bytes it is (part of) a line end.
    private ReadOnlySpan<byte> LineEnd(XmlTextKind kind, ReadOnlySpan<byte> rest, out int consumed)
    {
        consumed = kind != XmlTextKind.Utf8 && rest is [_, (byte)'\n', ..] ? 2 : 1;
        return kind switch
        {
            XmlTextKind.RawAttribute => " "u8,
            XmlTextKind.Utf8 or XmlTextKind.Jid => "&#13;"u8,
            _ => isAttribute ? "&#10;"u8 : "\n"u8,
        };
    }

    private static ReadOnlySpan<byte> ThreeByteCharacter(ReadOnlySpan<byte> rest, out int consumed)
    {
        consumed = Math.Min(3, rest.Length);
        return rest is [_, 0xBF, 0xBE or 0xBF, ..] ? ReplacementCharacter : rest[..consumed];
    }
}
