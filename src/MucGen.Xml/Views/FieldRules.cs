using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace MucGen.Xml;

/// <summary>
/// The checks that emitted readers make of field values. None of them allocates, but for an address that has to be prepared to be known.
/// </summary>
public static class FieldRules
{
    /// <summary>The longest word of an enumeration, in bytes; longer text is none.</summary>
    public const int LongestWord = 64;

    private const int LongestPart = 1023; // RFC 7622 sections 3.2 to 3.4: bytes of a prepared part
    private const int LongestOnStack = 512;
    private const int ContinuationMask = 0xC0;
    private const int ContinuationByte = 0x80; // of UTF-8: not the first of a character

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    private static readonly SearchValues<byte> PlainLocal = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz!#$%()*+,-.;=?[\\]^_`{|}~"u8);
    private static readonly SearchValues<byte> PlainDomain = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> LanguageCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-"u8);

    private enum Part
    {
        Any,
        Bare,
        Full,
    }

    /// <summary>Whether the text is an address (RFC 7622).</summary>
    public static bool IsJid(in XmlText text) => IsJid(text, Part.Any);

    /// <summary>Whether the text is an address without a resource.</summary>
    public static bool IsBareJid(in XmlText text) => IsJid(text, Part.Bare);

    /// <summary>Whether the text is an address with a resource.</summary>
    public static bool IsFullJid(in XmlText text) => IsJid(text, Part.Full);

    /// <summary>Whether the text can be a nick: what a resource can be.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsNick(in XmlText text)
    {
        if (text.TryGetUtf8(out var utf8) && IsPlainResource(utf8))
            return true;
        return text.IsPresent && Jid.TryPrepareResource(text.ToString(), out _, out _);
    }

    /// <summary>Whether the text is base64 (RFC 4648 section 4), white space aside; a single "=" is what SASL writes for no bytes.</summary>
    public static bool IsBase64(in XmlText text)
    {
        if (!text.IsPresent)
            return false;
        if (text.TryGetUtf8(out var utf8))
            return Base64.IsValid(utf8) || utf8.SequenceEqual("="u8);
        return Decoded(text, static decoded => Base64.IsValid(decoded) || decoded.SequenceEqual("="u8));
    }

    /// <summary>Whether the text is pairs of hexadecimal digits.</summary>
    public static bool IsHex(in XmlText text) =>
        text.IsPresent && Decoded(text, static decoded => decoded.Length % 2 == 0 && decoded.IndexOfAnyExcept(HexDigits) < 0);

    /// <summary>Whether the text has the form of a language tag (RFC 5646): subtags of 1 to 8 letters and digits.</summary>
    public static bool IsLanguage(in XmlText text) => text.IsPresent && Decoded(text, IsLanguage);

    /// <summary>Whether the text has at least and at most so many characters (code points).</summary>
    public static bool HasLength(in XmlText text, int least, int most)
    {
        if (!text.IsPresent)
            return false;
        // Bytes are an upper bound of characters; a text from the wire is rarely near its limit.
        if (least <= 1 && text.TryGetUtf8(out var utf8) && utf8.Length >= least && utf8.Length <= most)
            return true;
        var characters = 0;
        var pieces = new DecodedPieces(text, stackalloc byte[DecodedPieces.ScratchLength]);
        while (pieces.MoveNext())
        {
            foreach (var one in pieces.Current)
                characters += (one & ContinuationMask) == ContinuationByte ? 0 : 1;
        }
        return characters >= least && characters <= most;
    }

    /// <summary>A check of one word of a list.</summary>
    public delegate bool WordCheck(XmlText word);

    /// <summary>Whether each word of the text is one that the check lets pass.</summary>
    public static bool AreWords(in XmlText text, WordCheck check)
    {
        if (!text.IsPresent)
            return false;
        foreach (var word in new WordList(text))
        {
            if (!check(word))
                return false;
        }
        return true;
    }

    /// <summary>Whether the text has at least and at most so many words.</summary>
    public static bool HasWords(in XmlText text, int least, int most)
    {
        var words = 0;
        foreach (var _ in new WordList(text))
            words++;
        return text.IsPresent && words >= least && words <= most;
    }

    /// <summary>Whether the text, decoded, has at most so many bytes of UTF-8.</summary>
    public static bool FitsIn(in XmlText text, int bytes) =>
        text.MaxUtf8Length <= bytes || Decoded(text, bytes, static (decoded, limit) => decoded.Length <= limit);

    /// <summary>The text decoded, without white space around it; empty when it is too long to be a word of an enumeration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">Room for <see cref="LongestWord"/> bytes.</param>
    public static ReadOnlySpan<byte> Word(XmlText text, Span<byte> buffer)
    {
        if (text.MaxUtf8Length <= buffer.Length)
            return ((ReadOnlySpan<byte>)buffer[..text.CopyTo(buffer)]).Trim(WhiteSpace);
        // References and white space make a word long before it is decoded.
        var length = 0;
        var pieces = new DecodedPieces(text, stackalloc byte[DecodedPieces.ScratchLength]);
        while (pieces.MoveNext())
        {
            var piece = length == 0 ? pieces.Current.TrimStart(WhiteSpace) : pieces.Current;
            var fitting = Math.Min(piece.Length, buffer.Length - length);
            if (!piece[fitting..].Trim(WhiteSpace).IsEmpty)
                return default;
            piece[..fitting].CopyTo(buffer[length..]);
            length += fitting;
        }
        return ((ReadOnlySpan<byte>)buffer[..length]).TrimEnd(WhiteSpace);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsJid(in XmlText text, Part part)
    {
        if (!text.IsPresent)
            return false;
        if (text.TryGetUtf8(out var utf8) && IsPlainJid(utf8, out var hasResource))
            return part == Part.Any || part == (hasResource ? Part.Full : Part.Bare);
        return Jid.TryParse(text, out var jid, out _) && part switch
        {
            Part.Bare => jid.IsBare,
            Part.Full => jid.IsFull,
            _ => true,
        };
    }

    /// <summary>
    /// True only for addresses that preparation certainly leaves as they are. False says nothing: the address may be wrong or unusual.
    /// </summary>
    private static bool IsPlainJid(ReadOnlySpan<byte> utf8, out bool hasResource)
    {
        var slash = utf8.IndexOf((byte)'/');
        hasResource = slash >= 0;
        if (hasResource)
        {
            if (!IsPlainResource(utf8[(slash + 1)..]))
                return false;
            utf8 = utf8[..slash];
        }
        var at = utf8.IndexOf((byte)'@');
        if (at >= 0)
        {
            if (at is 0 or > LongestPart || utf8[..at].IndexOfAnyExcept(PlainLocal) >= 0)
                return false;
            utf8 = utf8[(at + 1)..];
        }
        return IsPlainDomain(utf8);
    }

    private static bool IsPlainDomain(ReadOnlySpan<byte> domain)
    {
        const int longestLabel = 63;
        const int longestName = 253;
        if (domain.Length is 0 or > longestName)
            return false;
        while (true)
        {
            var dot = domain.IndexOf((byte)'.');
            var label = dot < 0 ? domain : domain[..dot];
            if (label.Length is 0 or > longestLabel || label.IndexOfAnyExcept(PlainDomain) >= 0)
                return false;
            if (dot < 0)
                return true;
            domain = domain[(dot + 1)..];
        }
    }

    private static bool IsPlainResource(ReadOnlySpan<byte> resource) =>
        resource.Length is > 0 and <= LongestPart && resource[0] != ' ' && resource[^1] != ' ' && resource.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) < 0;

    private static bool IsLanguage(ReadOnlySpan<byte> tag)
    {
        const int longestSubtag = 8;
        if (tag.IndexOfAnyExcept(LanguageCharacters) >= 0)
            return false;
        foreach (var range in tag.Split((byte)'-'))
        {
            if (tag[range].Length is 0 or > longestSubtag)
                return false;
        }
        return true;
    }

    private delegate bool Check(ReadOnlySpan<byte> decoded);

    private delegate bool Check<in T>(ReadOnlySpan<byte> decoded, T limit);

    private static bool Decoded(in XmlText text, Check check) => Decoded(text, check, static (decoded, inner) => inner(decoded));

    private static bool Decoded<T>(in XmlText text, T limit, Check<T> check)
    {
        if (text.TryGetUtf8(out var utf8))
            return check(utf8, limit);
        var length = text.MaxUtf8Length;
        if (length <= LongestOnStack)
        {
            Span<byte> buffer = stackalloc byte[LongestOnStack];
            return check(buffer[..text.CopyTo(buffer)], limit);
        }
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return check(rented.AsSpan(0, text.CopyTo(rented)), limit);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
