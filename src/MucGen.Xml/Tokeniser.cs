using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MucGen.Xml;

/// <summary>
/// One pass over a frame: checks UTF-8, well-formedness, namespaces and the XMPP subset (no DTD, processing instruction, comment or custom
/// entity: RFC 6120 section 11.1), and fills the stanza's token table. Text stays as it came; only its validity is decided here.
/// </summary>
internal ref struct Tokeniser
{
    /// <summary>Prefixes in scope at once, beyond those of the stream; bounds the search for one.</summary>
    private const int MaxPrefixesInScope = 128;

    private readonly Stanza stanza;
    private readonly ReadOnlySpan<byte> bytes;
    private readonly NameTable names;
    private readonly XmlLimits limits;
    private Scope[] scopes;
    private int depth;
    private int position;
    private int elements;
    private int bindingsInScope;
    private int newestBinding;
    private int defaultBinding;
    private XmlFault fault;

    public Tokeniser(Stanza stanza, ReadOnlySpan<byte> bytes, NameTable names, XmlLimits limits)
    {
        this.stanza = stanza;
        this.bytes = bytes;
        this.names = names;
        this.limits = limits;
        scopes = [];
        newestBinding = stanza.BindingCount - 1;
        for (var binding = newestBinding; binding > NamespaceBinding.Xml; binding--)
            if (stanza.PrefixOf(binding).IsEmpty)
                defaultBinding = binding;
    }

    /// <summary>What an open element restores when it ends.</summary>
    private struct Scope
    {
        public int Row;
        public int NewestBinding;
        public int DefaultBinding;
        public int BindingsInScope;

        /// <summary>The outermost row whose declarations are used at or below this element; the content namespace does not count.</summary>
        public int OutermostUse;
    }

    public XmlFault ReadStanza()
    {
        if (!CheckCharacters()) return fault;
        scopes = ArrayPool<Scope>.Shared.Rent(limits.MaxDepth + 1);
        var isRead = ReadElement();
        ArrayPool<Scope>.Shared.Return(scopes);
        if (isRead && position != bytes.Length) fault = XmlFault.NotWellFormed;
        return fault;
    }

    public XmlFault ReadHeader()
    {
        if (!CheckCharacters()) return fault;
        var declaration = XmlDeclaration.Read(bytes, out position);
        if (declaration != XmlFault.None) return declaration;
        while (position < bytes.Length && CharacterClass.IsWhitespace(bytes[position]))
            position++;
        scopes = ArrayPool<Scope>.Shared.Rent(limits.MaxDepth + 1);
        var isRead = At(position) == '<' && ReadStartTag();
        if (isRead && depth > 0) CloseElement();
        ArrayPool<Scope>.Shared.Return(scopes);
        if (!isRead || position != bytes.Length) Fail(XmlFault.NotWellFormed);
        return fault;
    }

    private readonly byte At(int index) => (uint)index < (uint)bytes.Length ? bytes[index] : (byte)0;

    private bool Fail(XmlFault why)
    {
        if (fault == XmlFault.None) fault = why;
        return false;
    }

    private bool CheckCharacters()
    {
        if (!Utf8.IsValid(bytes)) return Fail(XmlFault.InvalidUtf8);
        if (bytes.ContainsAny(CharacterClass.ForbiddenControls)) return Fail(XmlFault.NotWellFormed);
        if (!Ascii.IsValid(bytes) && HasNonCharacter()) return Fail(XmlFault.NotWellFormed);
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

    private static ReadOnlySpan<byte> NonCharacterLead => [0xEF, 0xBF];

    private bool ReadElement()
    {
        if (At(0) != '<') return Fail(XmlFault.NotWellFormed);
        if (!ReadStartTag()) return false;
        while (depth > 0)
        {
            if (!ReadText()) return false;
            var isRead = At(position + 1) switch
            {
                (byte)'/' => ReadEndTag(),
                (byte)'!' => ReadCData(),
                (byte)'?' => Fail(XmlFault.RestrictedXml),
                _ => ReadStartTag(),
            };
            if (!isRead) return false;
        }
        return true;
    }

    // Character data up to the next '<', which must come, for an element is open.
    private bool ReadText()
    {
        var rest = bytes[position..];
        var length = rest.IndexOf((byte)'<');
        if (length < 0) return Fail(XmlFault.NotWellFormed);
        if (length == 0) return true;
        var run = rest[..length];
        if (run.IndexOf("]]>"u8) >= 0) return Fail(XmlFault.NotWellFormed);
        var flags = TokenFlags.None;
        if (run.IndexOfAny((byte)'&', (byte)'\r') >= 0)
        {
            if (!CheckReferences(run)) return false;
            flags = TokenFlags.Encoded;
        }
        AddText(position, length, flags);
        position += length;
        return true;
    }

    private readonly void AddText(int start, int length, TokenFlags flags) =>
        stanza.AddRow(out _) = new Token { Kind = TokenKind.Text, Start = start, Length = length, Flags = flags };

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

    // Of all that begins with "<!", only CDATA is XMPP.
    private bool ReadCData()
    {
        var rest = bytes[position..];
        if (!rest.StartsWith("<![CDATA["u8))
            return Fail(rest.StartsWith("<!--"u8) || rest.StartsWith("<!D"u8) ? XmlFault.RestrictedXml : XmlFault.NotWellFormed);
        var content = rest["<![CDATA[".Length..];
        var length = content.IndexOf("]]>"u8);
        if (length < 0) return Fail(XmlFault.NotWellFormed);
        var flags = content[..length].Contains((byte)'\r') ? TokenFlags.CData | TokenFlags.Encoded : TokenFlags.CData;
        if (length > 0) AddText(position + "<![CDATA[".Length, length, flags);
        position += "<![CDATA[]]>".Length + length;
        return true;
    }

    private bool ReadEndTag()
    {
        ref readonly var token = ref stanza.Row(scopes[depth - 1].Row);
        var name = bytes.Slice(token.Start + 1, token.NameLength);
        if (!bytes[(position + 2)..].StartsWith(name)) return Fail(XmlFault.NotWellFormed);
        position += 2 + name.Length;
        SkipWhitespace();
        if (At(position) != '>') return Fail(XmlFault.NotWellFormed);
        position++;
        CloseElement();
        return true;
    }

    private void CloseElement()
    {
        ref var scope = ref scopes[--depth];
        ref var token = ref stanza.RowForChange(scope.Row);
        token.Length = position - token.Start;
        token.Extra = stanza.RowCount - scope.Row;
        if (scope.OutermostUse >= scope.Row) token.Flags |= TokenFlags.SelfContained;
        newestBinding = scope.NewestBinding;
        defaultBinding = scope.DefaultBinding;
        bindingsInScope = scope.BindingsInScope;
        if (depth > 0) NoteUse(scope.OutermostUse);
    }

    private readonly void NoteUse(int declaredBy)
    {
        ref var outermost = ref scopes[depth - 1].OutermostUse;
        if (declaredBy < outermost) outermost = declaredBy;
    }

    private void SkipWhitespace()
    {
        while (CharacterClass.IsWhitespace(At(position)))
            position++;
    }

    private bool ReadStartTag()
    {
        if (depth == limits.MaxDepth) return Fail(XmlFault.TooDeep);
        if (elements++ > limits.MaxChildren) return Fail(XmlFault.TooManyChildren);
        var start = position++;
        if (!ReadName(out var nameLength, out var prefixLength)) return false;
        stanza.AddRow(out var row) = new Token
        {
            Kind = TokenKind.Element,
            Start = start,
            NameLength = (ushort)nameLength,
            PrefixLength = (ushort)prefixLength,
        };
        scopes[depth++] = new Scope
        {
            Row = row,
            NewestBinding = newestBinding,
            DefaultBinding = defaultBinding,
            BindingsInScope = bindingsInScope,
            OutermostUse = int.MaxValue,
        };
        if (!ReadAttributes(row)) return false;
        if (!ResolveNames(row)) return false;
        var isEmpty = At(position) == '/';
        position += isEmpty ? 2 : 1;
        if (isEmpty) CloseElement();
        return true;
    }

    // Leaves the position at the '>' or "/>".
    private bool ReadAttributes(int elementRow)
    {
        for (var count = 0; ; count++)
        {
            var before = position;
            SkipWhitespace();
            switch (At(position))
            {
                case (byte)'>':
                    return true;
                case (byte)'/':
                    return At(position + 1) == '>' || Fail(XmlFault.NotWellFormed);
            }
            if (position == before) return Fail(XmlFault.NotWellFormed);
            if (count == limits.MaxAttributes) return Fail(XmlFault.TooManyAttributes);
            if (!ReadAttribute(elementRow)) return false;
        }
    }

    private bool ReadAttribute(int elementRow)
    {
        var start = position;
        if (!ReadName(out var nameLength, out var prefixLength)) return false;
        SkipWhitespace();
        if (At(position) != '=') return Fail(XmlFault.NotWellFormed);
        position++;
        SkipWhitespace();
        var quote = At(position);
        if (quote is not ((byte)'"' or (byte)'\'')) return Fail(XmlFault.NotWellFormed);
        var valueStart = ++position;
        var length = bytes[position..].IndexOf(quote);
        if (length < 0) return Fail(XmlFault.NotWellFormed);
        var value = bytes.Slice(position, length);
        if (value.Contains((byte)'<')) return Fail(XmlFault.NotWellFormed);
        var flags = TokenFlags.None;
        if (value.IndexOfAny("&\t\n\r"u8) >= 0)
        {
            if (!CheckReferences(value)) return false;
            flags = TokenFlags.Encoded;
        }
        position += length + 1;

        var isDefault = nameLength == 5 && prefixLength == 0 && bytes.Slice(start, 5).SequenceEqual("xmlns"u8);
        var isDeclaration = isDefault || (prefixLength == 5 && bytes.Slice(start, 5).SequenceEqual("xmlns"u8));
        if (isDeclaration) flags |= TokenFlags.Declaration;
        ref var token = ref stanza.AddRow(out var row);
        token = new Token
        {
            Kind = TokenKind.Attribute,
            Start = start,
            Length = length,
            Extra = valueStart,
            NameLength = (ushort)nameLength,
            PrefixLength = (ushort)prefixLength,
            Flags = flags,
        };
        return !isDeclaration || Declare(row, elementRow, isDefault ? 0 : nameLength - 6);
    }

    // Namespaces in XML 1.0, sections 3 and 5: xml and xmlns are reserved, a prefix cannot be unbound.
    private bool Declare(int row, int elementRow, int prefixLength)
    {
        ref readonly var token = ref stanza.Row(row);
        var prefix = bytes.Slice(token.Start + token.NameLength - prefixLength, prefixLength);
        byte[]? decoded = null;
        if (token.Has(TokenFlags.Encoded))
        {
            var value = stanza.ValueAt(row);
            decoded = new byte[value.MaxUtf8Length];
            decoded = decoded[..value.CopyTo(decoded)];
        }
        var uri = decoded ?? bytes.Slice(token.Extra, token.Length);
        var isXml = prefix.SequenceEqual("xml"u8);
        if (isXml != uri.SequenceEqual("http://www.w3.org/XML/1998/namespace"u8)) return Fail(XmlFault.NotWellFormed);
        if (prefix.SequenceEqual("xmlns"u8) || uri.SequenceEqual("http://www.w3.org/2000/xmlns/"u8)) return Fail(XmlFault.NotWellFormed);
        if (prefixLength > 0 && uri.IsEmpty) return Fail(XmlFault.NotWellFormed);
        if (++bindingsInScope > MaxPrefixesInScope) return Fail(XmlFault.TooManyAttributes);

        var isContent = ContentNamespaces.Contains(uri);
        ref var entry = ref stanza.AddBinding(out var binding);
        if (binding > ushort.MaxValue) return Fail(XmlFault.TooManyAttributes);
        entry = new NamespaceBinding
        {
            OwnUri = decoded,
            UriStart = token.Extra,
            UriLength = token.Length,
            PrefixStart = token.Start + token.NameLength - prefixLength,
            PrefixLength = prefixLength,
            DeclaredBy = elementRow,
            NamespaceNumber = names.FindNamespace(isContent ? ContentNamespaces.Client : uri),
            Outer = newestBinding,
            IsContent = isContent,
        };
        newestBinding = binding;
        if (prefixLength == 0) defaultBinding = binding;
        return true;
    }

    // Namespaces in XML 1.0, sections 5.2, 6.2 and 6.3.
    private bool ResolveNames(int elementRow)
    {
        ref var element = ref stanza.RowForChange(elementRow);
        var binding = defaultBinding;
        if (element.PrefixLength > 0)
        {
            var prefix = bytes.Slice(element.Start + 1, element.PrefixLength);
            if (prefix.SequenceEqual("xmlns"u8)) return Fail(XmlFault.NotWellFormed);
            binding = FindBinding(prefix);
            if (binding < 0) return Fail(XmlFault.NotWellFormed);
        }
        ref readonly var bound = ref stanza.Binding(binding);
        if (bound.IsContent && element.PrefixLength > 0 && depth <= 2) return Fail(XmlFault.BadNamespacePrefix);
        if (!(bound.IsContent && element.PrefixLength == 0) && binding != NamespaceBinding.Xml) NoteUse(bound.DeclaredBy);
        element.Binding = (ushort)binding;
        if (bound.NamespaceNumber != 0)
        {
            var skipped = element.PrefixLength == 0 ? 0 : element.PrefixLength + 1;
            element.Key = names.FindElement(bound.NamespaceNumber, bytes.Slice(element.Start + 1 + skipped, element.NameLength - skipped));
        }
        return ResolveAttributes(elementRow);
    }

    private bool ResolveAttributes(int elementRow)
    {
        for (var row = elementRow + 1; row < stanza.RowCount; row++)
        {
            ref var token = ref stanza.RowForChange(row);
            if (token.PrefixLength > 0 && !token.Has(TokenFlags.Declaration))
            {
                var binding = FindBinding(bytes.Slice(token.Start, token.PrefixLength));
                if (binding < 0) return Fail(XmlFault.NotWellFormed);
                token.Binding = (ushort)binding;
                if (binding != NamespaceBinding.Xml) NoteUse(stanza.Binding(binding).DeclaredBy);
            }
            for (var earlier = elementRow + 1; earlier < row; earlier++)
                if (IsSameName(in stanza.Row(earlier), ref token))
                    return Fail(XmlFault.NotWellFormed);
        }
        return true;
    }

    // As written, or by namespace and local name.
    private readonly bool IsSameName(ref readonly Token left, ref readonly Token right)
    {
        if (left.NameLength == right.NameLength
            && bytes.Slice(left.Start, left.NameLength).SequenceEqual(bytes.Slice(right.Start, right.NameLength)))
            return true;
        if (left.PrefixLength == 0 || right.PrefixLength == 0) return false;
        if (left.Has(TokenFlags.Declaration) || right.Has(TokenFlags.Declaration)) return false;
        return LocalName(in left).SequenceEqual(LocalName(in right)) && stanza.UriOf(left.Binding).SequenceEqual(stanza.UriOf(right.Binding));
    }

    private readonly ReadOnlySpan<byte> LocalName(ref readonly Token token) =>
        bytes.Slice(token.Start + token.PrefixLength + 1, token.NameLength - token.PrefixLength - 1);

    private readonly int FindBinding(ReadOnlySpan<byte> prefix)
    {
        for (var binding = newestBinding; binding >= 0; binding = stanza.Binding(binding).Outer)
            if (binding != NamespaceBinding.None && stanza.PrefixOf(binding).SequenceEqual(prefix))
                return binding;
        return -1;
    }

    // A qualified name: one colon at most, with a name on each side of it.
    private bool ReadName(out int length, out int prefixLength)
    {
        prefixLength = 0;
        length = 0;
        var start = position;
        var partStart = start;
        while (true)
        {
            var value = At(position);
            if (value == ':')
            {
                if (prefixLength > 0 || position == start) return Fail(XmlFault.NotWellFormed);
                prefixLength = position - start;
                position++;
                partStart = position;
                continue;
            }
            if (value < 0x80)
            {
                if (!CharacterClass.IsAsciiNamePart(value)) break;
                if (position == partStart && !CharacterClass.IsAsciiNameStart(value)) return Fail(XmlFault.NotWellFormed);
                position++;
                continue;
            }
            Rune.DecodeFromUtf8(bytes[position..], out var rune, out var consumed);
            var isAllowed = position == partStart ? CharacterClass.IsNameStart(rune.Value) : CharacterClass.IsNamePart(rune.Value);
            if (!isAllowed) return Fail(XmlFault.NotWellFormed);
            position += consumed;
        }
        if (position == partStart) return Fail(XmlFault.NotWellFormed);
        length = position - start;
        return length <= ushort.MaxValue || Fail(XmlFault.StanzaTooLarge);
    }
}
