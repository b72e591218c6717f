using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace MucGen.Xml;

// Names, attributes and namespaces.
internal ref partial struct Tokeniser
{
    /// <summary>Declarations in scope at once, beyond those of the stream; bounds the search for a prefix.</summary>
    private const int MaxPrefixesInScope = 128;

    private static ReadOnlySpan<byte> XmlUri => "http://www.w3.org/XML/1998/namespace"u8;

    private static ReadOnlySpan<byte> XmlnsUri => "http://www.w3.org/2000/xmlns/"u8;

    // Gives the position of the '>' or "/>".
    private int ReadAttributes(int elementRow, int at)
    {
        var shapesSeen = 0UL;
        while (true)
        {
            var start = at;
            var lead = At(at);
            if (lead == ' ') lead = At(++start);
            if (lead <= ' ')
            {
                start = SkipWhitespace(start);
                lead = At(start);
            }
            if (lead is (byte)'>' or (byte)'/')
            {
                stanza.RowForChange(elementRow).Attributes = (ushort)(stanza.RowCount - elementRow - 1);
                return start;
            }
            if (start == at) return Fail(XmlFault.NotWellFormed);

            var nameEnd = ReadName(start, out var prefixLength);
            if (nameEnd < 0) return Failed;
            var opening = At(nameEnd) == '=' ? nameEnd + 1 : FindValue(nameEnd);
            var quote = At(opening);
            if (quote is not ((byte)'"' or (byte)'\''))
            {
                opening = SkipWhitespace(opening);
                quote = At(opening);
                if (quote is not ((byte)'"' or (byte)'\'')) return Fail(XmlFault.NotWellFormed);
            }
            var valueEnd = scanner.EndOfValue(opening + 1, quote, out var isEncoded);
            if (At(valueEnd) != quote) return Fail(XmlFault.NotWellFormed);
            if (isEncoded && !CheckReferences(bytes[(opening + 1)..valueEnd])) return Failed;
            at = valueEnd + 1;

            ref var token = ref stanza.AddRow(out var row);
            token.Start = start;
            token.Length = valueEnd - opening - 1;
            token.Extra = opening + 1;
            token.Key = (ElementKey)Token.Head(bytes[start..nameEnd]);
            token.NameLength = (ushort)(nameEnd - start);
            token.PrefixLength = (ushort)prefixLength;
            token.Binding = NamespaceBinding.None;
            token.Kind = TokenKind.Attribute;
            token.Flags = isEncoded ? TokenFlags.Encoded : TokenFlags.None;
            token.Attributes = 0;
            if (row - elementRow > maxAttributes) return Fail(XmlFault.TooManyAttributes);

            // Two names of different shape differ; only for the same shape is it worth a look at those before.
            var shape = 1UL << ((lead * 5) + (At(nameEnd - 1) * 3) + nameEnd - start);
            if ((shapesSeen & shape) != 0 && IsRepeated(elementRow, row)) return Fail(XmlFault.NotWellFormed);
            shapesSeen |= shape;
            if (lead == 'x' && IsDeclaration(start, nameEnd - start, prefixLength))
            {
                if (!Declare(elementRow, row)) return Failed;
            }
            else if (prefixLength > 0)
            {
                hasPrefixedAttributes = true;
            }
        }
    }

    // The position behind the '=' when white space comes before it; behind the end, where there is no quote, when it is missing.
    private readonly int FindValue(int at)
    {
        at = SkipWhitespace(at);
        return At(at) == '=' ? at + 1 : bytes.Length;
    }

    private readonly bool IsDeclaration(int start, int nameLength, int prefixLength) =>
        (prefixLength == 5 || nameLength == 5) && bytes.Slice(start, 5).SequenceEqual("xmlns"u8);

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

    // Namespaces in XML 1.0, sections 3 and 5: xml and xmlns are reserved, a prefix cannot be unbound.
    private bool Declare(int elementRow, int row)
    {
        ref var token = ref stanza.RowForChange(row);
        token.Flags |= TokenFlags.Declaration;
        var prefixLength = token.NameLength == 5 ? 0 : token.NameLength - 6;
        var prefixStart = token.Start + token.NameLength - prefixLength;
        var prefix = bytes.Slice(prefixStart, prefixLength);
        var decoded = token.Has(TokenFlags.Encoded) ? Decode(new XmlText(bytes.Slice(token.Extra, token.Length), XmlTextKind.RawAttribute)) : null;
        var uri = decoded ?? bytes.Slice(token.Extra, token.Length);

        if (prefix.SequenceEqual("xml"u8) != uri.SequenceEqual(XmlUri)) return Refuse(XmlFault.NotWellFormed);
        if (prefix.SequenceEqual("xmlns"u8) || uri.SequenceEqual(XmlnsUri)) return Refuse(XmlFault.NotWellFormed);
        if (prefixLength > 0 && uri.IsEmpty) return Refuse(XmlFault.NotWellFormed);
        if (prefixesInScope++ == MaxPrefixesInScope) return Refuse(XmlFault.TooManyAttributes);

        var isContent = ContentNamespaces.Contains(uri);
        var number = names.FindNamespace(uri);
        ref var entry = ref stanza.AddBinding(out var binding);
        if (binding > ushort.MaxValue) return Refuse(XmlFault.TooManyAttributes);
        // A constant null spares the garbage collector's bookkeeping.
        if (decoded is null) entry.OwnUri = null;
        else entry.OwnUri = decoded;
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
            if (binding < 0) return Refuse(XmlFault.NotWellFormed);
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
            if (depth <= 2) return Refuse(XmlFault.BadNamespacePrefix);
            NoteUse(bound.DeclaredBy);
        }
        return true;
    }

    private bool ResolveAttributes(int elementRow)
    {
        var resolved = 0;
        for (var row = elementRow + 1; row < stanza.RowCount; row++)
        {
            ref var token = ref stanza.RowForChange(row);
            if (token.PrefixLength == 0 || token.Has(TokenFlags.Declaration)) continue;
            var binding = FindBinding(bytes.Slice(token.Start, token.PrefixLength));
            if (binding < 0) return Refuse(XmlFault.NotWellFormed);
            token.Binding = (ushort)binding;
            if (binding != NamespaceBinding.Xml) NoteUse(stanza.Binding(binding).DeclaredBy);
            if (resolved++ > 0 && IsRepeatedByNamespace(elementRow, row)) return Refuse(XmlFault.NotWellFormed);
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
            if (LocalName(in other).SequenceEqual(LocalName(in token)) && UriOf(other.Binding).SequenceEqual(UriOf(token.Binding)))
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
            if (PrefixOf(binding).SequenceEqual(prefix))
                return binding;
        return -1;
    }

    private readonly ReadOnlySpan<byte> PrefixOf(int binding)
    {
        ref readonly var entry = ref stanza.Binding(binding);
        return entry.OwnPrefix ?? bytes.Slice(entry.PrefixStart, entry.PrefixLength);
    }

    private readonly ReadOnlySpan<byte> UriOf(int binding)
    {
        ref readonly var entry = ref stanza.Binding(binding);
        return entry.OwnUri ?? bytes.Slice(entry.UriStart, entry.UriLength);
    }

    // A qualified name: one colon at most, with a name on each side of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadName(int start, out int prefixLength)
    {
        var end = scanner.EndOfName(start, out var oddities);
        prefixLength = 0;
        if (oddities == 0) return CharacterClass.IsAsciiNameStart(At(start)) ? end : Fail(XmlFault.NotWellFormed);
        prefixLength = CheckOddName(start, end, oddities);
        return prefixLength < 0 ? Failed : end;
    }

    // Gives the length of the prefix, 0 when there is none.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CheckOddName(int start, int end, ulong oddities)
    {
        var prefixLength = BitOperations.TrailingZeroCount(oddities);
        if (BitOperations.IsPow2(oddities) && At(start + prefixLength) == ':')
        {
            var isName = CharacterClass.IsAsciiNameStart(At(start)) && CharacterClass.IsAsciiNameStart(At(start + prefixLength + 1));
            return isName ? prefixLength : Fail(XmlFault.NotWellFormed);
        }

        var name = bytes[start..end];
        if (name.Length is 0 or > ushort.MaxValue) return Fail(name.IsEmpty ? XmlFault.NotWellFormed : XmlFault.StanzaTooLarge);
        prefixLength = name.IndexOf((byte)':');
        if (prefixLength >= 0 && !IsName(name[..prefixLength])) return Fail(XmlFault.NotWellFormed);
        return IsName(name[(prefixLength + 1)..]) ? Math.Max(prefixLength, 0) : Fail(XmlFault.NotWellFormed);
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
