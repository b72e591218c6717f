using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Writes contacts as the roster shows them (RFC 6121 2.1.2).</summary>
internal static class RosterMarkup
{
    /// <summary>Writes one item.</summary>
    public static void WriteItem(ref XmppWriter writer, Contact contact, bool isRemoved)
    {
        writer.Raw("<item"u8);
        writer.Attribute("jid"u8, contact.Jid);
        if (isRemoved)
        {
            writer.Raw(" subscription='remove'/>"u8);
            return;
        }

        writer.Attribute("name"u8, contact.Name);
        writer.Attribute("subscription"u8, NameOf(contact.Subscription));
        if (contact.Subscription.HasFlag(SubscriptionState.PendingOut))
            writer.Raw(" ask='subscribe'"u8);
        if (contact.Subscription.HasFlag(SubscriptionState.Approved))
            writer.Raw(" approved='true'"u8);
        if (contact.Groups.Count == 0)
        {
            writer.Raw("/>"u8);
            return;
        }

        writer.Raw(">"u8);
        foreach (var group in contact.Groups)
            writer.TextElement("group"u8, group);
        writer.Raw("</item>"u8);
    }

    private static ReadOnlySpan<byte> NameOf(SubscriptionState state) => (state & SubscriptionState.Both) switch
    {
        SubscriptionState.Both => "both"u8,
        SubscriptionState.To => "to"u8,
        SubscriptionState.From => "from"u8,
        _ => "none"u8,
    };
}
