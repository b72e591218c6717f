using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>What is kept of an account's contacts over a restart. A completed change is on disk.</summary>
public interface IRosterStore
{
    /// <summary>All contacts of an account, those that only wait for an answer included.</summary>
    ValueTask<IReadOnlyList<Contact>> LoadAsync(Jid owner, CancellationToken cancellationToken);

    /// <summary>Creates or replaces one contact.</summary>
    ValueTask SaveAsync(Jid owner, Contact contact, CancellationToken cancellationToken);

    /// <summary>Removes one contact; removing what is not there is no error.</summary>
    ValueTask DeleteAsync(Jid owner, Jid contact, CancellationToken cancellationToken);

    /// <summary>When the account was last seen, and the status it left with; null when it never had a presence.</summary>
    ValueTask<LastSeen?> FindLastSeenAsync(Jid owner, CancellationToken cancellationToken);

    /// <summary>Remembers when the account's last resource became unavailable. Not waited for: losing it loses a courtesy only.</summary>
    void SaveLastSeen(Jid owner, LastSeen lastSeen);
}

/// <summary>When an account's last available resource went, for probes that come later (RFC 6121 4.3.2).</summary>
/// <param name="At">The time of it.</param>
/// <param name="Status">The natural-language status of the last unavailable presence, when it had one.</param>
public sealed record LastSeen(DateTimeOffset At, string? Status);
