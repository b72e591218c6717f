using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>The ban rules by mask, which are tried one after the other: so they are few.</summary>
public sealed class BanMasks
{
    /// <summary>The most masks of a room.</summary>
    public const int Most = 100;

    private readonly List<BanRule> rules = [];

    /// <summary>The rules, in the order of their characters.</summary>
    public IReadOnlyList<BanRule> All => rules;

    /// <summary>When the first of them ends by itself; null when none does.</summary>
    public DateTimeOffset? NextExpiry { get; private set; }

    /// <summary>Whether any mask fits the address. Costs no object.</summary>
    public bool Hits(Jid person)
    {
        foreach (var rule in rules)
        {
            if (rule.Target.Hits(person))
                return true;
        }
        return false;
    }

    /// <summary>The rule of this very mask; null when there is none.</summary>
    public BanRule? Find(BanTarget mask) => rules.Find(rule => rule.Target == mask);

    /// <summary>Adds a rule, or replaces the one of the same mask.</summary>
    internal void Set(BanRule rule)
    {
        Remove(rule.Target);
        var place = rules.FindIndex(other => string.CompareOrdinal(other.Target.Text, rule.Target.Text) > 0);
        rules.Insert(place < 0 ? rules.Count : place, rule);
        NextExpiry = rules.Min(other => other.Until);
    }

    internal void Remove(BanTarget mask)
    {
        rules.RemoveAll(rule => rule.Target == mask);
        NextExpiry = rules.Min(other => other.Until);
    }

    internal void Clear()
    {
        rules.Clear();
        NextExpiry = null;
    }
}
