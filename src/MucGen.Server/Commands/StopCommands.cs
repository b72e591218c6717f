using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Commands;

/// <summary>Stops the service for good, or starts it anew, after a while and an announcement (XEP-0133 4.30, 4.31).</summary>
/// <param name="action">What distinguishes the node.</param>
/// <param name="name">The command's name for people.</param>
/// <param name="isRestart">Whether the service starts again.</param>
public sealed class StopService(string action, string name, bool isRestart) : AdminCommand(action, name)
{
    private const int LongestDelay = 24 * 60 * 60;

    /// <summary>Stops the service.</summary>
    public static StopService ForGood { get; } = new("shutdown", "Shut the service down", isRestart: false);

    /// <summary>Starts the service anew.</summary>
    public static StopService AndStart { get; } = new("restart", "Restart the service", isRestart: true);

    /// <inheritdoc/>
    public override StanzaContent Form(DomainTurn turn) => (ref writer) =>
    {
        var form = StartForm(ref writer);
        form.Delay(60, required: true);
        form.Announcement();
        form.End();
    };

    /// <inheritdoc/>
    protected override CommandOutcome Run(AdminServices services, AdminFormView fields)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (fields.Delay is not { } seconds || seconds is < 0 or > LongestDelay)
            return CommandOutcome.BadPayload("The delay is a number of seconds, at most a day.");
        if (ReadText(fields.Announcement) is { } text)
            services.Announce(text);
        services.Stop.Schedule(TimeSpan.FromSeconds(seconds), isRestart);
        return CommandOutcome.Done(isRestart ? $"The service restarts in {seconds} s." : $"The service stops in {seconds} s.");
    }
}
