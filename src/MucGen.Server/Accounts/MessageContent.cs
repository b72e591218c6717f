using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>What is in a message, as far as it decides who gets it and where it is kept.</summary>
internal readonly record struct MessageContent
{
    private static readonly ElementKey Body = ElementKeys.Of("jabber:client"u8, "body"u8);
    private static readonly ElementKey Subject = ElementKeys.Of("jabber:client"u8, "subject"u8);

    /// <summary>Whether it has a body.</summary>
    public bool HasBody { get; private init; }

    /// <summary>Whether it invites to a room, directly (XEP-0249) or by the room (XEP-0045 7.8.2).</summary>
    public bool Invites { get; private init; }

    /// <summary>Whether it is of a conversation though it may have no body: receipts, chat states, markers and what means something by itself.</summary>
    public bool IsConversation { get; private init; }

    /// <summary>Whether it comes by a room (XEP-0045 7.5).</summary>
    public bool IsOfRoom { get; private init; }

    /// <summary>Whether its sender wants no copies (XEP-0280 6.1, XEP-0334).</summary>
    public bool IsPrivate { get; private init; }

    /// <summary>Whether it means something to those who come later: text, an invitation, or what an archive of a room keeps without a body.</summary>
    public bool IsLasting { get; private init; }

    /// <summary>Whether its sender wants it kept nowhere (XEP-0334).</summary>
    public bool IsForNow { get; private init; }

    /// <summary>Whether its sender wants it in no archive, though it may wait for somebody who is offline (XEP-0334).</summary>
    public bool IsNotForArchives { get; private init; }

    /// <summary>Whether it is for the archives of those between whom it passes (XEP-0313 6.1.1).</summary>
    public bool IsArchived(MessageType type) =>
        type is MessageType.Normal or MessageType.Chat && this is { IsLasting: true, IsForNow: false, IsNotForArchives: false };

    /// <summary>Reads a message.</summary>
    public static MessageContent Of(in ElementView message)
    {
        var content = default(MessageContent);
        foreach (var child in message.Children)
            content = content.With(child);
        return content;
    }

    private MessageContent With(in ElementView child)
    {
        if (child.Key == Body)
            return this with { HasBody = true, IsLasting = true };
        if (child.Key == Subject || child.Key == HintStoreView.Key)
            return this with { IsLasting = true };
        if (child.Key == DirectInviteView.Key)
            return this with { Invites = true, IsLasting = true };
        if (child.Key == MucUserView.Key)
            return HasInvitation(child) ? this with { IsOfRoom = true, Invites = true, IsLasting = true } : this with { IsOfRoom = true };
        if (child.Key == CarbonsPrivateView.Key || child.Key == HintNoCopyView.Key)
            return this with { IsPrivate = true };
        if (child.Key == HintNoStoreView.Key)
            return this with { IsForNow = true };
        if (child.Key == HintNoPermanentStoreView.Key)
            return this with { IsNotForArchives = true };
        if (child.Key == RetractView.Key || KeptContent.IsMeaningful(child) || IsForLater(child))
            return this with { IsConversation = true, IsLasting = true };
        return IsOfTheMoment(child) ? this with { IsConversation = true } : this;
    }

    private static bool HasInvitation(in ElementView user)
    {
        foreach (var child in user.Children)
        {
            if (child.LocalName.SequenceEqual("invite"u8))
                return true;
        }

        return false;
    }

    // That a message has arrived, and calls, which may have been missed.
    private static bool IsForLater(in ElementView child) =>
        (child.Namespace.SequenceEqual("urn:xmpp:receipts"u8) && child.LocalName.SequenceEqual("received"u8))
        || child.Namespace.StartsWith("urn:xmpp:jingle-message:"u8);

    private static bool IsOfTheMoment(in ElementView child) =>
        child.Namespace.SequenceEqual("http://jabber.org/protocol/chatstates"u8)
        || child.Namespace.SequenceEqual("urn:xmpp:receipts"u8)
        || child.Namespace.SequenceEqual("urn:xmpp:chat-markers:0"u8);
}
