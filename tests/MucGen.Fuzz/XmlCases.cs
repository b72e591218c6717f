using System.Text;

namespace MucGen.Fuzz;

/// <summary>
/// Makes frames to try the XML reader with: random trees within the XMPP subset, most of them then damaged. A case depends on the seed and
/// its number alone, so that every find can be made again.
/// </summary>
public sealed class XmlCases(int seed)
{
    private const int DeepestTree = 5;

    private static readonly string[] Names = ["message", "body", "a", "b", "iq", "x", "item", "_n", "n-1.2", "\u00E9l\u00E9ment", "\u4E2D", "stanza-id"];
    private static readonly string[] Prefixes = ["p", "q", "xml", "stream", "p2", "xmlns"];

    private static readonly string[] Uris =
    [
        "jabber:client", "jabber:server", "urn:a", "urn:b", "http://jabber.org/protocol/muc#user", "urn:a&amp;b", "urn:&#x61;", " urn:a ", "",
        "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/", "urn:\u00E9",
    ];

    private static readonly string[] Texts =
    [
        "hello", " ", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#65;", "&#x1F600;", "&#13;", "&#10;", "&#9;", "\r\n", "\n", "\t", "\r", "]]", ">", "]",
        "\u00E9", "\u20AC", "\U0001F600", "\uFFFD", "\uFEFF", "'", "\"", "&#xD;&#xA;", "a long run of quite ordinary text that is more than sixty-four bytes of it, surely",
    ];

    private static readonly string[] Damage =
    [
        "<", ">", "&", "'", "\"", "=", "/", "/>", "</", "<!", "<!--", "-->", "<?", "?>", "<![CDATA[", "]]>", "&x;", "&#0;", "&#xFFFE;", "&#55296;", "&#x110000;",
        "&amp", "xmlns", "xmlns:", "xmlns='urn:z'", " xmlns:p=''", " p:a='1'", " a='1'", "xml:", ":", "\0", "\u0001", "\u001F", "\u007F", "\u0085", "\uFFFE", "\uFFFF",
        "<!DOCTYPE a>", "<?xml version='1.0'?>", "\u00B7", "1", " ", "\u2028", "<a>", "</a>", "<p:a/>", "<xmlns:a/>",
    ];

    private static readonly byte[][] RawDamage =
        [[0x80], [0xC0, 0x80], [0xC1], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF], [0xE2, 0x82]];

    /// <summary>The frame of that number.</summary>
    public byte[] Make(int number)
    {
        var random = new Random(unchecked((seed * 7919) + number));
        var text = new StringBuilder();
        Element(text, random, 0);
        var frame = Encoding.UTF8.GetBytes(text.ToString());
        for (var mutations = random.Next(4) - 1; mutations > 0; mutations--)
            frame = Mutate(frame, random);
        return frame;
    }

    private static byte[] Mutate(byte[] frame, Random random)
    {
        var at = random.Next(frame.Length + 1);
        var length = Math.Min(random.Next(1, 6), frame.Length - at);
        return random.Next(6) switch
        {
            0 => [.. frame[..at], .. frame[(at + length)..]],
            1 => [.. frame[..at], .. Encoding.UTF8.GetBytes(Pick(Damage, random)), .. frame[at..]],
            2 => [.. frame[..at], .. Encoding.UTF8.GetBytes(Pick(Damage, random)), .. frame[(at + length)..]],
            3 => [.. frame[..at], .. Pick(RawDamage, random), .. frame[at..]],
            4 => [.. frame[..(at + length)], .. frame[at..]],
            _ => [.. frame[..at], .. frame.Skip(at).Take(1).Select(value => (byte)(value ^ (1 << random.Next(8)))), .. frame.Skip(at + 1)],
        };
    }

    private static void Element(StringBuilder text, Random random, int depth)
    {
        var name = Qualified(random, random.Next(8));
        text.Append('<').Append(name);
        for (var attributes = random.Next(4); attributes > 0; attributes--)
            Attribute(text, random);
        Space(text, random, 12);
        if (random.Next(4) == 0)
        {
            text.Append("/>");
            return;
        }
        text.Append('>');
        for (var items = random.Next(4); items > 0; items--)
        {
            if (depth < DeepestTree && random.Next(2) == 0) Element(text, random, depth + 1);
            else if (random.Next(6) == 0) text.Append("<![CDATA[").Append(Pick(Texts, random)).Append(random.Next(3) == 0 ? "<&>" : "").Append("]]>");
            else Characters(text, random);
        }
        text.Append("</").Append(name);
        Space(text, random, 20);
        text.Append('>');
    }

    private static void Attribute(StringBuilder text, Random random)
    {
        Space(text, random, 1);
        var isDeclaration = random.Next(3) == 0;
        text.Append(isDeclaration ? random.Next(2) == 0 ? "xmlns" : "xmlns:" + Pick(Prefixes, random) : Qualified(random, random.Next(6)));
        Space(text, random, 15);
        text.Append('=');
        Space(text, random, 15);
        var quote = random.Next(2) == 0 ? '"' : '\'';
        text.Append(quote);
        if (isDeclaration) text.Append(Pick(Uris, random));
        else Value(text, random, quote);
        text.Append(quote);
    }

    private static void Value(StringBuilder text, Random random, char quote)
    {
        for (var pieces = random.Next(3); pieces > 0; pieces--)
        {
            var piece = Pick(Texts, random);
            if (!piece.Contains(quote, StringComparison.Ordinal)) text.Append(piece);
        }
    }

    private static void Characters(StringBuilder text, Random random)
    {
        for (var pieces = random.Next(1, 4); pieces > 0; pieces--)
            text.Append(Pick(Texts, random));
    }

    private static void Space(StringBuilder text, Random random, int oneIn)
    {
        if (random.Next(oneIn) == 0) text.Append(random.Next(6) == 0 ? Pick(["\n", "\t", "  ", "\r\n"], random) : " ");
    }

    private static string Qualified(Random random, int choice) => choice == 0 ? $"{Pick(Prefixes, random)}:{Pick(Names, random)}" : Pick(Names, random);

    private static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];
}
