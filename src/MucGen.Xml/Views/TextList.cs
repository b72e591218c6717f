namespace MucGen.Xml;

/// <summary>The texts of all children of one name, in the order of the wire.</summary>
/// <param name="parent">The element around them; may be absent.</param>
/// <param name="key">The key of the children.</param>
public readonly ref struct TextList(ElementView parent, ElementKey key)
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

    /// <summary>The first; absent when there is none.</summary>
    public XmlText First => parent.Child(key).Text;

    /// <summary>Starts before the first one.</summary>
    public Enumerator GetEnumerator() => new(parent.Children, key);

    /// <summary>The texts, decoded. Allocates.</summary>
    public string[] ToArray()
    {
        var texts = new string[Count];
        var index = 0;
        foreach (var text in this)
            texts[index++] = text.ToString();
        return texts;
    }

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
        public readonly XmlText Current => children.Current.Text;

        /// <summary>Goes to the next text.</summary>
        public bool MoveNext() => children.MoveNext(key);
    }
}
