namespace MucGen.Xml;

/// <summary>All children of one name that no schema describes, in the order of the wire.</summary>
/// <param name="parent">The element around them; may be absent.</param>
/// <param name="key">The key of the children.</param>
public readonly ref struct ElementList(ElementView parent, ElementKey key)
{
    private readonly ElementView parent = parent;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => !parent.HasChild(key);

    /// <summary>The first; absent when there is none.</summary>
    public ElementView First => parent.Child(key);

    /// <summary>Starts before the first one.</summary>
    public Enumerator GetEnumerator() => new(parent.Children, key);

    /// <summary>Walks the elements.</summary>
    public ref struct Enumerator
    {
        private readonly ElementKey key;
        private ChildEnumerator children;

        internal Enumerator(ChildEnumerator children, ElementKey key)
        {
            this.children = children;
            this.key = key;
        }

        /// <summary>The element reached.</summary>
        public readonly ElementView Current => children.Current;

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => children.MoveNext(key);
    }
}
