using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// Where a message for an account goes (RFC 6121 8.5). An account that does not exist answers as one with nobody online,
/// so that an error says nothing about who is registered.
/// </summary>
[Feature("urn:xmpp:sid:0", Context = typeof(AccountTurn))]
public static class MessageRules
{
    /// <summary>A message comes for the account or one of its sessions.</summary>
    public static void Receive(AccountTurn turn, MessageType type)
    {
        if (turn.To is { IsFull: true } full)
            ReceiveForSession(turn, type, full);
        else
            ReceiveForAccount(turn, type);
    }

    /// <summary>8.5.3: the session of that address, whatever its priority; without one, a chat goes on as if to the account.</summary>
    private static void ReceiveForSession(AccountTurn turn, MessageType type, Jid full)
    {
        if (turn.Account.FindResource(full) is { } resource)
        {
            turn.Relay(resource);
            return;
        }

        switch (type)
        {
            case MessageType.Chat:
                ReceiveForAccount(turn, type);
                break;
            case MessageType.Normal or MessageType.Groupchat:
                // A room learns by this that its occupant is gone.
                turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
                break;
        }
    }

    /// <summary>8.5.2: every session that takes messages gets normal, chat and headline; there is no offline storage, so without one they bounce.</summary>
    private static void ReceiveForAccount(AccountTurn turn, MessageType type)
    {
        if (type == MessageType.Error)
            return;
        if (type == MessageType.Groupchat)
        {
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
            return;
        }

        var isTaken = false;
        foreach (var resource in turn.Account.Resources)
        {
            if (!resource.TakesMessages)
                continue;
            turn.Relay(resource);
            isTaken = true;
        }

        if (!isTaken && type != MessageType.Headline)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }
}
