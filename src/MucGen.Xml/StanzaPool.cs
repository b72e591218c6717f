using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace MucGen.Xml;

// The lease side of a stanza: pooling, reference count, and the tables that the tokeniser fills.
public sealed partial class Stanza
{
    private const int SmallestBuffer = 1024;
    private const int SmallestTable = 64;
    private const int LargestKeptBuffer = 16 * 1024;
    private const int LargestKeptTable = 1024;
    private const int LargestPool = 1024;

    private static readonly ConcurrentQueue<Stanza> Pool = new();
    private static int poolCount;
    private static int liveLeases;

    // A reader mostly releases before it reads again, so one stanza a thread spares the shared queue.
    [ThreadStatic]
    private static Stanza? mine;

    private NameTable? preparedNames;
    private StreamNamespaces preparedNamespaces;
    private int preparedBindings;
    private Tokeniser.Scope[] scopes = [];

    /// <summary>Stanzas that somebody holds, in the whole process. Counted in Debug builds; 0 in Release.</summary>
    public static int LiveLeases => Volatile.Read(ref liveLeases);

    /// <summary>Adds a holder, who must call <see cref="Dispose"/>.</summary>
    /// <returns>This stanza.</returns>
    /// <exception cref="ObjectDisposedException">Nobody holds the stanza any more.</exception>
    public Stanza Retain()
    {
        if (Interlocked.Increment(ref holders) > 1) return this;
        Interlocked.Decrement(ref holders);
        throw new ObjectDisposedException(nameof(Stanza));
    }

    /// <summary>Ends the caller's hold. The last one returns the memory to the pool.</summary>
    /// <exception cref="ObjectDisposedException">It was released more often than held.</exception>
    public void Dispose()
    {
        // Of a single hold nobody else may make another, so the count needs no interlocked operation, which is a tenth of a short stanza's cost.
        var left = 0;
        if (Volatile.Read(ref holders) == 1) Volatile.Write(ref holders, 0);
        else left = Interlocked.Decrement(ref holders);
        if (left > 0) return;
        if (left < 0)
        {
            Interlocked.Increment(ref holders);
            throw new ObjectDisposedException(nameof(Stanza));
        }
        CountLease(-1);
        Return();
    }

    /// <summary>Binding of the default namespace outside of the stanza.</summary>
    internal int InheritedDefault { get; private set; }

    internal ref Token AddRow(out int row)
    {
        row = tokenCount++;
        var table = tokens;
        if ((uint)row < (uint)table.Length) return ref table[row];
        Grow(ref tokens, row);
        return ref tokens[row];
    }

    internal ref Token RowForChange(int row) => ref tokens[row];

    internal ref NamespaceBinding AddBinding(out int binding)
    {
        binding = bindingCount;
        if (binding == bindings.Length) Grow(ref bindings, binding);
        bindingCount = binding + 1;
        return ref bindings[binding];
    }

    internal Tokeniser.Scope[] RentScopes(int depth)
    {
        if (scopes.Length < depth) scopes = new Tokeniser.Scope[depth];
        return scopes;
    }

    private static Stanza Rent(int bytes)
    {
        ref var slot = ref mine;
        var stanza = slot;
        if (stanza is not null) slot = null;
        else if (Pool.TryDequeue(out stanza)) Interlocked.Decrement(ref poolCount);
        else stanza = new Stanza();
        stanza.EnsureBuffer(bytes);
        stanza.holders = 1;
        CountLease(1);
        return stanza;
    }

    private void EnsureBuffer(int bytes)
    {
        if (buffer.Length >= bytes) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(Math.Max(bytes, SmallestBuffer));
    }

    private static void Grow<T>(ref T[] table, int count)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(SmallestTable, count * 2));
        table.AsSpan(0, count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(table);
        table = larger;
    }

    [Conditional("DEBUG")]
    private static void CountLease(int change) => Interlocked.Add(ref liveLeases, change);

    /// <summary>Empties the tables and sets up the inherited bindings, unless they are those of the stanza read here before.</summary>
    private void Prepare(NameTable names, StreamNamespaces namespaces)
    {
        tokenCount = 0;
        if (!ReferenceEquals(preparedNames, names) || preparedNamespaces != namespaces)
        {
            bindingCount = 0;
            InheritedDefault = NamespaceBinding.None;
            AddInherited([], [], names);
            AddInherited("xml"u8.ToArray(), "http://www.w3.org/XML/1998/namespace"u8.ToArray(), names);
            foreach (var (prefix, uri) in namespaces.Bindings)
            {
                if (prefix.Length == 0) InheritedDefault = bindingCount;
                AddInherited(prefix, uri, names);
            }
            preparedNames = names;
            preparedNamespaces = namespaces;
            preparedBindings = bindingCount;
        }
        bindingCount = preparedBindings;
    }

    private void AddInherited(byte[] prefix, byte[] uri, NameTable names)
    {
        ref var entry = ref AddBinding(out var binding);
        var isContent = ContentNamespaces.Contains(uri);
        entry = new NamespaceBinding
        {
            OwnPrefix = prefix,
            OwnUri = uri,
            DeclaredBy = -1,
            NamespaceNumber = names.FindNamespace(uri),
            Outer = binding == NamespaceBinding.None ? -1 : binding - 1,
            IsContent = isContent,
        };
    }

    private void Return()
    {
        if (buffer.Length > LargestKeptBuffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
        if (tokens.Length > LargestKeptTable)
        {
            ArrayPool<Token>.Shared.Return(tokens);
            tokens = [];
        }
        if (bindings.Length > LargestKeptTable)
        {
            ArrayPool<NamespaceBinding>.Shared.Return(bindings, clearArray: true);
            bindings = [];
            preparedNames = null;
        }
        ref var slot = ref mine;
        if (slot is null)
        {
            slot = this;
        }
        else if (Interlocked.Increment(ref poolCount) <= LargestPool)
        {
            Pool.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref poolCount);
        }
    }
}
