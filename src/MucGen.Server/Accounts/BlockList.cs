using System.Collections.Frozen;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Whom an account has blocked (XEP-0191). It never changes, so that any thread may ask it; who blocks or unblocks gets another list.</summary>
public sealed class BlockList
{
    private readonly FrozenSet<Jid> addresses;
    private readonly FrozenSet<string> domains;

    /// <summary>Creates a list.</summary>
    public BlockList(IEnumerable<Jid> addresses)
    {
        this.addresses = addresses.ToFrozenSet();
        domains = this.addresses.Where(address => address is { Local: null, Resource: null }).Select(address => address.Domain).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The list of an account that has blocked nobody.</summary>
    public static BlockList Empty { get; } = new([]);

    /// <summary>The addresses, in no order.</summary>
    public IReadOnlyCollection<Jid> Addresses => addresses;

    /// <summary>Whether the list names this very address.</summary>
    public bool Names(Jid address) => addresses.Contains(address);

    /// <summary>Whether an address is blocked: by itself, with its account or room, or with its domain (section 4).</summary>
    public bool Blocks(Jid other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return addresses.Count > 0 && (addresses.Contains(other) || (other.Local is not null && addresses.Contains(other.Bare)) || domains.Contains(other.Domain));
    }
}
