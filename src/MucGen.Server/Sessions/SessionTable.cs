using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>The bound sessions of this process, by full address and by account. Thread-safe; look-ups take no lock.</summary>
public sealed class SessionTable
{
    private readonly ConcurrentDictionary<Jid, Session> byFullJid = new();
    private readonly ConcurrentDictionary<Jid, Session[]> byAccount = new();

    /// <summary>How many sessions are bound.</summary>
    public int Count => byFullJid.Count;

    /// <summary>All sessions, in no order.</summary>
    public IEnumerable<Session> All => byFullJid.Select(entry => entry.Value);

    /// <summary>The session bound to exactly this full address.</summary>
    public bool TryFind(Jid fullJid, [NotNullWhen(true)] out Session? session) => byFullJid.TryGetValue(fullJid, out session);

    /// <summary>The sessions of an account, oldest first. The list is a snapshot.</summary>
    public IReadOnlyList<Session> Of(Jid account) => byAccount.TryGetValue(account, out var sessions) ? sessions : [];

    /// <summary>Adds a session; false when its full address is taken by <paramref name="holder"/>.</summary>
    internal bool TryAdd(Session session, out Session? holder)
    {
        holder = null;
        if (!byFullJid.TryAdd(session.FullJid, session))
        {
            byFullJid.TryGetValue(session.FullJid, out holder);
            return false;
        }
        byAccount.AddOrUpdate(
            session.Account,
            static (_, added) => [added],
            static (_, present, added) => [.. present, added],
            session);
        return true;
    }

    /// <summary>Removes this very session; false when it is not there any more.</summary>
    internal bool Remove(Session session)
    {
        if (!byFullJid.TryRemove(KeyValuePair.Create(session.FullJid, session)))
            return false;
        while (byAccount.TryGetValue(session.Account, out var present))
        {
            var left = Array.FindAll(present, other => other != session);
            var changed = left.Length == 0
                ? byAccount.TryRemove(KeyValuePair.Create(session.Account, present))
                : byAccount.TryUpdate(session.Account, left, present);
            if (changed)
                break;
        }
        return true;
    }
}
