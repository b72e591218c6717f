using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>One change of the lists that was found permitted.</summary>
/// <param name="From">The affiliation so far, as the lists have it.</param>
/// <param name="Entry">Affiliation, reserved nick and reason from now on.</param>
internal sealed record AffiliationChange(MucAffiliation From, Affiliated Entry);

/// <summary>
/// The lists of a room as they would be after the changes so far: a request with several items is judged item by item against it,
/// and applied only when all are permitted (decision A39).
/// </summary>
internal sealed class AffiliationDraft(Affiliations now)
{
    private readonly Dictionary<Jid, Affiliated> drafted = [];
    private readonly List<AffiliationChange> changes = [];

    /// <summary>The changes, in the order in which they were asked for.</summary>
    public IReadOnlyList<AffiliationChange> Changes => changes;

    /// <summary>How many owners there would be.</summary>
    public int Owners { get; private set; } = now.Count(MucAffiliation.Owner);

    /// <summary>What would be known of this bare JID itself; null when nothing.</summary>
    public Affiliated? Find(Jid bareJid) => drafted.TryGetValue(bareJid, out var entry) ? entry : now.Find(bareJid);

    /// <summary>The affiliation that the lists would have for this very JID.</summary>
    public MucAffiliation Listed(Jid bareJid) => Find(bareJid)?.Affiliation ?? MucAffiliation.None;

    /// <summary>The affiliation that would hold for a person, by their own entry or their domain's.</summary>
    public MucAffiliation Of(Jid bareJid) => drafted.TryGetValue(bareJid, out var entry) ? entry.Affiliation : now.Of(bareJid);

    /// <summary>Whether this nick, or one that looks like it, would be reserved for somebody else.</summary>
    public bool IsReservedFromOthers(string nick, Jid bareJid)
    {
        var skeleton = NickSkeleton.Of(nick);
        foreach (var entry in now.All)
        {
            if (!drafted.ContainsKey(entry.BareJid) && IsOthers(entry))
                return true;
        }

        return drafted.Values.Any(IsOthers);

        bool IsOthers(Affiliated entry) =>
            entry.Nick is not null && !entry.BareJid.Equals(bareJid) && NickSkeleton.Of(entry.Nick).IsLike(skeleton);
    }

    /// <summary>Adds a change that was found permitted.</summary>
    public void Set(Affiliated entry)
    {
        var from = Listed(entry.BareJid);
        if (from == MucAffiliation.Owner)
            Owners--;
        if (entry.Affiliation == MucAffiliation.Owner)
            Owners++;
        drafted[entry.BareJid] = entry;
        changes.Add(new AffiliationChange(from, entry));
    }
}
