using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// Messages that wait for an account while nobody takes them (XEP-0160), with the time when they came (XEP-0203). They go, in their order, to the first session
/// that takes messages, and are then forgotten.
/// </summary>
[Specification("XEP-0160", "1.0.1")]
[Feature(Name, Context = typeof(DomainTurn))]
public static class OfflineMessages
{
    private const string Name = "msgoffline";

    /// <summary>Whether discovery shows a feature: all but this one where nothing is kept.</summary>
    internal static bool IsOffered(Configuration.MucGenOptions options, string feature) => options.Limits.MaxOfflineMessages > 0 || feature != Name;

    /// <summary>Keeps the turn's message; false when it is not worth it, not wanted, or too much (section 3; XEP-0334).</summary>
    internal static bool TryKeep(AccountTurn turn, MessageType type, in MessageContent content) =>
        turn.Account.Exists
        && type is MessageType.Normal or MessageType.Chat
        && content is { IsLasting: true, IsForNow: false }
        && turn.TryKeepMessage();

    /// <summary>A session may take messages now: what waits goes there.</summary>
    internal static void Deliver(AccountTurn turn, Resource resource)
    {
        if (resource.TakesMessages && turn.Account.Waiting.Messages > 0)
            turn.DeliverKept(resource);
    }
}
