using System.Text;

namespace MucGen.Xml;

// Names, attributes and namespaces.
internal ref partial struct Tokeniser
{
    /// <summary>Declarations in scope at once, beyond those of the stream; bounds the search for a prefix.</summary>
    private const int MaxPrefixesInScope = 128;

    private static ReadOnlySpan<byte> XmlUri => "http://www.w3.org/XML/1998/namespace"u8;

    private static ReadOnlySpan<byte> XmlnsUri => "http://www.w3.org/2000/xmlns/"u8;

    // Leaves the position at the '>' or "/>".
    private bool ReadAttributes(int elementRow, out bool isEmpty)
    {
        isEmpty = false;
        var shapesSeen = 0UL;
        for (var count = 0; ; count++)
        {
            var before = position;
            var next = At(position);
            if (next == ' ') next = At(++position);
            if (CharacterClass.IsWhitespace(next))
            {
                SkipWhitespace();
                next = At(position);
            }
            if (next == '>') return true;
            if (next == '/')
            {
                isEmpty = true;
                return At(position + 1) == '>' || Fail(XmlFault.NotWellFormed);
            }
            if (position == before) return Fail(XmlFault.NotWellFormed);
            if (count == maxAttributes) return Fail(XmlFault.TooManyAttributes);
            if (!ReadAttribute(elementRow, ref shapesSeen)) return false;
        }
    }

    private bool ReadAttribute(int elementRow, ref ulong shapesSeen)
    {
        var start = position;
        if (!ReadName(out var nameLength, out var prefixLength)) return false;
        if (At(position) != '=') SkipWhitespace();
        if (At(position) != '=') return Fail(XmlFault.NotWellFormed);
        position++;
        var quote = At(position);
        if (quote is not ((byte)'"' or (byte)'\''))
        {
            SkipWhitespace();
            quote = At(position);
            if (quote is not ((byte)'"' or (byte)'\'')) return Fail(XmlFault.NotWellFormed);
        }
        var valueStart = ++position;
        var end = scanner.EndOfValue(position, quote, out var isEncoded);
        if (At(end) != quote) return Fail(XmlFault.NotWellFormed);
        if (isEncoded && !CheckReferences(bytes[valueStart..end])) return false;
        position = end + 1;

        ref var token = ref stanza.AddRow(out var row);
        token = default;
        token.Start = start;
        token.Length = end - valueStart;
        token.Extra = valueStart;
        token.NameLength = (ushort)nameLength;
        token.PrefixLength = (ushort)prefixLength;
        token.Kind = TokenKind.Attribute;
        token.Flags = isEncoded ? TokenFlags.Encoded : TokenFlags.None;

        // Two names of different shape differ; only for the same shape is it worth a look at those before.
        var shape = 1UL << ((bytes[start] * 5) + (bytes[start + nameLength - 1] * 3) + nameLength);
        if ((shapesSeen & shape) != 0 && IsRepeated(elementRow, row)) return Fail(XmlFault.NotWellFormed);
        shapesSeen |= shape;
        return nameLength < 5 || !bytes.Slice(start, 5).SequenceEqual("xmlns"u8) || Declare(elementRow, row);
    }

    private readonly bool IsRepeated(int elementRow, int row)
    {
        ref readonly var token = ref stanza.Row(row);
        var name = bytes.Slice(token.Start, token.NameLength);
        for (var earlier = elementRow + 1; earlier < row; earlier++)
        {
            ref readonly var other = ref stanza.Row(earlier);
            if (other.NameLength == name.Length && bytes.Slice(other.Start, other.NameLength).SequenceEqual(name)) return true;
        }
        return false;
    }

    // A name that begins with "xmlns". Namespaces in XML 1.0, sections 3 and 5: xml and xmlns are reserved, a prefix cannot be unbound.
    private bool Declare(int elementRow, int row)
    {
        ref var token = ref stanza.RowForChange(row);
        if (token.PrefixLength != 5 && token.NameLength != 5) return true;
        token.Flags |= TokenFlags.Declaration;
        var prefixLength = token.NameLength == 5 ? 0 : token.NameLength - 6;
        var prefixStart = token.Start + token.NameLength - prefixLength;
        var prefix = bytes.Slice(prefixStart, prefixLength);
        var decoded = token.Has(TokenFlags.Encoded) ? Decode(stanza.ValueAt(row)) : null;
        var uri = decoded ?? bytes.Slice(token.Extra, token.Length);

        if (prefix.SequenceEqual("xml"u8) != uri.SequenceEqual(XmlUri)) return Fail(XmlFault.NotWellFormed);
        if (prefix.SequenceEqual("xmlns"u8) || uri.SequenceEqual(XmlnsUri)) return Fail(XmlFault.NotWellFormed);
        if (prefixLength > 0 && uri.IsEmpty) return Fail(XmlFault.NotWellFormed);
        if (prefixesInScope++ == MaxPrefixesInScope) return Fail(XmlFault.TooManyAttributes);

        var isContent = ContentNamespaces.Contains(uri);
        var number = names.FindNamespace(isContent ? ContentNamespaces.Client : uri);
        ref var entry = ref stanza.AddBinding(out var binding);
        if (binding > ushort.MaxValue) return Fail(XmlFault.TooManyAttributes);
        entry.OwnUri = decoded;
        entry.OwnPrefix = null;
        entry.UriStart = token.Extra;
        entry.UriLength = token.Length;
        entry.PrefixStart = prefixStart;
        entry.PrefixLength = prefixLength;
        entry.DeclaredBy = elementRow;
        entry.NamespaceNumber = number;
        entry.Outer = newestBinding;
        entry.IsContent = isContent;
        newestBinding = binding;
        if (prefixLength == 0) defaultBinding = binding;
        return true;
    }

    // Hardly anybody writes references into a namespace name, so these few may allocate.
    private static byte[] Decode(XmlText value)
    {
        var decoded = new byte[value.MaxUtf8Length];
        return decoded[..value.CopyTo(decoded)];
    }

    // Namespaces in XML 1.0, sections 5.2, 6.2 and 6.3.
    private bool ResolveElement(int row)
    {
        ref var token = ref stanza.RowForChange(row);
        var binding = defaultBinding;
        var nameStart = token.Start + 1;
        int nameLength = token.NameLength;
        if (token.PrefixLength > 0)
        {
            var prefix = bytes.Slice(nameStart, token.PrefixLength);
            binding = prefix.SequenceEqual("xmlns"u8) ? -1 : FindBinding(prefix);
            if (binding < 0) return Fail(XmlFault.NotWellFormed);
            nameStart += token.PrefixLength + 1;
            nameLength -= token.PrefixLength + 1;
        }
        token.Binding = (ushort)binding;
        ref readonly var bound = ref stanza.Binding(binding);
        if (bound.NamespaceNumber != 0) token.Key = names.FindElement(bound.NamespaceNumber, bytes.Slice(nameStart, nameLength));
        if (!bound.IsContent)
        {
            if (binding != NamespaceBinding.Xml) NoteUse(bound.DeclaredBy);
        }
        else if (token.PrefixLength > 0)
        {
            // RFC 6120 section 4.8.5: what a peer reads as stanza content comes without a prefix.
            if (depth <= 2) return Fail(XmlFault.BadNamespacePrefix);
            NoteUse(bound.DeclaredBy);
        }
        return stanza.RowCount == row + 1 || ResolveAttributes(row);
    }

    private bool ResolveAttributes(int elementRow)
    {
        var resolved = 0;
        for (var row = elementRow + 1; row < stanza.RowCount; row++)
        {
            ref var token = ref stanza.RowForChange(row);
            if (token.PrefixLength == 0 || token.Has(TokenFlags.Declaration)) continue;
            var binding = FindBinding(bytes.Slice(token.Start, token.PrefixLength));
            if (binding < 0) return Fail(XmlFault.NotWellFormed);
            token.Binding = (ushort)binding;
            if (binding != NamespaceBinding.Xml) NoteUse(stanza.Binding(binding).DeclaredBy);
            if (resolved++ > 0 && IsRepeatedByNamespace(elementRow, row)) return Fail(XmlFault.NotWellFormed);
        }
        return true;
    }

    private readonly bool IsRepeatedByNamespace(int elementRow, int row)
    {
        ref readonly var token = ref stanza.Row(row);
        for (var earlier = elementRow + 1; earlier < row; earlier++)
        {
            ref readonly var other = ref stanza.Row(earlier);
            if (other.PrefixLength == 0 || other.Has(TokenFlags.Declaration)) continue;
            if (LocalName(in other).SequenceEqual(LocalName(in token)) && stanza.UriOf(other.Binding).SequenceEqual(stanza.UriOf(token.Binding)))
                return true;
        }
        return false;
    }

    private readonly ReadOnlySpan<byte> LocalName(ref readonly Token attribute) =>
        bytes.Slice(attribute.Start + attribute.PrefixLength + 1, attribute.NameLength - attribute.PrefixLength - 1);

    private readonly void NoteUse(int declaredBy)
    {
        ref var outermost = ref scopes[depth - 1].OutermostUse;
        if (declaredBy < outermost) outermost = declaredBy;
    }

    private readonly int FindBinding(ReadOnlySpan<byte> prefix)
    {
        if (prefix.SequenceEqual("xml"u8)) return NamespaceBinding.Xml;
        for (var binding = newestBinding; binding > NamespaceBinding.Xml; binding = stanza.Binding(binding).Outer)
            if (stanza.PrefixOf(binding).SequenceEqual(prefix))
                return binding;
        return -1;
    }

    // A qualified name: one colon at most, with a name on each side of it.
    private bool ReadName(out int length, out int prefixLength)
    {
        prefixLength = 0;
        var start = position;
        position = scanner.EndOfName(start, out var isUnusual);
        length = position - start;
        if (length is 0 or > ushort.MaxValue) return Fail(length == 0 ? XmlFault.NotWellFormed : XmlFault.StanzaTooLarge);
        if (!isUnusual) return CharacterClass.IsAsciiNameStart(bytes[start]) || Fail(XmlFault.NotWellFormed);

        var name = bytes.Slice(start, length);
        var colon = name.IndexOf((byte)':');
        if (colon >= 0)
        {
            prefixLength = colon;
            if (!IsName(name[..colon])) return Fail(XmlFault.NotWellFormed);
        }
        return IsName(name[(colon + 1)..]) || Fail(XmlFault.NotWellFormed);
    }

    // Of bytes that the scanner has found to be of names, colons among them.
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return false;
        if (Ascii.IsValid(name)) return CharacterClass.IsAsciiNameStart(name[0]) && !name.Contains((byte)':');
        for (var index = 0; index < name.Length;)
        {
            Rune.DecodeFromUtf8(name[index..], out var rune, out var consumed);
            if (index == 0 ? !CharacterClass.IsNameStart(rune.Value) : !CharacterClass.IsNamePart(rune.Value)) return false;
            index += consumed;
        }
        return true;
    }
}
