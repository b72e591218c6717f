using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>A report on one account, although its published form takes several: nothing in the answer would tell them apart.</summary>
/// <param name="action">What distinguishes its node.</param>
/// <param name="name">Its name for people.</param>
public abstract class AccountReport(string action, string name) : AccountsCommand(action, name)
{
    /// <inheritdoc/>
    protected sealed override async Task<CommandOutcome> RunAsync(AdminServices services, IReadOnlyList<Jid> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return accounts.Count == 1 ? await ReportAsync(services, accounts[0]) : CommandOutcome.BadPayload("One account at a time.");
    }

    /// <summary>Reports on an account that is there.</summary>
    protected abstract Task<CommandOutcome> ReportAsync(AdminServices services, Jid account);
}

/// <summary>Tells the roster of an account (XEP-0133 4.8).</summary>
public sealed class GetUserRoster() : AccountReport("get-user-roster", "Get the roster of a user")
{
    /// <inheritdoc/>
    protected override async Task<CommandOutcome> ReportAsync(AdminServices services, Jid account)
    {
        ArgumentNullException.ThrowIfNull(services);
        var contacts = await services.Rosters.LoadAsync(account, CancellationToken.None);
        return CommandOutcome.Done(result: (ref writer) =>
        {
            var form = AdminFormWriter.Start(ref writer, FormType.Result);
            form.AccountJids([account]);
            writer.Raw("<query xmlns='jabber:iq:roster'>"u8);
            foreach (var contact in contacts.Where(contact => contact.IsListed))
                RosterMarkup.WriteItem(ref writer, contact, isRemoved: false);
            writer.Raw("</query>"u8); // 4.8: inside the form, as its example has it
            form.End();
        });
    }
}

/// <summary>Tells when somebody last logged in to an account (4.9); the time is left out when nobody ever did.</summary>
public sealed class GetUserLastLogin() : AccountReport("get-user-lastlogin", "Get the last login of a user")
{
    /// <inheritdoc/>
    protected override async Task<CommandOutcome> ReportAsync(AdminServices services, Jid account)
    {
        ArgumentNullException.ThrowIfNull(services);
        var login = await services.Credentials.FindLastLoginAsync(account, CancellationToken.None);
        return CommandOutcome.Done(result: (ref writer) =>
        {
            var form = AdminFormWriter.Start(ref writer, FormType.Result);
            form.AccountJids([account]);
            if (login is { } at)
                form.LastLogin(Instants.ToText(at));
            form.End();
        });
    }
}

/// <summary>Tells what there is to know of one account: contacts, sessions online and where they come from (4.10). Rates are not measured.</summary>
public sealed class GetUserStats() : AccountCommand("user-stats", "Get the statistics of a user")
{
    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, Jid account, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        return CommandOutcome.Later(async () =>
        {
            if (await services.Credentials.FindAsync(account, CancellationToken.None) is null)
                return NoSuchAccount;
            var contacts = await services.Rosters.LoadAsync(account, CancellationToken.None);
            var sessions = services.Sessions.Of(account);
            return CommandOutcome.Done(result: (ref writer) =>
            {
                var form = AdminFormWriter.Start(ref writer, FormType.Result);
                form.IpAddresses(sessions.Select(session => session.PeerAddress).Distinct(StringComparer.Ordinal));
                form.RosterSize(contacts.Count(contact => contact.IsListed));
                form.OnlineResources(sessions.Select(session => session.FullJid.Resource!));
                form.End();
            });
        });
    }
}
