namespace MucGen.Xml;

/// <summary>A text with the language that it says of itself.</summary>
/// <param name="element">The element that holds it; may be absent.</param>
public readonly ref struct LanguageText(ElementView element)
{
    private readonly ElementView element = element;

    /// <summary>Whether the element is there.</summary>
    public bool IsPresent => element.IsPresent;

    /// <summary>The text; absent when the element is.</summary>
    public XmlText Text => element.Text;

    /// <summary>The element's own xml:lang; absent when it has none, and the language is that of what is around it.</summary>
    public XmlText Lang => element.Attribute("xml:lang"u8);

    /// <summary>The element itself.</summary>
    public ElementView Element => element;

    /// <summary>The text.</summary>
    public static implicit operator XmlText(LanguageText value) => value.Text;

    /// <summary>The text, decoded; "" when absent.</summary>
    public override string ToString() => Text.ToString();
}

/// <summary>The texts of all children of one name, by language, in the order of the wire.</summary>
/// <param name="parent">The element around them; may be absent.</param>
/// <param name="key">The key of the children.</param>
public readonly ref struct LanguageTextList(ElementView parent, ElementKey key)
{
    private readonly ElementView parent = parent;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => !parent.HasChild(key);

    /// <summary>How many there are; counted at every call.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var _ in this)
                count++;
            return count;
        }
    }

    /// <summary>The first, whatever its language; absent when there is none.</summary>
    public LanguageText First => new(parent.Child(key));

    /// <summary>The text of a language (compared as it is written); of none of its own when <paramref name="lang"/> is empty. Absent when there is none.</summary>
    public LanguageText Find(ReadOnlySpan<byte> lang)
    {
        foreach (var text in this)
        {
            if (lang.IsEmpty ? text.Lang.IsEmpty : text.Lang.Equals(lang))
                return text;
        }
        return default;
    }

    /// <summary>Starts before the first one.</summary>
    public Enumerator GetEnumerator() => new(parent.Children, key);

    /// <summary>Walks the texts.</summary>
    public ref struct Enumerator
    {
        private readonly ElementKey key;
        private ChildEnumerator children;

        internal Enumerator(ChildEnumerator children, ElementKey key)
        {
            this.children = children;
            this.key = key;
        }

        /// <summary>The text reached.</summary>
        public readonly LanguageText Current => new(children.Current);

        /// <summary>Goes to the next text.</summary>
        public bool MoveNext() => children.MoveNext(key);
    }
}
