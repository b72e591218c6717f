using System.Text;
using System.Text.Unicode;

namespace MucGen.Xml;

/// <summary>
/// One pass over a frame: checks UTF-8, well-formedness, namespaces and the XMPP subset (no DTD, processing instruction, comment or custom
/// entity: RFC 6120 section 11.1), and fills the stanza's token table. Text stays as it came; only its validity is decided here.
/// </summary>
internal ref partial struct Tokeniser
{
    private readonly Stanza stanza;
    private readonly ReadOnlySpan<byte> bytes;
    private readonly NameTable names;
    private readonly int maxDepth;
    private readonly int maxAttributes;
    private readonly Scope[] scopes;
    private MarkupScanner scanner;
    private int depth;
    private int position;
    private int elementsLeft;
    private int prefixesInScope;
    private int newestBinding;
    private int defaultBinding;
    private XmlFault fault;

    /// <summary>Starts at the first byte.</summary>
    /// <param name="stanza">Its tables are empty and have the inherited bindings.</param>
    /// <param name="bytes">The frame, as it lies in the stanza's buffer.</param>
    /// <param name="names">The schemas to resolve keys with.</param>
    /// <param name="limits">What the stanza may cost.</param>
    public Tokeniser(Stanza stanza, ReadOnlySpan<byte> bytes, NameTable names, XmlLimits limits)
    {
        this.stanza = stanza;
        this.bytes = bytes;
        this.names = names;
        maxDepth = limits.MaxDepth;
        maxAttributes = limits.MaxAttributes;
        elementsLeft = limits.MaxChildren + 1;
        scopes = stanza.RentScopes(maxDepth);
        scanner = new MarkupScanner(bytes, readsNames: true);
        newestBinding = stanza.BindingCount - 1;
        defaultBinding = stanza.InheritedDefault;
    }

    /// <summary>What an element changes while it is open, to be restored when it ends.</summary>
    internal struct Scope
    {
        public int Row;
        public int NewestBinding;
        public int DefaultBinding;
        public int PrefixesInScope;

        /// <summary>The outermost row whose declarations are used at or below this element; the content namespace does not count.</summary>
        public int OutermostUse;
    }

    /// <summary>Reads one element and nothing around it.</summary>
    public XmlFault ReadStanza()
    {
        if (!CheckCharacters()) return fault;
        if (At(0) != '<') return XmlFault.NotWellFormed;
        var isRead = ReadStartTag();
        while (isRead && depth > 0)
            isRead = ReadText() && ReadMarkup();
        if (isRead && position != bytes.Length) Fail(XmlFault.NotWellFormed);
        return fault;
    }

    /// <summary>Reads an XML declaration, if there is one, and a start tag that stays open.</summary>
    public XmlFault ReadHeader()
    {
        if (!CheckCharacters()) return fault;
        var declaration = XmlDeclaration.Read(bytes, out position);
        if (declaration != XmlFault.None) return declaration;
        SkipWhitespace();
        if (At(position) != '<') return XmlFault.NotWellFormed;
        if (!ReadStartTag()) return fault;
        if (depth > 0) CloseElement();
        if (position != bytes.Length) Fail(XmlFault.NotWellFormed);
        return fault;
    }

    private static ReadOnlySpan<byte> NonCharacterLead => [0xEF, 0xBF];

    // 0, which is no character of XML, behind the end.
    private readonly byte At(int index) => (uint)index < (uint)bytes.Length ? bytes[index] : (byte)0;

    private bool Fail(XmlFault why)
    {
        if (fault == XmlFault.None) fault = why;
        return false;
    }

    private bool CheckCharacters()
    {
        if (Ascii.IsValid(bytes)) return !bytes.ContainsAny(CharacterClass.ForbiddenControls) || Fail(XmlFault.NotWellFormed);
        if (!Utf8.IsValid(bytes)) return Fail(XmlFault.InvalidUtf8);
        if (bytes.ContainsAny(CharacterClass.ForbiddenControls) || HasNonCharacter()) return Fail(XmlFault.NotWellFormed);
        return true;
    }

    // U+FFFE and U+FFFF.
    private readonly bool HasNonCharacter()
    {
        var rest = bytes;
        for (var index = rest.IndexOf(NonCharacterLead); index >= 0; index = rest.IndexOf(NonCharacterLead))
        {
            rest = rest[(index + 2)..];
            if (rest[0] >= 0xBE) return true;
        }
        return false;
    }

    // Character data up to the next '<', which must come, for an element is open.
    private bool ReadText()
    {
        var end = scanner.EndOfText(position, out var isUnusual);
        if (end == bytes.Length) return Fail(XmlFault.NotWellFormed);
        if (end == position) return true;
        var flags = TokenFlags.None;
        if (isUnusual && !CheckText(bytes[position..end], out flags)) return false;
        AddText(position, end - position, flags);
        position = end;
        return true;
    }

    private bool CheckText(ReadOnlySpan<byte> run, out TokenFlags flags)
    {
        flags = run.IndexOfAny((byte)'&', (byte)'\r') >= 0 ? TokenFlags.Encoded : TokenFlags.None;
        if (run.IndexOf("]]>"u8) >= 0) return Fail(XmlFault.NotWellFormed);
        return flags == TokenFlags.None || CheckReferences(run);
    }

    private readonly void AddText(int start, int length, TokenFlags flags)
    {
        ref var token = ref stanza.AddRow(out _);
        token = default;
        token.Start = start;
        token.Length = length;
        token.Kind = TokenKind.Text;
        token.Flags = flags;
    }

    private bool CheckReferences(ReadOnlySpan<byte> run)
    {
        for (var index = run.IndexOf((byte)'&'); index >= 0; index = run.IndexOf((byte)'&'))
        {
            run = run[index..];
            var found = References.Read(run, out _, out var length);
            if (found != XmlFault.None) return Fail(found);
            run = run[length..];
        }
        return true;
    }

    // At a '<' inside an element.
    private bool ReadMarkup() => At(position + 1) switch
    {
        (byte)'/' => ReadEndTag(),
        (byte)'!' => ReadCData(),
        (byte)'?' => Fail(XmlFault.RestrictedXml),
        _ => ReadStartTag(),
    };

    // Of all that begins with "<!", only CDATA is XMPP.
    private bool ReadCData()
    {
        var rest = bytes[position..];
        if (!rest.StartsWith("<![CDATA["u8))
            return Fail(At(position + 2) is (byte)'-' or (byte)'D' ? XmlFault.RestrictedXml : XmlFault.NotWellFormed);
        var content = rest["<![CDATA[".Length..];
        var length = content.IndexOf("]]>"u8);
        if (length < 0) return Fail(XmlFault.NotWellFormed);
        var flags = content[..length].Contains((byte)'\r') ? TokenFlags.CData | TokenFlags.Encoded : TokenFlags.CData;
        if (length > 0) AddText(position + "<![CDATA[".Length, length, flags);
        position += "<![CDATA[]]>".Length + length;
        return true;
    }

    private bool ReadStartTag()
    {
        if (depth == maxDepth) return Fail(XmlFault.TooDeep);
        if (elementsLeft-- == 0) return Fail(XmlFault.TooManyChildren);
        var start = position++;
        if (!ReadName(out var nameLength, out var prefixLength)) return false;
        ref var token = ref stanza.AddRow(out var row);
        token = default;
        token.Start = start;
        token.NameLength = (ushort)nameLength;
        token.PrefixLength = (ushort)prefixLength;
        token.Kind = TokenKind.Element;

        ref var scope = ref scopes[depth++];
        scope.Row = row;
        scope.NewestBinding = newestBinding;
        scope.DefaultBinding = defaultBinding;
        scope.PrefixesInScope = prefixesInScope;
        scope.OutermostUse = int.MaxValue;

        if (!ReadAttributes(row, out var isEmpty) || !ResolveElement(row)) return false;
        position += isEmpty ? 2 : 1;
        if (isEmpty) CloseElement();
        return true;
    }

    private bool ReadEndTag()
    {
        ref readonly var token = ref stanza.Row(scopes[depth - 1].Row);
        var name = bytes.Slice(token.Start + 1, token.NameLength);
        if (!bytes[(position + 2)..].StartsWith(name)) return Fail(XmlFault.NotWellFormed);
        position += 2 + name.Length;
        if (At(position) != '>') SkipWhitespace();
        if (At(position) != '>') return Fail(XmlFault.NotWellFormed);
        position++;
        CloseElement();
        return true;
    }

    private void CloseElement()
    {
        ref readonly var scope = ref scopes[--depth];
        ref var token = ref stanza.RowForChange(scope.Row);
        token.Length = position - token.Start;
        token.Extra = stanza.RowCount - scope.Row;
        if (scope.OutermostUse >= scope.Row) token.Flags |= TokenFlags.SelfContained;
        newestBinding = scope.NewestBinding;
        defaultBinding = scope.DefaultBinding;
        prefixesInScope = scope.PrefixesInScope;
        if (depth > 0) NoteUse(scope.OutermostUse);
    }

    private void SkipWhitespace()
    {
        while (CharacterClass.IsWhitespace(At(position)))
            position++;
    }
}
