using System.Text;
using System.Text.Unicode;

namespace MucGen.Xml;

/// <summary>
/// Gives a text value as decoded UTF-8, piece by piece: runs of source bytes as they stand, and between them what references and line ends
/// stand for. Allocates nothing.
/// </summary>
internal ref struct DecodedPieces
{
    /// <summary>Bytes of scratch that a caller provides.</summary>
    public const int ScratchLength = 64;

    private readonly Span<byte> scratch;
    private TextRuns.Enumerator runs;
    private ReadOnlySpan<byte> rest;
    private ReadOnlySpan<char> chars;
    private XmlTextKind kind;
    private readonly bool hasRuns;

    public DecodedPieces(XmlText text, Span<byte> scratch)
    {
        this.scratch = scratch;
        kind = text.Kind;
        hasRuns = kind == XmlTextKind.Runs;
        if (hasRuns) runs = new TextRuns((Stanza)text.Source!, text.Row).GetEnumerator();
        else if (kind == XmlTextKind.Text) chars = (string)text.Source!;
        else rest = text.Bytes;
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        if (!chars.IsEmpty) return TakeChars();
        while (rest.IsEmpty)
        {
            if (!hasRuns || !runs.MoveNext()) return false;
            rest = runs.Current.Bytes;
            kind = runs.Current.Kind;
        }
        var plain = PlainLength();
        if (plain == 0) return TakeSpecial();
        Current = rest[..plain];
        rest = rest[plain..];
        return true;
    }

    private readonly int PlainLength()
    {
        var index = kind switch
        {
            XmlTextKind.RawText => rest.IndexOfAny((byte)'&', (byte)'\r'),
            XmlTextKind.RawAttribute => rest.IndexOfAny("&\t\n\r"u8),
            XmlTextKind.RawCData => rest.IndexOf((byte)'\r'),
            _ => -1,
        };
        return index < 0 ? rest.Length : index;
    }

    // A reference, or white space to normalise (XML 1.0 sections 2.11 and 3.3.3).
    private bool TakeSpecial()
    {
        int character, length;
        if (rest[0] == '&')
        {
            References.Read(rest, out character, out length);
        }
        else
        {
            character = kind == XmlTextKind.RawAttribute ? ' ' : '\n';
            length = rest is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
        }
        Current = scratch[..new Rune(character).EncodeToUtf8(scratch)];
        rest = rest[length..];
        return true;
    }

    private bool TakeChars()
    {
        Utf8.FromUtf16(chars, scratch, out var read, out var written, replaceInvalidSequences: true, isFinalBlock: true);
        Current = scratch[..written];
        chars = chars[read..];
        return true;
    }
}

/// <summary>The runs of character data directly inside an element.</summary>
internal readonly ref struct TextRuns(Stanza stanza, int elementRow)
{
    public Enumerator GetEnumerator() => new(stanza, elementRow);

    public ref struct Enumerator(Stanza stanza, int elementRow)
    {
        private readonly int end = elementRow + stanza.Row(elementRow).Extra;
        private int next = elementRow + 1 + stanza.Row(elementRow).Attributes;

        public XmlText Current { get; private set; }

        public bool MoveNext()
        {
            while (next < end)
            {
                var row = next;
                ref readonly var token = ref stanza.Row(row);
                next += token.Extra;
                if (token.Kind != TokenKind.Text) continue;
                Current = stanza.TextAt(row);
                return true;
            }
            return false;
        }
    }
}
