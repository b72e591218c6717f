using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>Creates an account (XEP-0133 4.1).</summary>
public sealed class AddUser() : AccountCommand("add-user", "Add a user")
{
    /// <inheritdoc/>
    protected override void AskMore(ref AdminFormWriter form)
    {
        form.Password(required: true);
        form.PasswordVerify(required: true);
    }

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, Jid account, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        var password = fields.Password.ToString();
        if (password != fields.PasswordVerify.ToString())
            return CommandOutcome.BadPayload("The two passwords differ.");
        return CommandOutcome.Later(async () => await services.Registry.CreateAsync(account, password, CancellationToken.None) switch
        {
            AccountChange.Done => CommandOutcome.Done($"Created {account}."),
            AccountChange.AlreadyThere => CommandOutcome.Refused(StanzaErrorCondition.Conflict, "This account exists already."),
            _ => CommandOutcome.BadPayload("This password cannot be used."),
        });
    }
}

/// <summary>Deletes accounts with all that belongs to them (4.2): the same as the command line does.</summary>
public sealed class DeleteUser() : AccountsCommand("delete-user", "Delete users")
{
    /// <inheritdoc/>
    protected override async Task<CommandOutcome> RunAsync(AdminServices services, IReadOnlyList<Jid> accounts)
    {
        foreach (var account in accounts)
            await services.Deletion.DeleteAsync(account, CancellationToken.None);
        return CommandOutcome.Done("Deleted.");
    }
}

/// <summary>Keeps accounts from logging in, and ends their sessions (4.3); nothing of them is lost.</summary>
public sealed class DisableUser() : AccountsCommand("disable-user", "Disable users")
{
    /// <inheritdoc/>
    protected override async Task<CommandOutcome> RunAsync(AdminServices services, IReadOnlyList<Jid> accounts)
    {
        foreach (var account in accounts)
        {
            await services.Credentials.SetDisabledAsync(account, true, CancellationToken.None);
            services.EndSessions(account, "The account is disabled.");
        }

        return CommandOutcome.Done("Disabled.");
    }
}

/// <summary>Lets accounts log in again (4.4).</summary>
public sealed class ReenableUser() : AccountsCommand("reenable-user", "Re-enable users")
{
    /// <inheritdoc/>
    protected override async Task<CommandOutcome> RunAsync(AdminServices services, IReadOnlyList<Jid> accounts)
    {
        foreach (var account in accounts)
            await services.Credentials.SetDisabledAsync(account, false, CancellationToken.None);
        return CommandOutcome.Done("Enabled.");
    }
}

/// <summary>Ends sessions: all of an account, or the one of a full address (4.5).</summary>
public sealed class EndUserSession() : AdminCommand("end-user-session", "End sessions")
{
    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.AccountJids(required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        var addresses = new List<Jid>();
        foreach (var jid in fields.AccountJids)
        {
            if (jid.ToJid() is not { } address || !services.IsAccountHere(address.Bare))
                return NoAccount;
            addresses.Add(address);
        }

        if (addresses.Count == 0)
            return NoAccount;
        var ended = addresses.Sum(address => services.EndSessions(address, "An admin has ended this session."));
        return ended > 0 ? CommandOutcome.Done($"Sessions ended: {ended}.") : CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "Nobody of these is online.");
    }
}

/// <summary>Sets another password (4.7). Open sessions stay.</summary>
public sealed class ChangeUserPassword() : AccountCommand("change-user-password", "Change a password")
{
    /// <inheritdoc/>
    protected override void AskMore(ref AdminFormWriter form) => form.Password(required: true);

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, Jid account, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        var password = fields.Password.ToString();
        return CommandOutcome.Later(async () => await services.Registry.SetPasswordAsync(account, password, CancellationToken.None) switch
        {
            AccountChange.Done => CommandOutcome.Done($"Changed the password of {account}."),
            AccountChange.BadPassword => CommandOutcome.BadPayload("This password cannot be used."),
            _ => NoSuchAccount,
        });
    }
}
