using System.Runtime.CompilerServices;

namespace MucGen.Xml;

/// <summary>
/// An element of a stanza: a place in its token table. Copy it freely; it is valid while somebody holds the stanza. The default value is an
/// absent element, on which everything is empty or absent.
/// </summary>
public readonly ref struct ElementView
{
    internal readonly Stanza? Stanza;

    internal ElementView(Stanza stanza, int row)
    {
        Stanza = stanza;
        Row = row;
    }

    /// <summary>Whether there is an element at all.</summary>
    public bool IsPresent => Stanza is not null;

    /// <summary>The place in the stanza's table; 0 is the stanza's own element.</summary>
    internal int Row { get; }

    /// <summary>The key in the stanza's name table. Elements of all content namespaces have the keys of <c>jabber:client</c>.</summary>
    public ElementKey Key => Stanza is null ? ElementKey.None : OwnRow.Key;

    /// <summary>The name without its prefix.</summary>
    public ReadOnlySpan<byte> LocalName
    {
        get
        {
            if (Stanza is null) return default;
            ref readonly var token = ref OwnRow;
            var skipped = token.PrefixLength == 0 ? 0 : token.PrefixLength + 1;
            return Stanza.Slice(token.Start + 1 + skipped, token.NameLength - skipped);
        }
    }

    /// <summary>The prefix without its colon; empty when there is none.</summary>
    public ReadOnlySpan<byte> Prefix => Stanza is null ? default : Stanza.Slice(OwnRow.Start + 1, OwnRow.PrefixLength);

    /// <summary>The namespace name, decoded, whether declared here, further out or by the stream.</summary>
    public ReadOnlySpan<byte> Namespace => Stanza is null ? default : Stanza.UriOf(OwnRow.Binding);

    /// <summary>The exact source, tags included.</summary>
    public ReadOnlySpan<byte> Bytes => Stanza is null ? default : Stanza.Slice(OwnRow.Start, OwnRow.Length);

    /// <summary>Whether <see cref="Bytes"/> mean the same where the content namespace is the default and no prefix is bound.</summary>
    public bool IsSelfContained => Stanza is not null && OwnRow.Has(TokenFlags.SelfContained);

    /// <summary>Whether the namespace is <c>jabber:client</c>, <c>jabber:server</c> or <c>jabber:component:accept</c>, which mean the same.</summary>
    public bool IsContentNamespace => Stanza is not null && Stanza.Binding(OwnRow.Binding).IsContent;

    /// <summary>The character data directly inside, runs and CDATA sections joined. Empty, not absent, when the element has none.</summary>
    public XmlText Text => Stanza is null ? default : Stanza.TextIn(Row);

    /// <summary>The attributes, namespace declarations not included, in source order.</summary>
    public AttributeEnumerator Attributes => new(Stanza, Row);

    /// <summary>The child elements in source order.</summary>
    public ChildEnumerator Children => new(Stanza, Row);

    /// <summary>The child elements and the runs of text between them, in source order.</summary>
    public NodeEnumerator Nodes => new(Stanza, Row);

    /// <summary>The first child element; absent when there is none.</summary>
    public ElementView FirstChild
    {
        get
        {
            foreach (var child in Children)
                return child;
            return default;
        }
    }

    private ref readonly Token OwnRow => ref Stanza!.Row(Row);

    /// <summary>The value of an attribute; absent when the element has none of that name.</summary>
    /// <param name="qualifiedName">The name as written, prefix included, such as <c>xml:lang</c>.</param>
    public XmlText Attribute(ReadOnlySpan<byte> qualifiedName) => Attribute(Token.Head(qualifiedName), qualifiedName);

    /// <summary>The value of an attribute, for emitted code, which has the head of the name as a constant.</summary>
    /// <param name="head">The first four bytes of the name, the first one lowest; zeros behind a shorter name.</param>
    /// <param name="qualifiedName">The whole name.</param>
    public XmlText Attribute(uint head, ReadOnlySpan<byte> qualifiedName) => Stanza is null ? default : Stanza.AttributeOf(Row, head, qualifiedName);

    /// <summary>The value of an attribute in a namespace, whatever its prefix; absent when the element has none.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="localName">The name without prefix.</param>
    public XmlText Attribute(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> localName)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.LocalName.SequenceEqual(localName) && attribute.Namespace.SequenceEqual(ns))
                return attribute.Value;
        }
        return default;
    }

    /// <summary>The first child element of that key; absent when there is none.</summary>
    public ElementView Child(ElementKey key)
    {
        var children = Children;
        return children.MoveNext(key) ? children.Current : default;
    }

    /// <summary>Whether a child element has that key.</summary>
    public bool HasChild(ElementKey key) => Child(key).IsPresent;

    /// <summary>Copies of the namespaces that this element declares itself, in source order.</summary>
    internal List<(byte[] Prefix, byte[] Uri)> DeclaredNamespaces()
    {
        var declared = new List<(byte[], byte[])>();
        if (Stanza is null) return declared;
        for (var binding = 0; binding < Stanza.BindingCount; binding++)
            if (Stanza.Binding(binding).DeclaredBy == Row)
                declared.Add((Stanza.PrefixOf(binding).ToArray(), Stanza.UriOf(binding).ToArray()));
        return declared;
    }
}

/// <summary>One attribute of an element.</summary>
public readonly ref struct AttributeView
{
    private readonly Stanza stanza;
    private readonly int row;

    internal AttributeView(Stanza stanza, int row)
    {
        this.stanza = stanza;
        this.row = row;
    }

    /// <summary>The name as written, prefix included.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            ref readonly var token = ref stanza.Row(row);
            return stanza.Slice(token.Start, token.NameLength);
        }
    }

    /// <summary>Whether the attribute has that name, for emitted code, which has the head of the name as a constant.</summary>
    /// <param name="head">The first four bytes of the name, the first one lowest; zeros behind a shorter name.</param>
    /// <param name="qualifiedName">The whole name as written, prefix included.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(uint head, ReadOnlySpan<byte> qualifiedName) => stanza.IsNamed(in stanza.Row(row), head, qualifiedName);

    /// <summary>The name without its prefix.</summary>
    public ReadOnlySpan<byte> LocalName
    {
        get
        {
            var prefixLength = stanza.Row(row).PrefixLength;
            return prefixLength == 0 ? Name : Name[(prefixLength + 1)..];
        }
    }

    /// <summary>The namespace name, decoded; empty without a prefix.</summary>
    public ReadOnlySpan<byte> Namespace => stanza.UriOf(stanza.Row(row).Binding);

    /// <summary>The value.</summary>
    public XmlText Value => stanza.ValueAt(row);
}

/// <summary>Walks the attributes of an element.</summary>
public ref struct AttributeEnumerator
{
    private readonly Stanza? stanza;
    private readonly int end;
    private int row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal AttributeEnumerator(Stanza? stanza, int elementRow)
    {
        this.stanza = stanza;
        row = elementRow;
        end = stanza is null ? 0 : elementRow + 1 + stanza.Row(elementRow).Attributes;
    }

    /// <summary>The attribute reached.</summary>
    public readonly AttributeView Current => new(stanza!, row);

    /// <summary>Itself, so that <c>foreach</c> takes it.</summary>
    public readonly AttributeEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next attribute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (stanza is null) return false;
        while (++row < end)
            if (!stanza.Row(row).Has(TokenFlags.Declaration))
                return true;
        row = end;
        return false;
    }
}

/// <summary>Walks the child elements of an element.</summary>
public ref struct ChildEnumerator
{
    private readonly Stanza? stanza;
    private readonly int end;
    private int row;
    private int next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ChildEnumerator(Stanza? stanza, int elementRow)
    {
        this.stanza = stanza;
        if (stanza is null)
            return;
        ref readonly var token = ref stanza.Row(elementRow);
        next = elementRow + 1 + token.Attributes;
        end = elementRow + token.Extra;
    }

    /// <summary>The child reached.</summary>
    public readonly ElementView Current => new(stanza!, row);

    /// <summary>Itself, so that <c>foreach</c> takes it.</summary>
    public readonly ChildEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next child of that key, over everything else; <see cref="ElementKey.None"/> finds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext(ElementKey key)
    {
        if (key == ElementKey.None) return false;
        while (next < end)
        {
            ref readonly var token = ref stanza!.Row(next);
            row = next;
            next += token.Extra;
            if (token.Key == key) return true;
        }
        return false;
    }

    /// <summary>Goes to the next child, over text and what is inside other children.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        while (next < end)
        {
            ref readonly var token = ref stanza!.Row(next);
            row = next;
            next += token.Extra;
            if (token.Kind == TokenKind.Element) return true;
        }
        return false;
    }
}
