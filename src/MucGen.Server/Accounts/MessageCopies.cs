using MucGen.Protocol;

namespace MucGen.Server.Accounts;

/// <summary>Which messages the account's other sessions get copies of, where they want them (XEP-0280 section 6 to 8).</summary>
internal static class MessageCopies
{
    /// <summary>A message has come for the account: whoever did not get it gets a copy.</summary>
    public static void OfReceived(AccountTurn turn, MessageType type, in MessageContent content)
    {
        // 6.1: what occupants say in private is the room's to tell to each session that is in it.
        if (!IsCopied(type, content) || (content is { IsOfRoom: true, Invites: false } && turn.From.IsFull))
            return;
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.GetsCopies && resource != turn.Sender && !turn.IsRelayedTo(resource))
                turn.SendCopy(resource, isSent: false);
        }
    }

    /// <summary>One of the account's sessions has sent a message to somebody else: the others get a copy, whether the sender has copies or not.</summary>
    public static void OfSent(AccountTurn turn, Resource sender, MessageType type, in MessageContent content)
    {
        if (!IsCopied(type, content))
            return;
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.GetsCopies && resource != sender && MaySee(turn, resource))
                turn.SendCopy(resource, isSent: true);
        }
    }

    // 6.1: a private message to an occupant means nothing to a session that is not in the room.
    private static bool MaySee(AccountTurn turn, Resource resource) =>
        turn.To is not { IsFull: true } to || to.Domain != turn.Services.Options.MucDomain || resource.Rooms.Contains(to.Bare);

    private static bool IsCopied(MessageType type, in MessageContent content) => !content.IsPrivate && type switch
    {
        MessageType.Groupchat or MessageType.Error => false,
        MessageType.Chat => true,
        MessageType.Normal => content.HasBody || content.Invites || content.IsConversation,
        _ => content.Invites || content.IsConversation,
    };
}
