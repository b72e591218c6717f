using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Commands;

/// <summary>Tells all who are online (XEP-0133 4.23).</summary>
public sealed class Announce() : AdminCommand("announce", "Announce something to all who are online")
{
    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.Announcement(required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        return ReadText(fields.Announcement) is { } text
            ? CommandOutcome.Done($"Sessions told: {services.Announce(text)}.")
            : CommandOutcome.BadPayload("There is nothing to announce.");
    }
}

/// <summary>Sets the message of the day, and tells it to all who are online (4.24).</summary>
public sealed class SetMotd() : MotdCommand("set-motd", "Set the message of the day")
{
    /// <inheritdoc/>
    protected override void Follow(AdminServices services, string text)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Announce(text);
    }
}

/// <summary>Corrects the message of the day, which is told only to those who come (4.25).</summary>
public sealed class EditMotd() : MotdCommand("edit-motd", "Edit the message of the day")
{
    /// <inheritdoc/>
    protected override void Follow(AdminServices services, string text)
    {
    }
}

/// <summary>What setting and editing the message of the day have in common.</summary>
/// <param name="action">What distinguishes the node.</param>
/// <param name="name">The command's name for people.</param>
public abstract class MotdCommand(string action, string name) : AdminCommand(action, name)
{
    /// <inheritdoc/>
    public sealed override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.Motd(turn.Services.Notices.Motd?.Split('\n'), required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected sealed override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (ReadText(fields.Motd) is not { } text)
            return CommandOutcome.BadPayload("There is nothing to tell; delete the message of the day instead.");
        return CommandOutcome.Later(async () =>
        {
            await services.Notices.SetMotdAsync(text);
            Follow(services, text);
            return CommandOutcome.Done("This is the message of the day.");
        });
    }

    /// <summary>What follows once it is kept.</summary>
    protected abstract void Follow(AdminServices services, string text);
}

/// <summary>Deletes the message of the day (4.26).</summary>
public sealed class DeleteMotd() : AdminCommand("delete-motd", "Delete the message of the day")
{
    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields) => CommandOutcome.Later(async () =>
    {
        await services.Notices.SetMotdAsync(null);
        return CommandOutcome.Done("There is no message of the day.");
    });
}

/// <summary>Sets what new people are told (4.27).</summary>
public sealed class SetWelcome() : AdminCommand("set-welcome", "Set the welcome message")
{
    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.Welcome(turn.Services.Notices.Welcome?.Split('\n'), required: true);
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (ReadText(fields.Welcome) is not { } text)
            return CommandOutcome.BadPayload("There is nothing to tell; delete the welcome message instead.");
        return CommandOutcome.Later(async () =>
        {
            await services.Notices.SetWelcomeAsync(text);
            return CommandOutcome.Done("This is the welcome message.");
        });
    }
}

/// <summary>Deletes what new people are told (4.28).</summary>
public sealed class DeleteWelcome() : AdminCommand("delete-welcome", "Delete the welcome message")
{
    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields) => CommandOutcome.Later(async () =>
    {
        await services.Notices.SetWelcomeAsync(null);
        return CommandOutcome.Done("There is no welcome message.");
    });
}
