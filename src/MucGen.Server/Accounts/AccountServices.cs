using MucGen.Protocol;
using MucGen.Rooms.Service;
using MucGen.Server.Commands;
using MucGen.Server.Configuration;

namespace MucGen.Server.Accounts;

/// <summary>What the rules of accounts and of the served domain may use; the same for all of them.</summary>
public sealed class AccountServices
{
    /// <summary>The configuration.</summary>
    public required MucGenOptions Options { get; init; }

    /// <summary>What answers requests: the server's own extension, and an application's before it.</summary>
    public required ProtocolHost Protocol { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The sessions of the domain's commands.</summary>
    public required CommandSessions Commands { get; init; }

    /// <summary>What people are told who come online.</summary>
    public required Notices Notices { get; init; }

    /// <summary>What the commands of the service's admins act on.</summary>
    public required Lazy<AdminServices> Administration { get; init; }

    /// <summary>Creates accounts and changes passwords.</summary>
    public required AccountRegistry Registry { get; init; }

    /// <summary>Deletes accounts with all that belongs to them.</summary>
    public required IAccountDeletion Deletion { get; init; }

    /// <summary>The vCards of the accounts.</summary>
    public required Storage.IVCardStore VCards { get; init; }

    /// <summary>Whom the accounts have blocked.</summary>
    public required Storage.IBlockStore Blocked { get; init; }

    /// <summary>The messages that wait for the accounts.</summary>
    public required Storage.IOfflineStore Offline { get; init; }

    /// <summary>The archives of the accounts.</summary>
    public required Storage.IAccountArchive Archives { get; init; }

    /// <summary>Whether discovery shows a feature: not one that is switched off.</summary>
    internal bool Offers(string feature) =>
        Features.Registration.IsOffered(Options, feature) && OfflineMessages.IsOffered(Options, feature) && Features.AccountArchive.IsOffered(Options, feature);
}

/// <summary>Deletes an account and everything of it.</summary>
public interface IAccountDeletion
{
    /// <summary>
    /// Parts the account from its contacts, deletes it from the store, ends its sessions and takes it out of every room. False when there is no such account.
    /// </summary>
    Task<bool> DeleteAsync(MucGen.Xml.Jid account, CancellationToken cancellationToken);
}
