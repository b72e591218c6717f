using MucGen.Protocol;
using MucGen.Server.Cli;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Deletes accounts in the order that leaves nothing behind: contacts first, for they are known only while the account is.</summary>
public sealed class AccountDeletion(
    ICredentialStore credentials, SessionTable sessions, Lazy<AccountRouter> accounts, Lazy<IRoomAdministration> rooms) : IAccountDeletion
{
    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Jid account, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(account, cancellationToken) is null)
            return false;
        await accounts.Value.PartAsync(account);
        var isDeleted = await credentials.DeleteAsync(account, cancellationToken);

        // XEP-0077 3.2: the sessions end with not-authorized.
        foreach (var session in sessions.Of(account))
            session.End(StreamErrorCondition.NotAuthorized, "The account is deleted.");
        await rooms.Value.AccountDeletedAsync(account, cancellationToken);
        return isDeleted;
    }
}
