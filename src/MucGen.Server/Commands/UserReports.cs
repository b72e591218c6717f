using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>Tells the roster of an account (XEP-0133 4.8).</summary>
public sealed class GetUserRoster() : AccountsCommand("get-user-roster", "Get the roster of a user")
{
    /// <inheritdoc/>
    protected override async Task<CommandOutcome> RunAsync(AdminServices services, IReadOnlyList<Jid> accounts)
    {
        if (accounts.Count > 1)
            return CommandOutcome.BadPayload("One roster at a time.");
        var contacts = await services.Rosters.LoadAsync(accounts[0], CancellationToken.None);
        return CommandOutcome.Done(result: (ref writer) =>
        {
            var form = AdminFormWriter.Start(ref writer, FormType.Result);
            form.AccountJids(accounts);
            writer.Raw("<query xmlns='jabber:iq:roster'>"u8);
            foreach (var contact in contacts.Where(contact => contact.IsListed))
                RosterMarkup.WriteItem(ref writer, contact, isRemoved: false);
            writer.Raw("</query>"u8); // 4.8: inside the form, as its example has it
            form.End();
        });
    }
}

/// <summary>Tells what there is to know of one account: contacts, and sessions online (4.10). Rates are not measured.</summary>
public sealed class GetUserStats() : AdminCommand("user-stats", "Get the statistics of a user")
{
    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.AccountJid(required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (ReadAccount(services, fields) is not { } account)
            return NoAccount;
        return CommandOutcome.Later(async () =>
        {
            if (await services.Credentials.FindAsync(account, CancellationToken.None) is null)
                return NoSuchAccount;
            var contacts = await services.Rosters.LoadAsync(account, CancellationToken.None);
            return CommandOutcome.Done(result: (ref writer) =>
            {
                var form = AdminFormWriter.Start(ref writer, FormType.Result);
                form.RosterSize(contacts.Count(contact => contact.IsListed));
                form.OnlineResources(services.Sessions.Of(account).Select(session => session.FullJid.Resource!));
                form.End();
            });
        });
    }
}
