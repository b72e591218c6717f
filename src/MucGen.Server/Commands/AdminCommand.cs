using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>A command of service administration (XEP-0133): for the service's admins, its forms all of one type, each run in the operator's log.</summary>
/// <param name="action">What distinguishes its node.</param>
/// <param name="name">Its name for people, and the title of its form.</param>
public abstract class AdminCommand(string action, string name) : Command<DomainTurn>($"{AdminFormView.Name}#{action}", name)
{
    /// <inheritdoc/>
    public override bool IsFor(DomainTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return turn.Services.Administration.Value.Admins.Contains(turn.From.Bare);
    }

    /// <inheritdoc/>
    public sealed override CommandOutcome Run(DomainTurn turn, DataFormView form)
    {
        ArgumentNullException.ThrowIfNull(turn);
        AdminFormView fields = default;
        if (form.IsPresent && !AdminFormView.TryRead(form, out fields, out var error))
            return CommandOutcome.BadPayload(error);
        var services = turn.Services.Administration.Value;
        var concerned = Concerned(fields);
        services.Log.Running(turn.From, Name, concerned);
        return Run(services, fields);
    }

    /// <summary>Runs it with the submitted form; absent when it has none.</summary>
    protected abstract CommandOutcome Run(AdminServices services, AdminFormView fields);

    /// <summary>Reads a text of several lines; null when there is nothing in it.</summary>
    protected static string? ReadText(FormTextList lines)
    {
        var text = string.Join('\n', lines.ToArray());
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The refusal of a form without an account of this server.</summary>
    protected static CommandOutcome NoAccount { get; } = CommandOutcome.BadPayload("The address of an account of this server is needed.");

    /// <summary>The refusal about an account that is not there.</summary>
    protected static CommandOutcome NoSuchAccount { get; } =
        CommandOutcome.Refused(StanzaErrorCondition.ItemNotFound, "There is no such account; nothing was changed.");

    /// <summary>The title and FORM_TYPE of the form to fill in.</summary>
    protected AdminFormWriter StartForm(ref XmppWriter writer) => AdminFormWriter.Start(ref writer, FormType.Form, title: Name);

    private static string Concerned(AdminFormView fields)
    {
        if (!fields.IsPresent)
            return "the service";
        if (fields.AccountJid.IsPresent)
            return fields.AccountJid.Text.ToString();
        var accounts = new List<string>();
        foreach (var jid in fields.AccountJids)
            accounts.Add(jid.Text.ToString());
        return accounts.Count > 0 ? string.Join(", ", accounts) : "the service";
    }
}

/// <summary>A command whose form is about one account.</summary>
/// <param name="action">What distinguishes its node.</param>
/// <param name="name">Its name for people.</param>
public abstract class AccountCommand(string action, string name) : AdminCommand(action, name)
{
    /// <inheritdoc/>
    public sealed override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.AccountJid(required: true);
        AskMore(ref form);
        form.End();
    };

    /// <inheritdoc/>
    protected sealed override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        return fields.AccountJid.IsPresent && fields.AccountJid.ToJid() is { } account && services.IsAccountHere(account)
            ? Run(services, account, fields)
            : NoAccount;
    }

    /// <summary>Runs it on an account of this server, which need not be there.</summary>
    protected abstract CommandOutcome Run(AdminServices services, Jid account, AdminFormView fields);

    /// <summary>What the form asks beside the account.</summary>
    protected virtual void AskMore(ref AdminFormWriter form)
    {
    }
}

/// <summary>A command whose form takes any number of accounts, all of which must be there before any is touched.</summary>
/// <param name="action">What distinguishes its node.</param>
/// <param name="name">Its name for people.</param>
public abstract class AccountsCommand(string action, string name) : AdminCommand(action, name)
{
    /// <inheritdoc/>
    public sealed override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.AccountJids(required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected sealed override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        var accounts = new List<Jid>();
        foreach (var jid in fields.AccountJids)
        {
            if (jid.ToJid() is not { } account || !services.IsAccountHere(account))
                return NoAccount;
            accounts.Add(account);
        }

        return accounts.Count == 0 ? NoAccount : CommandOutcome.Later(() => RunOnAllAsync(services, accounts));
    }

    /// <summary>Runs it on accounts that are there.</summary>
    protected abstract Task<CommandOutcome> RunAsync(AdminServices services, IReadOnlyList<Jid> accounts);

    private async Task<CommandOutcome> RunOnAllAsync(AdminServices services, IReadOnlyList<Jid> accounts)
    {
        foreach (var account in accounts)
        {
            if (await services.Credentials.FindAsync(account, CancellationToken.None) is null)
                return NoSuchAccount;
        }

        return await RunAsync(services, accounts);
    }
}
