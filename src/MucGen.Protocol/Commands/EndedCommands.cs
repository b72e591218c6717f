namespace MucGen.Protocol;

/// <summary>Sessions of commands that ended before they expired, oldest first: nobody can use them once more (XEP-0050 2.4.3). Not for use by several threads.</summary>
public sealed class EndedCommands
{
    /// <summary>The most that are remembered; then the oldest are forgotten.</summary>
    public const int Most = 1000;

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>Their identifiers.</summary>
    public IReadOnlyCollection<string> All => order;

    /// <summary>Whether this one was ended.</summary>
    public bool Contains(string sessionId) => ids.Contains(sessionId);

    /// <summary>Remembers one that ends now, and forgets those that have expired.</summary>
    public void Add(string sessionId, DateTimeOffset now)
    {
        while (order.TryPeek(out var oldest) && (order.Count >= Most || CommandSession.IsExpired(oldest, now)))
            ids.Remove(order.Dequeue());
        if (ids.Add(sessionId))
            order.Enqueue(sessionId);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        ids.Clear();
        order.Clear();
    }
}
