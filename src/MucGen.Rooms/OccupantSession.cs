using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>One client of an occupant, known by its full JID; its place in the room is a lease that ends with its stream.</summary>
public sealed class OccupantSession
{
    internal OccupantSession(Occupant occupant, Jid fullJid, int number)
    {
        Occupant = occupant;
        FullJid = fullJid;
        Number = number;
    }

    /// <summary>The occupant that this session belongs to.</summary>
    public Occupant Occupant { get; internal set; }

    /// <summary>The real full JID.</summary>
    public Jid FullJid { get; }

    /// <summary>A small number that no other session of this room had or gets: it names the session in the ids of relayed requests.</summary>
    public int Number { get; }

    /// <summary>The last availability: show, status, priority and extensions, without what only the room may say.</summary>
    public Markup Presence { get; internal set; }

    /// <summary>The language of that presence; null when it named none.</summary>
    public string? Language { get; internal set; }

    /// <summary>The priority in that presence, -128 to 127.</summary>
    public int Priority { get; internal set; }

    /// <summary>When that presence came.</summary>
    public DateTimeOffset Changed { get; internal set; }

    /// <summary>Whether its join asked for the versions of the lists of affiliations (XEP-0463).</summary>
    public bool FollowsAffiliations { get; internal set; }
}
