using MucGen.Protocol;
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
    /// 8.5.2.1.3: the server answers for the account. Who may not see the account's presence learns nothing, not even whether it exists;
    /// a roster is forbidden to everybody else in any case (2.1.5).
    /// </summary>
    private static void Answer(AccountTurn turn, IqType type)
    {
        var payload = turn.Root.FirstChild;
        if (payload.Key == RosterQueryView.Key && !turn.IsOwner)
            turn.Refuse(StanzaErrorCondition.Forbidden);
        else if (!turn.Account.Exists || !turn.Account.IsSeenBy(turn.From) || !turn.Services.Protocol.Iq(turn, type, payload))
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

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
