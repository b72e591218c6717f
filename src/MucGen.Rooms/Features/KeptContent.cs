using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>What of the messages to everybody is worth keeping, and where (XEP-0045 7.2.13, XEP-0313 6.1.2, XEP-0334). Makes no objects.</summary>
public static class KeptContent
{
    /// <summary>
    /// Newcomers get what has a body; an archive also has subjects, and what means something without a body to those who come later. The sender's hints go
    /// before all that, except that a retraction must reach those who come later (XEP-0424 5). What is said and kept counts as activity, once.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="isSubject">Whether it changes the subject: newcomers get that in a message of its own.</param>
    /// <param name="isArchived">Whether the room has an archive.</param>
    internal static MessageKeeping Of(in ElementView message, bool isSubject, bool isArchived)
    {
        var keeping = isSubject ? MessageKeeping.Archive : MessageKeeping.None;
        var least = MessageKeeping.None;
        var isUnwanted = false;
        var isSaid = false;
        var isRevision = false;
        foreach (var child in message.Children)
        {
            if (child.Key == ContentKeys.Body)
                (keeping, isSaid) = (keeping | MessageKeeping.History | MessageKeeping.Archive, true);
            else if (child.Key == HintNoStoreView.Key || child.Key == HintNoPermanentStoreView.Key)
                isUnwanted = true; // either hint: what newcomers get is on disk as well
            else if (child.Key == RetractView.Key)
                keeping |= least = MessageKeeping.Archive;
            else if (child.Key == HintStoreView.Key)
                keeping |= isSubject ? MessageKeeping.Archive : MessageKeeping.History | MessageKeeping.Archive;
            else if (IsMeaningful(child))
                keeping |= MessageKeeping.Archive;
            isRevision |= IsRevision(child);
        }
        if (isUnwanted)
            keeping = least;
        if (!isArchived)
            keeping &= ~MessageKeeping.Archive;
        return isSaid && !isRevision && keeping != MessageKeeping.None ? keeping | MessageKeeping.Activity : keeping; // XEP-0502 4
    }

    // What was said before is said differently, or not at all: its body is for those who do not know that.
    private static bool IsRevision(in ElementView child) =>
        child.Key is RetractView.Key or ApplyToView.Key || (child.Key == ElementKey.None && child.Namespace.SequenceEqual("urn:xmpp:message-correct:0"u8));

    /// <summary>
    /// Whether a payload means something to those who come later though no body may be with it: encrypted content, reactions, corrections of former kinds
    /// and markers change what others see; chat states and the like are of the moment.
    /// </summary>
    public static bool IsMeaningful(in ElementView child)
    {
        switch (child.Key)
        {
            case ApplyToView.Key or ReactionsView.Key:
                return true;
            case ElementKey.None:
                var ns = child.Namespace;
                return ns.SequenceEqual("eu.siacs.conversations.axolotl"u8)
                    || ns.StartsWith("urn:xmpp:omemo:"u8)
                    || ns.StartsWith("urn:xmpp:openpgp:"u8)
                    || (ns.SequenceEqual("urn:xmpp:chat-markers:0"u8) && !child.LocalName.SequenceEqual("markable"u8));
            default:
                return false;
        }
    }
}
