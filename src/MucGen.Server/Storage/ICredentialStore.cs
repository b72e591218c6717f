using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>The accounts of the served domain and the keys to log in to them. A completed change is on disk.</summary>
public interface ICredentialStore
{
    /// <summary>The keys of an account, or null when there is no such account.</summary>
    ValueTask<Credentials?> FindAsync(Jid bare, CancellationToken cancellationToken);

    /// <summary>Creates an account; false when it exists already, which is left as it is.</summary>
    ValueTask<bool> CreateAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken);

    /// <summary>Replaces an account's keys; false when there is no such account.</summary>
    ValueTask<bool> SetPasswordAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken);

    /// <summary>Keeps an account from logging in, or lets it again; false when there is no such account.</summary>
    ValueTask<bool> SetDisabledAsync(Jid bare, bool isDisabled, CancellationToken cancellationToken);

    /// <summary>When somebody last logged in to an account; null when nobody did, or there is no such account.</summary>
    ValueTask<DateTimeOffset?> FindLastLoginAsync(Jid bare, CancellationToken cancellationToken);

    /// <summary>Remembers a login. Not waited for: losing it loses a statistic only.</summary>
    void SaveLogin(Jid bare, DateTimeOffset at);

    /// <summary>Deletes an account with its roster and pending requests; false when there is no such account.</summary>
    ValueTask<bool> DeleteAsync(Jid bare, CancellationToken cancellationToken);

    /// <summary>All accounts, in the order of their addresses.</summary>
    ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The accounts that are kept from logging in, in the order of their addresses.</summary>
    ValueTask<IReadOnlyList<Jid>> ListDisabledAsync(CancellationToken cancellationToken);
}
