using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>The vCards of accounts (XEP-0054): everybody may read them, only their owners set them, which is decided before dispatch.</summary>
[Feature("vcard-temp")]
public static class VCards
{
    /// <summary>
    /// Gives an account's vCard. To others, an account without one looks like no account (3.3); its owner hears that there is none (3.1).
    /// </summary>
    [OnIq(IqType.Get)]
    public static void Get(AccountTurn turn, VCardView card)
    {
        var (store, account, isOwner) = (turn.Services.VCards, turn.Account.Address, turn.IsOwner);
        turn.Later(async reply =>
        {
            if (await store.FindAsync(account, CancellationToken.None) is { } kept)
                reply.Result(kept);
            else
                reply.Refuse(isOwner ? StanzaErrorCondition.ItemNotFound : StanzaErrorCondition.ServiceUnavailable);
        });
    }

    /// <summary>Replaces the vCard as a whole (3.2).</summary>
    [OnIq(IqType.Set)]
    public static void Set(AccountTurn turn, VCardView card)
    {
        if (turn.TryKeepVCard(card.Element, turn.Services.Options.Limits.MaxVCardBytes))
            turn.Acknowledge();
        else
            turn.Refuse(StanzaErrorCondition.PolicyViolation, StanzaErrorType.Modify, "This vCard is too large.");
    }

    /// <summary>The served domain's own: its name.</summary>
    [OnIq(IqType.Get)]
    public static void OfDomain(DomainTurn turn, VCardView card)
    {
        var writer = turn.StartResult();
        var answer = VCardWriter.Start(ref writer);
        answer.FullName(turn.Services.Options.Domain);
        answer.End();
        turn.EndResult(ref writer);
    }
}
