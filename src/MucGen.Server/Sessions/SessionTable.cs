using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>The bound sessions of this process, by full address and by account. Thread-safe; look-ups take no lock.</summary>
public sealed class SessionTable
{
    private readonly Lock gate = new(); // of changes
    private readonly ConcurrentDictionary<Jid, Session> byFullJid = new();
    private readonly ConcurrentDictionary<Jid, Session[]> byAccount = new();
    private readonly Dictionary<Jid, Session> leaving = [];

    /// <summary>How many sessions are bound.</summary>
    public int Count => byFullJid.Count;

    /// <summary>All sessions, in no order.</summary>
    public IEnumerable<Session> All => byFullJid.Select(entry => entry.Value);

    /// <summary>The session bound to exactly this full address.</summary>
    public bool TryFind(Jid fullJid, [NotNullWhen(true)] out Session? session) => byFullJid.TryGetValue(fullJid, out session);

    /// <summary>The sessions of an account, oldest first. The list is a snapshot.</summary>
    public IReadOnlyList<Session> Of(Jid account) => byAccount.TryGetValue(account, out var sessions) ? sessions : [];

    /// <summary>Adds a session; false when its full address is taken by <paramref name="holder"/>, which may be on its way out.</summary>
    internal bool TryAdd(Session session, [NotNullWhen(false)] out Session? holder)
    {
        lock (gate)
        {
            if (leaving.TryGetValue(session.FullJid, out holder) || byFullJid.TryGetValue(session.FullJid, out holder))
                return false;
            byFullJid[session.FullJid] = session;
            byAccount[session.Account] = [.. Of(session.Account), session];
            return true;
        }
    }

    /// <summary>Takes out this very session, which nobody finds any more; its full address stays taken until <see cref="Free"/>. False when it is not there any more.</summary>
    internal bool Remove(Session session)
    {
        lock (gate)
        {
            if (!byFullJid.TryRemove(KeyValuePair.Create(session.FullJid, session)))
                return false;
            leaving.Add(session.FullJid, session);
            var left = Array.FindAll(byAccount[session.Account], other => other != session);
            if (left.Length == 0)
                byAccount.TryRemove(session.Account, out _);
            else
                byAccount[session.Account] = left;
            return true;
        }
    }

    /// <summary>Everybody knows that this session is gone, so its full address can be another one's.</summary>
    internal void Free(Session session)
    {
        lock (gate)
            leaving.Remove(session.FullJid);
    }
}
