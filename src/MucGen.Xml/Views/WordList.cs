namespace MucGen.Xml;

/// <summary>A text that is a list of words, with white space between them. A reference to a white-space character does not part words.</summary>
/// <param name="text">The text as the wire has it; may be absent.</param>
public readonly ref struct WordList(XmlText text)
{
    /// <summary>The text as the wire has it.</summary>
    public XmlText Text { get; } = text;

    /// <summary>Whether the field is there.</summary>
    public bool IsPresent => Text.IsPresent;

    /// <summary>The text, to be written as it came.</summary>
    public static implicit operator XmlText(WordList value) => value.Text;

    /// <summary>Starts before the first word. Allocates when the text comes from code, or in several runs.</summary>
    public Enumerator GetEnumerator() => new(Text);

    /// <summary>The text as the wire has it; "" when absent.</summary>
    public override string ToString() => Text.ToString();

    /// <summary>Walks the words.</summary>
    public ref struct Enumerator
    {
        private readonly XmlTextKind kind;
        private ReadOnlySpan<byte> rest;
        private ReadOnlySpan<byte> word;

        internal Enumerator(XmlText text)
        {
            if (text.Kind is XmlTextKind.Text or XmlTextKind.Runs)
            {
                kind = XmlTextKind.Utf8;
                rest = System.Text.Encoding.UTF8.GetBytes(text.ToString());
            }
            else
            {
                kind = text.Kind;
                rest = text.Bytes;
            }
        }

        /// <summary>The word reached.</summary>
        public readonly XmlText Current => new(word, kind);

        /// <summary>Goes to the next word.</summary>
        public bool MoveNext()
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            if (rest.IsEmpty)
                return false;
            var end = rest.IndexOfAny(" \t\r\n"u8);
            word = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];
            return true;
        }
    }
}
