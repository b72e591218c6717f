namespace MucGen.Xml;

/// <summary>The names that a set of schemas knows; emitted by the generator, consulted once per element by the tokeniser.</summary>
public abstract class NameTable
{
    /// <summary>Knows no name: every element gets <see cref="ElementKey.None"/>.</summary>
    public static NameTable Empty { get; } = new EmptyNameTable();

    /// <summary>
    /// The table's own number of a namespace, above 0; 0 when it has no element of that namespace. One that describes <c>jabber:client</c> gives its number for
    /// <c>jabber:server</c> and <c>jabber:component:accept</c> too, where stanzas mean the same, unless it describes these.
    /// </summary>
    /// <param name="uri">The namespace name, decoded UTF-8.</param>
    public abstract int FindNamespace(ReadOnlySpan<byte> uri);

    /// <summary>The key of an element; <see cref="ElementKey.None"/> when the table does not know it.</summary>
    /// <param name="ns">What <see cref="FindNamespace"/> gave; 0 finds nothing.</param>
    /// <param name="localName">The local name, UTF-8.</param>
    public abstract ElementKey FindElement(int ns, ReadOnlySpan<byte> localName);

    /// <summary>A table that asks <paramref name="first"/>, then <paramref name="second"/>: an application's schemas before the server's.</summary>
    public static NameTable Combine(NameTable first, NameTable second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (ReferenceEquals(first, Empty)) return second;
        if (ReferenceEquals(second, Empty)) return first;
        return new CombinedNameTable(first, second);
    }

    private sealed class EmptyNameTable : NameTable
    {
        public override int FindNamespace(ReadOnlySpan<byte> uri) => 0;

        public override ElementKey FindElement(int ns, ReadOnlySpan<byte> localName) => ElementKey.None;
    }

    /// <summary>Numbers its own namespaces as it meets them: each is a pair of the parts' numbers.</summary>
    private sealed class CombinedNameTable(NameTable first, NameTable second) : NameTable
    {
        // A namespace number of the pair is its index here plus one. Replaced as a whole under the lock, read without it.
        private readonly Lock growing = new();
        private (int First, int Second)[] pairs = [];

        public override int FindNamespace(ReadOnlySpan<byte> uri)
        {
            var pair = (first.FindNamespace(uri), second.FindNamespace(uri));
            if (pair is (0, 0)) return 0;
            var index = Array.IndexOf(Volatile.Read(ref pairs), pair);
            return (index >= 0 ? index : AddPair(pair)) + 1;
        }

        public override ElementKey FindElement(int ns, ReadOnlySpan<byte> localName)
        {
            if (ns == 0) return ElementKey.None;
            var (inFirst, inSecond) = Volatile.Read(ref pairs)[ns - 1];
            var key = inFirst == 0 ? ElementKey.None : first.FindElement(inFirst, localName);
            return key != ElementKey.None || inSecond == 0 ? key : second.FindElement(inSecond, localName);
        }

        private int AddPair((int First, int Second) pair)
        {
            lock (growing)
            {
                var index = Array.IndexOf(pairs, pair);
                if (index >= 0) return index;
                Volatile.Write(ref pairs, [.. pairs, pair]);
                return pairs.Length - 1;
            }
        }
    }
}
