using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What the room remembers of a person: affiliation, reserved nick and the reason given (XEP-0045 5.2, 7.10).</summary>
/// <param name="BareJid">Whose.</param>
/// <param name="Affiliation">Never <see cref="MucAffiliation.None"/>: nobody is listed for nothing.</param>
/// <param name="Nick">The reserved nick, prepared; only members, admins and owners have one.</param>
/// <param name="Reason">Why, as the admin put it.</param>
/// <param name="Terms">Of outcasts: who banned them, when and until when.</param>
public sealed record Affiliated(Jid BareJid, MucAffiliation Affiliation, string? Nick = null, string? Reason = null, SanctionTerms? Terms = null);

/// <summary>
/// The lists of a room, keyed by bare JID, with the reserved nicks: one table, so that both cannot disagree; and the bans by mask.
/// </summary>
public sealed class Affiliations
{
    private readonly Dictionary<Jid, Affiliated> byJid = [];
    private readonly Dictionary<string, Affiliated> byFoldedNick = new(StringComparer.Ordinal); // by NickSkeleton.Folded
    private readonly Dictionary<string, Affiliated> byShownNick = new(StringComparer.Ordinal); // by NickSkeleton.Shown
    private readonly Dictionary<string, Affiliated> byDomain = new(StringComparer.Ordinal); // those of byJid without a localpart

    private DateTimeOffset? nextListed; // the first end of a ban on the list

    /// <summary>Everybody with an affiliation, in no order.</summary>
    public IReadOnlyCollection<Affiliated> All => byJid.Values;

    /// <summary>The bans by mask.</summary>
    public BanMasks Masks { get; } = new();

    /// <summary>When the first ban ends by itself; null when none does.</summary>
    public DateTimeOffset? NextExpiry => nextListed is { } listed && !(Masks.NextExpiry < listed) ? listed : Masks.NextExpiry;

    /// <summary>The affiliation of a bare JID: by its own entry, or else by a mask, or else by its domain's entry (XEP-0045 9.2).</summary>
    public MucAffiliation Of(Jid bareJid)
    {
        ArgumentNullException.ThrowIfNull(bareJid);
        if (byJid.TryGetValue(bareJid, out var entry))
            return entry.Affiliation;
        if (Masks.Hits(bareJid))
            return MucAffiliation.Outcast;
        return byDomain.TryGetValue(bareJid.Domain, out entry) ? entry.Affiliation : MucAffiliation.None;
    }

    /// <summary>What is known of a bare JID; null when nothing.</summary>
    public Affiliated? Find(Jid bareJid) => byJid.GetValueOrDefault(bareJid);

    /// <summary>The bare JIDs with this affiliation, in the order of their characters.</summary>
    public IEnumerable<Jid> Listed(MucAffiliation affiliation) => byJid.Values
        .Where(entry => entry.Affiliation == affiliation)
        .Select(entry => entry.BareJid)
        .OrderBy(jid => jid.ToString(), StringComparer.Ordinal);

    /// <summary>Whether somebody else reserved this prepared nick, or one that looks like it.</summary>
    public bool IsReservedFromOthers(string nick, Jid bareJid)
    {
        if (byFoldedNick.Count == 0)
            return false;
        var skeleton = NickSkeleton.Of(nick);
        return (byFoldedNick.TryGetValue(skeleton.Folded, out var holder) && !holder.BareJid.Equals(bareJid))
            || (byShownNick.TryGetValue(skeleton.Shown, out holder) && !holder.BareJid.Equals(bareJid));
    }

    /// <summary>How many have this affiliation.</summary>
    public int Count(MucAffiliation affiliation)
    {
        var count = 0;
        foreach (var entry in byJid.Values)
        {
            if (entry.Affiliation == affiliation)
                count++;
        }
        return count;
    }

    /// <summary>Puts a person on a list, with the nick, or takes them off all.</summary>
    internal void Set(Affiliated entry)
    {
        if (byJid.Remove(entry.BareJid, out var before) && before.Nick is not null)
            Free(before, NickSkeleton.Of(before.Nick));
        if (entry.BareJid.Local is null)
            byDomain.Remove(entry.BareJid.Domain);
        if (entry.Affiliation != MucAffiliation.None)
            Add(entry);
        if (before?.Terms?.Until is not null || entry.Terms?.Until is not null)
            nextListed = byJid.Values.Min(listed => listed.Terms?.Until);
    }

    internal void Clear()
    {
        byJid.Clear();
        byFoldedNick.Clear();
        byShownNick.Clear();
        byDomain.Clear();
        Masks.Clear();
        nextListed = null;
    }

    private void Add(Affiliated entry)
    {
        byJid.Add(entry.BareJid, entry);
        if (entry.Nick is not null)
            Reserve(entry, NickSkeleton.Of(entry.Nick));
        if (entry.BareJid.Local is null)
            byDomain.Add(entry.BareJid.Domain, entry);
    }

    private void Reserve(Affiliated entry, NickSkeleton skeleton)
    {
        byFoldedNick[skeleton.Folded] = entry;
        byShownNick[skeleton.Shown] = entry;
    }

    private void Free(Affiliated entry, NickSkeleton skeleton)
    {
        Remove(byFoldedNick, skeleton.Folded);
        Remove(byShownNick, skeleton.Shown);

        void Remove(Dictionary<string, Affiliated> table, string key)
        {
            if (table.TryGetValue(key, out var holder) && holder.BareJid.Equals(entry.BareJid))
                table.Remove(key);
        }
    }
}
