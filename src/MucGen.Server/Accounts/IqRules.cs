using MucGen.Protocol;
using MucGen.Server.Features;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Requests for an account, which the server answers, and for its sessions, which answer themselves (RFC 6121 8.5).</summary>
public static class IqRules
{
    /// <summary>An iq comes for the account or one of its sessions.</summary>
    public static void Receive(AccountTurn turn, IqType type)
    {
        if (turn.To is { IsFull: true } full)
            ReceiveForSession(turn, type, full);
        else if (type is IqType.Get or IqType.Set)
            Answer(turn, type);
    }

    /// <summary>
    /// 8.5.2.1.3: the server answers for the account. Who may not see the account's presence learns nothing but what is there for everybody, not even
    /// whether the account exists.
    /// </summary>
    private static void Answer(AccountTurn turn, IqType type)
    {
        var payload = turn.Root.FirstChild;
        if (IsForOwner(type, payload) && !turn.IsOwner)
            turn.Refuse(StanzaErrorCondition.Forbidden);
        else if (!turn.Account.Exists || !MayAsk(turn, type, payload))
            Conceal(turn, type, payload);
        else if (!turn.Services.Protocol.Iq(turn, type, payload))
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    /// <summary>XEP-0030 section 8: an account that is not there, or not for the asker to see, has no items, and nothing else to say.</summary>
    private static void Conceal(AccountTurn turn, IqType type, in ElementView payload)
    {
        if (type == IqType.Get && DiscoItemsQueryView.TryRead(payload, out var query, out _) && query.Node.IsEmpty)
            DiscoItems.Nothing(turn);
        else
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    /// <summary>
    /// A roster (2.1.5), another vCard (XEP-0054 3.2), who is blocked, copies, the archive (XEP-0313 8.1): forbidden to everybody else, whether there is such an account or not.
    /// </summary>
    private static bool IsForOwner(IqType type, in ElementView payload) => payload.Key switch
    {
        RosterQueryView.Key => true,
        VCardView.Key => type == IqType.Set,
        BlockingBlocklistView.Key or BlockingBlockView.Key or BlockingUnblockView.Key => true,
        CarbonsEnableView.Key or CarbonsDisableView.Key => true,
        ArchiveQueryView.Key or ArchiveMetadataView.Key => true,
        _ => false,
    };

    /// <summary>A vCard is for everybody (XEP-0054 3.3), occupants of a room who ask through it included.</summary>
    private static bool MayAsk(AccountTurn turn, IqType type, in ElementView payload) =>
        (payload.Key == VCardView.Key && type == IqType.Get) || turn.Account.IsSeenBy(turn.From);

    /// <summary>8.5.3: results go to whoever asked; a request needs somebody who may know that the session is there.</summary>
    private static void ReceiveForSession(AccountTurn turn, IqType type, Jid full)
    {
        var resource = turn.Account.FindResource(full);
        var isRequest = type is IqType.Get or IqType.Set;
        if (resource is not null && (!isRequest || MayAsk(turn, resource)))
            turn.Relay(resource);
        else if (isRequest)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    private static bool MayAsk(AccountTurn turn, Resource resource)
    {
        var asker = turn.From;
        return turn.Account.IsSeenBy(asker)
            || resource.Directed.Contains(asker)
            || resource.Directed.Contains(asker.Bare)
            || asker.Domain == turn.Services.Options.MucDomain
            || asker.Domain == turn.Services.Options.Domain && asker.Local is null;
    }
}
