using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>One connected session of an account, and what its account knows of its presence.</summary>
/// <param name="fullJid">The session's address.</param>
/// <param name="session">The session; null in tests of the rules.</param>
public sealed class Resource(Jid fullJid, Session? session = null)
{
    private readonly HashSet<Jid> directed = [];

    /// <summary>The session's address.</summary>
    public Jid FullJid => fullJid;

    /// <summary>Where its stanzas go.</summary>
    internal Session? Session => session;

    /// <summary>The language of its stream, for stanzas that name none.</summary>
    public string? Language => session?.Language;

    /// <summary>Whether it has asked for the roster and so is told of its changes (RFC 6121 2.2).</summary>
    public bool IsInterested { get; set; }

    /// <summary>Whether it has asked for the list of who is blocked and so is told of its changes (XEP-0191 3.2).</summary>
    public bool FollowsBlocking { get; set; }

    /// <summary>Whether it gets copies of what other sessions of the account send and get (XEP-0280).</summary>
    public bool GetsCopies { get; set; }

    /// <summary>The rooms of this service that it is in, as they say.</summary>
    public IReadOnlyCollection<Jid> Rooms => session?.Rooms.ToArray() ?? [];

    /// <summary>The available presence that it sent last, a lease of its own; null while it is unavailable.</summary>
    public Stanza? Presence { get; private set; }

    /// <summary>Whether it has sent initial presence.</summary>
    public bool IsAvailable => Presence is not null;

    /// <summary>The priority in its presence, -128 to 127.</summary>
    public int Priority { get; private set; }

    /// <summary>Whether messages for the bare address may go here (RFC 6121 8.5.2.1.1).</summary>
    public bool TakesMessages => IsAvailable && Priority >= 0;

    /// <summary>The local accounts and sessions that got available presence from here directly and must hear of its end (RFC 6121 4.6.3).</summary>
    public IReadOnlyCollection<Jid> Directed => directed;

    /// <summary>Remembers new available presence; the lease is retained.</summary>
    public void SetPresence(Stanza presence, int priority)
    {
        ArgumentNullException.ThrowIfNull(presence);
        var kept = presence.Retain();
        Presence?.Dispose();
        Presence = kept;
        Priority = priority;
    }

    /// <summary>Forgets the presence.</summary>
    public void SetUnavailable()
    {
        Presence?.Dispose();
        Presence = null;
        Priority = 0;
    }

    /// <summary>The session knows, for what goes to rooms and comes from them, whom its account has blocked.</summary>
    public void Follow(BlockList blocked)
    {
        if (session is not null)
            session.Blocked = blocked;
    }

    /// <summary>Remembers a target of directed presence; false when there are too many.</summary>
    public bool TryDirect(Jid target, int limit) => directed.Contains(target) || (directed.Count < limit && directed.Add(target));

    /// <summary>Forgets a target that has been told that the session is unavailable.</summary>
    public void Undirect(Jid target) => directed.Remove(target);

    /// <summary>Takes all targets, leaving none.</summary>
    public Jid[] TakeDirected()
    {
        Jid[] all = [.. directed];
        directed.Clear();
        return all;
    }
}
