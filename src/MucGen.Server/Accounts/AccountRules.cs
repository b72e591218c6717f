using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>What an account does with each input: the order of RFC 6120 10.3 and RFC 6121 8, in one place.</summary>
internal static class AccountRules
{
    /// <summary>Decides one input.</summary>
    public static void Decide(AccountTurn turn, in AccountInput input)
    {
        switch (input.Kind)
        {
            case AccountInputKind.Bound:
                Bind(turn, input.Session!);
                break;
            case AccountInputKind.Gone:
                if (turn.Account.FindResource(input.Session!.FullJid) is { } gone && gone.Session == input.Session)
                    PresenceRules.Gone(turn, gone);
                break;
            case AccountInputKind.Outbound:
                if (turn.Sender is { } sender)
                    Send(turn, sender);
                break;
            case AccountInputKind.Sent:
                if (turn.Sender is { } speaker)
                    MessageRules.SentToRoom(turn, speaker, TypeOf(turn.Root));
                break;
            case AccountInputKind.Inbound:
                Receive(turn);
                break;
            case AccountInputKind.Deleted:
                Delete(turn);
                break;
        }
    }

    /// <summary>A stanza from one of the account's own sessions.</summary>
    public static void Send(AccountTurn turn, Resource sender)
    {
        if (turn.To is { } to && to.Bare != turn.Account.Address && turn.Account.Blocked.Blocks(to))
            turn.Refuse(BlockingRules.BlockedByOwner);
        else if (turn.Root.Key == PresenceView.Key)
            SendPresence(turn, sender);
        else if (turn.To is null || turn.To.Bare == turn.Account.Address)
            Receive(turn);
        else if (turn.Root.Key == MessageView.Key)
            MessageRules.Send(turn, sender, TypeOf(turn.Root), turn.To);
        else
            turn.Forward(turn.To);
    }

    /// <summary>A stanza for the account or one of its sessions.</summary>
    public static void Receive(AccountTurn turn)
    {
        var root = turn.Root;
        if (!turn.IsOwner && turn.Account.Blocked.Blocks(turn.From))
            BlockingRules.Reject(turn);
        else if (root.Key == MessageView.Key)
            MessageRules.Receive(turn, TypeOf(root));
        else if (root.Key == IqView.Key && IqTypeNames.TryParse(root.Attribute("type"u8), out var type))
            IqRules.Receive(turn, type);
        else if (root.Key == PresenceView.Key && PresenceView.TryRead(root, out var presence, out _))
            PresenceRules.Receive(turn, presence.Type);
    }

    private static void Bind(AccountTurn turn, Sessions.Session session)
    {
        if (!turn.Account.Exists)
        {
            session.End(StreamErrorCondition.NotAuthorized, "The account is gone.");
            return;
        }

        var resource = new Resource(session.FullJid, session);
        resource.Follow(turn.Account.Blocked);
        turn.Account.Add(resource);
        turn.KeepLogin();
    }

    private static void SendPresence(AccountTurn turn, Resource sender)
    {
        if (!PresenceView.TryRead(turn.Root, out var presence, out var error))
            turn.Malformed(error);
        else if (turn.To is not { } to)
            PresenceRules.Broadcast(turn, sender, presence);
        else if (SubscriptionStanzas.TryGetAction(presence.Type, out var action))
            SubscriptionStanzas.Outbound(turn, action, to);
        else if (to.Bare == turn.Account.Address)
            PresenceRules.Receive(turn, presence.Type);
        else
            PresenceRules.Direct(turn, sender, presence.Type, to);
    }

    private static void Delete(AccountTurn turn)
    {
        foreach (var contact in turn.Account.Contacts)
            SubscriptionStanzas.Part(turn, contact);
        turn.Account.Clear();
        turn.Account.Exists = false;
    }

    /// <summary>RFC 6121 5.2.2: a type that is missing or unknown is normal.</summary>
    private static MessageType TypeOf(ElementView message) =>
        MessageTypeNames.TryParse(message.Attribute("type"u8), out var type) ? type : MessageType.Normal;
}
