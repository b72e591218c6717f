using System.Diagnostics.CodeAnalysis;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Who is in the room: occupants by nick, and their sessions by full JID, each in the order of entering.</summary>
public sealed class Occupants
{
    private readonly Jid room;
    private readonly ReadOnlyMemory<byte> secret;
    private readonly List<Occupant> inOrder = [];
    private readonly List<OccupantSession> sessions = [];
    private readonly List<Occupant> waiting = [];
    private readonly List<Occupant> held = [];
    private readonly Dictionary<string, Occupant> byNick = new(StringComparer.Ordinal);
    private readonly Dictionary<Jid, OccupantSession> byFullJid = [];

    internal Occupants(Jid room, ReadOnlyMemory<byte> secret)
    {
        this.room = room;
        this.secret = secret;
    }

    /// <summary>How many occupants there are; a nick with several sessions counts once (decision A50).</summary>
    public int Count => inOrder.Count;

    /// <summary>The occupants, in the order in which they entered.</summary>
    public IReadOnlyList<Occupant> All => inOrder;

    /// <summary>Every session of every occupant, in the order in which they entered.</summary>
    public IReadOnlyList<OccupantSession> Sessions => sessions;

    /// <summary>Those who wait to be given voice by time, the longest first.</summary>
    internal IReadOnlyList<Occupant> Waiting => waiting;

    /// <summary>Those of whose last availability the others have not been told yet, in the order in which they will be.</summary>
    internal IReadOnlyList<Occupant> Held => held;

    /// <summary>The sessions as a span, for sending to all without an enumerator.</summary>
    internal ReadOnlySpan<OccupantSession> SessionSpan => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sessions);

    /// <summary>The session of this full JID; null when it is not in the room.</summary>
    public OccupantSession? Find(Jid fullJid) => byFullJid.GetValueOrDefault(fullJid);

    /// <summary>The occupant with this prepared nick; null when nobody has it.</summary>
    public Occupant? Find(string? nick) => nick is null ? null : byNick.GetValueOrDefault(nick);

    /// <summary>The session with this number; null when it left.</summary>
    public OccupantSession? FindSession(int number)
    {
        foreach (var session in sessions)
        {
            if (session.Number == number)
                return session;
        }
        return null;
    }

    /// <summary>The occupants of one person, who may be in the room under several nicks.</summary>
    public IEnumerable<Occupant> Of(Jid bareJid)
    {
        foreach (var occupant in inOrder)
        {
            if (occupant.BareJid.Equals(bareJid))
                yield return occupant;
        }
    }

    /// <summary>The occupants whom an entry on a list is about: a person's, or everybody's from a domain (XEP-0045 9.2).</summary>
    public IEnumerable<Occupant> Concerned(Jid listed) =>
        listed.Local is null ? inOrder.Where(occupant => occupant.BareJid.Domain == listed.Domain) : Of(listed);

    /// <summary>Whether the occupant is here under its nick at this moment.</summary>
    public bool Contains(Occupant occupant) => byNick.TryGetValue(occupant.Nick, out var held) && ReferenceEquals(held, occupant);

    internal Occupant GetOrAdd(string nick, Jid bareJid, MucRole role)
    {
        if (byNick.TryGetValue(nick, out var occupant))
            return occupant;
        occupant = new Occupant(room, nick, bareJid, role, secret.Span);
        byNick.Add(nick, occupant);
        inOrder.Add(occupant);
        return occupant;
    }

    internal void Add(OccupantSession session)
    {
        session.Occupant.Add(session);
        byFullJid.Add(session.FullJid, session);
        sessions.Add(session);
    }

    /// <summary>Ends a session; an occupant without sessions is gone too.</summary>
    internal bool Remove(Jid fullJid, [NotNullWhen(true)] out OccupantSession? session)
    {
        if (!byFullJid.Remove(fullJid, out session))
            return false;
        sessions.Remove(session);
        Detach(session);
        return true;
    }

    /// <summary>Gives one session another nick, alone. It counts as the last to have entered, under the nick and in the room.</summary>
    internal void Move(OccupantSession session, string nick)
    {
        var (role, waitsSince) = (session.Occupant.Role, session.Occupant.WaitsSince);
        var isNew = !byNick.ContainsKey(nick);
        Detach(session);
        sessions.Remove(session);
        sessions.Add(session);
        var occupant = GetOrAdd(nick, session.FullJid.Bare, role);
        session.Occupant = occupant;
        occupant.Add(session);
        if (isNew && waitsSince is { } since)
            Wait(occupant, since);
    }

    /// <summary>The occupant waits for voice, since this moment.</summary>
    internal void Wait(Occupant occupant, DateTimeOffset since)
    {
        occupant.WaitsSince = since;
        var place = waiting.Count;
        while (place > 0 && waiting[place - 1].WaitsSince > since)
            place--;
        waiting.Insert(place, occupant);
    }

    internal void EndWait(Occupant occupant)
    {
        if (occupant.WaitsSince is null)
            return;
        occupant.WaitsSince = null;
        waiting.Remove(occupant);
    }

    internal void Hold(Occupant occupant) => held.Add(occupant);

    internal void Unhold(Occupant occupant) => held.Remove(occupant);

    internal void Forget(Jid listed)
    {
        foreach (var occupant in Concerned(listed))
            occupant.ForgetPresence();
    }

    /// <summary>Drops what was composed of everybody, since the room shows them differently now.</summary>
    internal void ForgetPresences()
    {
        foreach (var occupant in inOrder)
            occupant.ForgetPresence();
    }

    internal void Clear()
    {
        ForgetPresences();
        inOrder.Clear();
        sessions.Clear();
        waiting.Clear();
        held.Clear();
        byNick.Clear();
        byFullJid.Clear();
    }

    private void Detach(OccupantSession session)
    {
        var occupant = session.Occupant;
        occupant.Remove(session);
        if (occupant.Sessions.Count > 0)
            return;
        occupant.ForgetPresence();
        EndWait(occupant);
        Unhold(occupant);
        byNick.Remove(occupant.Nick);
        inOrder.Remove(occupant);
    }
}
