using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace MucGen.Xml;

/// <summary>
/// One pass over a stanza: checks UTF-8, well-formedness, namespaces and the XMPP subset (no DTD, processing instruction, comment or custom
/// entity: RFC 6120 section 11.1), and fills the stanza's token table. Text stays as it came; only its validity is decided here.
/// </summary>
/// <remarks>
/// What reads takes the position where it starts and gives the one behind it, or <see cref="Failed"/>: so the position stays in a register.
/// </remarks>
internal ref partial struct Tokeniser
{
    private const int Failed = -1;

    private readonly Stanza stanza;
    private readonly ReadOnlySpan<byte> bytes;
    private readonly ref readonly byte first;
    private readonly NameTable names;
    private readonly int maxDepth;
    private readonly int maxAttributes;
    private readonly Scope[] scopes;
    private MarkupScanner scanner;
    private int depth;
    private int elementsLeft;
    private int prefixesInScope;
    private int newestBinding;
    private int defaultBinding;
    private bool hasPrefixedAttributes;
    private XmlFault fault;

    /// <summary>Starts at the first byte.</summary>
    /// <param name="stanza">Its tables are empty and have the inherited bindings.</param>
    /// <param name="bytes">The stanza, as it lies in its buffer or still in the stream's.</param>
    /// <param name="names">The schemas to resolve keys with.</param>
    /// <param name="limits">What the stanza may cost.</param>
    public Tokeniser(Stanza stanza, ReadOnlySpan<byte> bytes, NameTable names, XmlLimits limits)
    {
        this.stanza = stanza;
        this.bytes = bytes;
        first = ref MemoryMarshal.GetReference(bytes);
        this.names = names;
        maxDepth = limits.MaxDepth;
        maxAttributes = Math.Min(limits.MaxAttributes, ushort.MaxValue); // what a row can count
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
        var end = ReadElement();
        if (end >= 0 && end != bytes.Length) Fail(XmlFault.NotWellFormed);
        return FaultUpTo(bytes.Length);
    }

    /// <summary>Reads the element at the start and finds its end; other bytes may follow.</summary>
    /// <param name="length">The bytes of the element.</param>
    /// <returns>False when it is faulty or does not end; which of them and why is not said.</returns>
    public bool TryReadLeadingStanza(out int length)
    {
        length = ReadElement();
        return length >= 0 && FaultUpTo(length) == XmlFault.None;
    }

    /// <summary>Reads an XML declaration, if there is one, and a start tag that stays open.</summary>
    public XmlFault ReadHeader()
    {
        fault = XmlDeclaration.Read(bytes, out var declared);
        if (fault == XmlFault.None) ReadHeaderTag(declared);
        return FaultUpTo(bytes.Length);
    }

    private void ReadHeaderTag(int at)
    {
        at = SkipWhitespace(at);
        var end = At(at) == '<' ? ReadStartTag(at) : Fail(XmlFault.NotWellFormed);
        if (end < 0) return;
        if (depth > 0) CloseElement(end);
        if (end != bytes.Length) Fail(XmlFault.NotWellFormed);
    }

    private int ReadElement()
    {
        if (At(0) != '<') return Fail(XmlFault.NotWellFormed);
        var at = ReadStartTag(0);
        while (at >= 0 && depth > 0)
        {
            at = ReadText(at);
            if (at >= 0) at = ReadMarkup(at);
        }
        return at;
    }

    // 0, which is no character of XML, behind the end. The comparison is the only bounds check: `first` is the first of `bytes`, so
    // an index below their length is inside. A second check, by the span, showed in TokeniseBenchmarks: this is asked seven times an attribute.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte At(int index) => (uint)index < (uint)bytes.Length ? Unsafe.Add(ref Unsafe.AsRef(in first), index) : (byte)0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Fail(XmlFault why)
    {
        if (fault == XmlFault.None) fault = why;
        return Failed;
    }

    private bool Refuse(XmlFault why) => Fail(why) != Failed;

    // Bytes that are no characters come before every other fault, for what they seem to say means nothing.
    private readonly XmlFault FaultUpTo(int end)
    {
        if (fault == XmlFault.None && !scanner.HasSeenControls && !scanner.HasSeenBeyondAscii) return XmlFault.None;
        var wrong = CheckCharacters(bytes[..end]);
        return wrong == XmlFault.None ? fault : wrong;
    }

    private static XmlFault CheckCharacters(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return XmlFault.InvalidUtf8;
        return text.ContainsAny(CharacterClass.ForbiddenControls) || HasNonCharacter(text) ? XmlFault.NotWellFormed : XmlFault.None;
    }

    // U+FFFE and U+FFFF.
    private static bool HasNonCharacter(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> lead = [0xEF, 0xBF];
        for (var index = text.IndexOf(lead); index >= 0; index = text.IndexOf(lead))
        {
            text = text[(index + 2)..];
            if (text[0] >= 0xBE) return true;
        }
        return false;
    }

    // Character data up to the next '<', which must come, for an element is open.
    private int ReadText(int at)
    {
        if (At(at) == '<') return at;
        var end = scanner.EndOfText(at, out var hasGreater, out var isEncoded);
        if (end == bytes.Length) return Fail(XmlFault.NotWellFormed);
        var run = bytes[at..end];
        if (hasGreater && run.IndexOf("]]>"u8) >= 0) return Fail(XmlFault.NotWellFormed);
        var flags = TokenFlags.None;
        if (isEncoded && !CheckText(run, out flags)) return Failed;
        AddText(at, end - at, flags);
        return end;
    }

    // Tabs and line feeds stay as they are.
    private bool CheckText(ReadOnlySpan<byte> run, out TokenFlags flags)
    {
        var encoded = run.IndexOfAny((byte)'&', (byte)'\r');
        flags = encoded < 0 ? TokenFlags.None : TokenFlags.Encoded;
        return encoded < 0 || CheckReferences(run[encoded..]);
    }

    private readonly void AddText(int start, int length, TokenFlags flags)
    {
        ref var token = ref stanza.AddRow(out _);
        token = default;
        token.Start = start;
        token.Length = length;
        token.Extra = 1;
        token.Kind = TokenKind.Text;
        token.Flags = flags;
    }

    private bool CheckReferences(ReadOnlySpan<byte> run)
    {
        for (var index = run.IndexOf((byte)'&'); index >= 0; index = run.IndexOf((byte)'&'))
        {
            run = run[index..];
            var found = References.Read(run, out _, out var length);
            if (found != XmlFault.None) return Refuse(found);
            run = run[length..];
        }
        return true;
    }

    // At a '<' inside an element.
    private int ReadMarkup(int at) => At(at + 1) switch
    {
        (byte)'/' => ReadEndTag(at),
        (byte)'!' => ReadCData(at),
        (byte)'?' => Fail(XmlFault.RestrictedXml),
        _ => ReadStartTag(at),
    };

    // Of all that begins with "<!", only CDATA is XMPP.
    private int ReadCData(int at)
    {
        if (!bytes[at..].StartsWith("<![CDATA["u8))
            return Fail(At(at + 2) is (byte)'-' or (byte)'D' ? XmlFault.RestrictedXml : XmlFault.NotWellFormed);
        var start = at + "<![CDATA[".Length;
        var length = bytes[start..].IndexOf("]]>"u8);
        if (length < 0) return Fail(XmlFault.NotWellFormed);
        // Sections are passed over at once: the scanner may not have looked at every block of one.
        scanner.LookAt(start, start + length);
        var flags = bytes.Slice(start, length).Contains((byte)'\r') ? TokenFlags.CData | TokenFlags.Encoded : TokenFlags.CData;
        if (length > 0) AddText(start, length, flags);
        return start + length + "]]>".Length;
    }

    private int ReadStartTag(int at)
    {
        if (depth == maxDepth) return Fail(XmlFault.TooDeep);
        if (elementsLeft-- == 0) return Fail(XmlFault.TooManyChildren);
        var nameEnd = ReadName(at + 1, out var prefixLength);
        if (nameEnd < 0) return Failed;
        ref var token = ref stanza.AddRow(out var row);
        token = default;
        token.Start = at;
        token.NameLength = (ushort)(nameEnd - at - 1);
        token.PrefixLength = (ushort)prefixLength;
        token.Kind = TokenKind.Element;

        ref var scope = ref scopes[depth++];
        scope.Row = row;
        scope.NewestBinding = newestBinding;
        scope.DefaultBinding = defaultBinding;
        scope.PrefixesInScope = prefixesInScope;
        scope.OutermostUse = int.MaxValue;

        hasPrefixedAttributes = false;
        var end = ReadAttributes(row, nameEnd);
        if (end < 0 || !ResolveElement(row) || (hasPrefixedAttributes && !ResolveAttributes(row))) return Failed;
        if (At(end) == '>') return end + 1;
        if (At(end + 1) != '>') return Fail(XmlFault.NotWellFormed);
        CloseElement(end + 2);
        return end + 2;
    }

    private int ReadEndTag(int at)
    {
        ref readonly var token = ref stanza.Row(scopes[depth - 1].Row);
        var name = bytes.Slice(token.Start + 1, token.NameLength);
        at += 2;
        if (!bytes[at..].StartsWith(name)) return Fail(XmlFault.NotWellFormed);
        at += name.Length;
        if (At(at) != '>') at = SkipWhitespace(at);
        if (At(at) != '>') return Fail(XmlFault.NotWellFormed);
        at++;
        CloseElement(at);
        return at;
    }

    private void CloseElement(int end)
    {
        ref readonly var scope = ref scopes[--depth];
        ref var token = ref stanza.RowForChange(scope.Row);
        token.Length = end - token.Start;
        token.Extra = stanza.RowCount - scope.Row;
        if (scope.OutermostUse >= scope.Row) token.Flags |= TokenFlags.SelfContained;
        newestBinding = scope.NewestBinding;
        defaultBinding = scope.DefaultBinding;
        prefixesInScope = scope.PrefixesInScope;
        if (depth > 0) NoteUse(scope.OutermostUse);
    }

    private readonly int SkipWhitespace(int at)
    {
        while (CharacterClass.IsWhitespace(At(at)))
            at++;
        return at;
    }
}
