using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Those who earned their voice by being there: so many of the latest, that a public room does not remember everybody for ever.</summary>
public sealed class SettledPeople
{
    /// <summary>The most people that a room remembers; whoever is forgotten waits again.</summary>
    public const int Most = 10_000;

    private readonly HashSet<Jid> people = [];
    private readonly List<Jid> inOrder = [];

    /// <summary>Who is remembered, the longest first.</summary>
    public IReadOnlyList<Jid> All => inOrder;

    /// <summary>Whether this person is.</summary>
    public bool Contains(Jid bareJid) => people.Contains(bareJid);

    internal void Add(Jid bareJid)
    {
        if (!people.Add(bareJid))
            return;
        inOrder.Add(bareJid);
        if (inOrder.Count > Most)
            Remove(inOrder[0]);
    }

    internal void Remove(Jid bareJid)
    {
        if (people.Remove(bareJid))
            inOrder.Remove(bareJid);
    }

    internal void Clear()
    {
        people.Clear();
        inOrder.Clear();
    }
}
