using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// Where a message for an account goes (RFC 6121 8.5): to sessions, to what waits for the account, or back. Nothing waits for an account that does not exist, and
/// whoever writes to one is told so; a message is not to be lost for the sake of hiding that.
/// </summary>
[Feature("urn:xmpp:sid:0", Context = typeof(AccountTurn))]
public static class MessageRules
{
    /// <summary>A message comes for the account or one of its sessions.</summary>
    public static void Receive(AccountTurn turn, MessageType type)
    {
        var content = Read(turn, type);
        if (turn.To is { IsFull: true } full)
            ReceiveForSession(turn, type, content, full);
        else
            ReceiveForAccount(turn, type, content);
    }

    /// <summary>One of the account's sessions sends a message to somebody else.</summary>
    internal static void Send(AccountTurn turn, Resource sender, MessageType type, Jid to)
    {
        var content = Read(turn, type);
        turn.Archive(to);
        turn.Forward(to);
        MessageCopies.OfSent(turn, sender, type, content);
    }

    /// <summary>One of the account's sessions has sent a message to a room, which keeps it for everybody or, if it is for one occupant, for nobody.</summary>
    internal static void SentToRoom(AccountTurn turn, Resource sender, MessageType type) =>
        MessageCopies.OfSent(turn, sender, type, MessageContent.Of(turn.Root));

    /// <summary>What is in the turn's message; one that is for the account's archive has its id there from now on.</summary>
    private static MessageContent Read(AccountTurn turn, MessageType type)
    {
        var content = MessageContent.Of(turn.Root);
        if (turn.Account.Exists && turn.Services.Options.Accounts.Archive && content.IsArchived(type))
            turn.NameForArchive();
        return content;
    }

    /// <summary>8.5.3: the session of that address, whatever its priority; without one, a chat goes on as if to the account.</summary>
    private static void ReceiveForSession(AccountTurn turn, MessageType type, in MessageContent content, Jid full)
    {
        if (turn.Account.FindResource(full) is { } resource)
        {
            turn.Archive(turn.From);
            turn.Relay(resource);
            MessageCopies.OfReceived(turn, type, content);
            return;
        }

        switch (type)
        {
            case MessageType.Chat:
                ReceiveForAccount(turn, type, content);
                break;
            case MessageType.Normal or MessageType.Groupchat:
                // A room learns by this that its occupant is gone.
                turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
                break;
        }
    }

    /// <summary>8.5.2: every session that takes messages gets normal, chat and headline; without one, what is worth it waits, and the rest bounces.</summary>
    private static void ReceiveForAccount(AccountTurn turn, MessageType type, in MessageContent content)
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

        if (isTaken || OfflineMessages.TryKeep(turn, type, content))
        {
            turn.Archive(turn.From);
            MessageCopies.OfReceived(turn, type, content);
        }
        else if (type != MessageType.Headline)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }
}
