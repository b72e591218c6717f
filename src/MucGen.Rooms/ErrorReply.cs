using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Stanza errors by the room (RFC 6120 8.3): the only place that composes one.</summary>
internal static class ErrorReply
{
    // What was sent is echoed only while it is small: an error is no amplifier.
    private const int LargestEcho = 4096;

    public static void Send(RoomTurn turn, StanzaErrorCondition condition, StanzaErrorType type, XmlText text, string? address = null)
    {
        if (Compose(turn.Root, turn.To, turn.Room.Address, condition, type, text, address: address) is not { } payload)
            return;
        turn.Send(payload, turn.From);
        payload.Dispose();
    }

    /// <summary>Composes the error that answers a stanza; null when it must not be answered. The caller owns the lease.</summary>
    /// <param name="root">The stanza.</param>
    /// <param name="from">The address that it was sent to.</param>
    /// <param name="by">Who refuses: the room or the service.</param>
    /// <param name="condition">The defined condition.</param>
    /// <param name="type">What the sender may do about it.</param>
    /// <param name="text">A sentence for people.</param>
    /// <param name="detail">The application-specific condition (RFC 6120 8.3.4); null for none.</param>
    /// <param name="address">The URI within the condition; null for none.</param>
    public static Payload? Compose(
        in ElementView root,
        Jid from,
        Jid by,
        StanzaErrorCondition condition,
        StanzaErrorType type,
        XmlText text,
        StanzaContent? detail = null,
        string? address = null)
    {
        if (!MayBeAnswered(root))
            return null;

        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<"u8);
        writer.Raw(root.LocalName);
        writer.Raw(" type='error'"u8);
        writer.Attribute("id"u8, root.Attribute("id"u8));
        writer.Attribute("from"u8, from);
        writer.Raw(">"u8);
        if (root.Key != PresenceView.Key)
            Echo(root, ref writer);
        Error(by, condition, type, text, detail, address, ref writer);
        if (root.Key == PresenceView.Key)
            MucJoinWriter.Start(ref writer).End(); // 7.2.5, 7.6 and others: empty, the password is not repeated
        writer.Raw("</"u8);
        writer.Raw(root.LocalName);
        writer.Raw(">"u8);
        writer.Flush();
        payload.Seal(from);
        return payload;
    }

    /// <summary>Writes the error into a stanza of type error that answers nothing.</summary>
    public static void Write(Jid by, Refusal refusal, ref XmppWriter writer) =>
        Error(by, refusal.Condition, refusal.Type, refusal.Text, detail: null, refusal.Address, ref writer);

    /// <summary>Errors and results are never answered (RFC 6120 8.2.3, 8.3.1).</summary>
    private static bool MayBeAnswered(in ElementView root)
    {
        var type = root.Attribute("type"u8);
        return !type.Equals("error"u8) && !(root.Key == IqView.Key && type.Equals("result"u8));
    }

    private static void Echo(in ElementView root, ref XmppWriter writer)
    {
        if (root.Bytes.Length > LargestEcho)
            return;
        foreach (var child in root.Children)
        {
            if (child.Key != MucJoinView.Key && !HoldsPassword(child))
                writer.Element(child);
        }
    }

    // An owner's form may hold the password of the room, the order to destroy it that of another one, and a command's form that of an account.
    private static bool HoldsPassword(in ElementView child)
    {
        if (child.Key == CommandView.Key)
            return true;
        if (child.Key != MucOwnerQueryView.Key)
            return false;
        foreach (var order in child.Children)
        {
            if (order.FirstChild.IsPresent)
                return true;
        }
        return false;
    }

    private static void Error(
        Jid room, StanzaErrorCondition condition, StanzaErrorType type, XmlText text, StanzaContent? detail, string? address, ref XmppWriter writer)
    {
        writer.Raw("<error"u8);
        writer.Attribute("type"u8, type.ToUtf8());
        writer.Attribute("by"u8, room);
        writer.Raw("><"u8);
        writer.Raw(condition.ToUtf8());
        writer.Raw(" xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'"u8);
        if (address is null)
        {
            writer.Raw("/>"u8);
        }
        else
        {
            writer.Raw(">"u8);
            writer.Text(address);
            writer.Raw("</"u8);
            writer.Raw(condition.ToUtf8());
            writer.Raw(">"u8);
        }
        if (text.IsPresent)
        {
            writer.Raw("<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>"u8);
            writer.Text(text);
            writer.Raw("</text>"u8);
        }
        detail?.Invoke(ref writer);
        writer.Raw("</error>"u8);
    }
}
