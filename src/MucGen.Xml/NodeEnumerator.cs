namespace MucGen.Xml;

/// <summary>Walks what is directly inside an element, for content in which text and elements alternate.</summary>
public ref struct NodeEnumerator
{
    private readonly Stanza? stanza;
    private readonly int end;
    private int row;
    private int next;

    internal NodeEnumerator(Stanza? stanza, int elementRow)
    {
        this.stanza = stanza;
        next = elementRow + 1;
        end = stanza is null ? 0 : elementRow + stanza.Row(elementRow).Extra;
    }

    /// <summary>Itself at the node reached: ask <see cref="Element"/> and <see cref="Text"/>.</summary>
    public readonly NodeEnumerator Current => this;

    /// <summary>The element reached; absent when it is text.</summary>
    public readonly ElementView Element => stanza is not null && stanza.Row(row).Kind == TokenKind.Element ? new ElementView(stanza, row) : default;

    /// <summary>The run of text reached; absent when it is an element.</summary>
    public readonly XmlText Text => stanza is not null && stanza.Row(row).Kind == TokenKind.Text ? stanza.TextAt(row) : default;

    /// <summary>Itself, so that <c>foreach</c> takes it.</summary>
    public readonly NodeEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next node.</summary>
    public bool MoveNext()
    {
        while (next < end)
        {
            row = next;
            ref readonly var token = ref stanza!.Row(row);
            next += token.Kind == TokenKind.Element ? token.Extra : 1;
            if (token.Kind != TokenKind.Attribute) return true;
        }
        return false;
    }
}
