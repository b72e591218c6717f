using System.Diagnostics.CodeAnalysis;
using System.Text;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>What a ban is about: one person, everybody of a domain, or everybody whose address fits a mask.</summary>
public enum BanTargetKind : byte
{
    /// <summary>A bare JID (XEP-0045 9.1).</summary>
    Person,

    /// <summary>A domain without its subdomains (XEP-0045 9.2).</summary>
    Domain,

    /// <summary>Localpart and domain with <c>*</c> for any run of characters, none included: <c>spam*@*</c>, <c>*@*.example.org</c>.</summary>
    Mask,
}

/// <summary>Whom a ban hits, prepared like an address: two targets are the same exactly when their texts are.</summary>
public sealed record BanTarget
{
    /// <summary>The most UTF-8 bytes of a mask.</summary>
    public const int MostBytes = 2 * 1023;

    private const char Wildcard = '*';

    private readonly string? local;
    private readonly string domain;

    private BanTarget(BanTargetKind kind, Jid? jid, string? local, string domain)
    {
        Kind = kind;
        Jid = jid;
        this.local = local;
        this.domain = domain;
        Text = jid?.ToString() ?? $"{local}@{domain}";
    }

    /// <summary>Which kind it is.</summary>
    public BanTargetKind Kind { get; }

    /// <summary>The person or the domain; null for a mask.</summary>
    public Jid? Jid { get; }

    /// <summary>The target as people write it.</summary>
    public string Text { get; }

    /// <summary>The target of an entry on the list of outcasts.</summary>
    public static BanTarget Of(Jid listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return new BanTarget(listed.Local is null ? BanTargetKind.Domain : BanTargetKind.Person, listed.Bare, listed.Local, listed.Domain);
    }

    /// <summary>Reads what an admin typed: an address, of which the bare JID counts, a domain, or a mask. A mask without <c>@</c> is one of domains.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BanTarget? target)
    {
        target = null;
        if (string.IsNullOrEmpty(text) || Encoding.UTF8.GetByteCount(text) > MostBytes)
            return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (!text.Contains(Wildcard, StringComparison.Ordinal))
            target = MucGen.Xml.Jid.TryParse(text, out var jid, out _) ? Of(jid) : null;
        else if (PrepareLocal(at < 0 ? "*" : text[..at]) is { } local && PrepareDomain(text[(at + 1)..]) is { } domain)
            target = new BanTarget(BanTargetKind.Mask, null, local, domain);
        return target is not null;
    }

    /// <summary>Whether the address of a person fits. Costs no object.</summary>
    public bool Hits(Jid person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Kind switch
        {
            BanTargetKind.Person => person.Local == local && person.Domain == domain,
            BanTargetKind.Domain => person.Domain == domain,
            _ => Fits(local, person.Local) && Fits(domain, person.Domain),
        };
    }

    /// <inheritdoc/>
    public bool Equals(BanTarget? other) => other is not null && Kind == other.Kind && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    // A star is a character that localparts may have, so the preparation leaves it where it is.
    private static string? PrepareLocal(string mask) =>
        MucGen.Xml.Jid.TryParse($"{mask}@mask.invalid", out var jid, out _) ? jid.Local : null;

    private static string? PrepareDomain(string mask)
    {
        // With a letter for each star the whole must be a domain, so that a mask that can hit nobody is told at once.
        if (!MucGen.Xml.Jid.TryParse(mask.Replace(Wildcard, 'x'), out var whole, out _) || !whole.IsBare || whole.Local is not null)
            return null;
        var labels = mask.TrimEnd('.').Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Contains(Wildcard, StringComparison.Ordinal))
                labels[i] = labels[i].ToLowerInvariant().Normalize(NormalizationForm.FormC);
            else if (MucGen.Xml.Jid.TryParse(labels[i], out var label, out _))
                labels[i] = label.Domain;
            else
                return null;
        }
        return string.Join('.', labels);
    }

    // The last star met takes one character more whenever what follows it does not fit: linear but for masks with several stars.
    private static bool Fits(ReadOnlySpan<char> mask, ReadOnlySpan<char> text)
    {
        int m = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (m < mask.Length && mask[m] == Wildcard)
            {
                star = m++;
                resume = t;
            }
            else if (m < mask.Length && mask[m] == text[t])
            {
                m++;
                t++;
            }
            else if (star >= 0)
            {
                m = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }
        while (m < mask.Length && mask[m] == Wildcard)
            m++;
        return m == mask.Length;
    }
}

/// <summary>
/// A rule that keeps people out of a room. Rules about a person or a domain are the room's list of outcasts; rules by mask stand beside it. Whoever is
/// on a list by their own address is judged by that alone, so that a mask or a domain never hits owners, admins or members.
/// </summary>
/// <param name="Target">Whom it hits.</param>
/// <param name="Reason">Why, as the admin put it.</param>
/// <param name="Terms">Who, when and until when; null when the room did not note it yet.</param>
public sealed record BanRule(BanTarget Target, string? Reason, SanctionTerms? Terms)
{
    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? Until => Terms?.Until;

    /// <summary>Every rule in force: persons and domains first, then masks, each in the order of their characters.</summary>
    public static IEnumerable<BanRule> Of(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        foreach (var jid in room.Affiliations.Listed(Protocol.MucAffiliation.Outcast))
        {
            var entry = room.Affiliations.Find(jid)!;
            yield return new BanRule(BanTarget.Of(jid), entry.Reason, entry.Terms);
        }
        foreach (var rule in room.Affiliations.Masks.All)
            yield return rule;
    }

    /// <summary>The rule with this very target; null when there is none.</summary>
    public static BanRule? Find(Room room, BanTarget target)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Jid is null)
            return room.Affiliations.Masks.Find(target);
        return room.Affiliations.Find(target.Jid) is { Affiliation: Protocol.MucAffiliation.Outcast } entry
            ? new BanRule(target, entry.Reason, entry.Terms)
            : null;
    }
}
