using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>What became of a change to an account.</summary>
public enum AccountChange : byte
{
    /// <summary>It is on disk.</summary>
    Done,

    /// <summary>An account of that name exists already.</summary>
    AlreadyThere,

    /// <summary>There is no such account.</summary>
    NoSuchAccount,

    /// <summary>The password cannot be used; <see cref="SaslPrep"/> says why.</summary>
    BadPassword,
}

/// <summary>Creates accounts and changes passwords, for the command line and in-band registration alike.</summary>
/// <param name="credentials">Where accounts are kept.</param>
/// <param name="iterations">The PBKDF2 rounds of new keys.</param>
public sealed class AccountRegistry(ICredentialStore credentials, int iterations)
{
    /// <summary>Creates an account.</summary>
    public async Task<AccountChange> CreateAsync(Jid account, string password, CancellationToken cancellationToken)
    {
        if (!SaslPrep.TryPrepare(password, out var prepared, out _))
            return AccountChange.BadPassword;
        if (await credentials.FindAsync(account, cancellationToken) is not null)
            return AccountChange.AlreadyThere;
        var keys = Credentials.FromPrepared(prepared, iterations);
        return await credentials.CreateAsync(account, keys, cancellationToken) ? AccountChange.Done : AccountChange.AlreadyThere;
    }

    /// <summary>Changes a password. Open sessions stay.</summary>
    public async Task<AccountChange> SetPasswordAsync(Jid account, string password, CancellationToken cancellationToken)
    {
        if (!SaslPrep.TryPrepare(password, out var prepared, out _))
            return AccountChange.BadPassword;
        var keys = Credentials.FromPrepared(prepared, iterations);
        return await credentials.SetPasswordAsync(account, keys, cancellationToken) ? AccountChange.Done : AccountChange.NoSuchAccount;
    }
}
