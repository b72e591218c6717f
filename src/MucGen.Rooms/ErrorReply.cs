using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Stanza errors by the room (RFC 6120 8.3): the only place that composes one.</summary>
internal static class ErrorReply
{
    // What was sent is echoed only while it is small: an error is no amplifier.
    private const int LargestEcho = 4096;

    public static void Send(RoomTurn turn, StanzaErrorCondition condition, StanzaErrorType type, XmlText text)
    {
        var root = turn.Root;
        if (!MayBeAnswered(root))
            return;

        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<"u8);
        writer.Raw(root.LocalName);
        writer.Raw(" type='error'"u8);
        writer.Attribute("id"u8, root.Attribute("id"u8));
        writer.Attribute("from"u8, turn.To);
        writer.Raw(">"u8);
        if (root.Key != PresenceView.Key)
            Echo(root, ref writer);
        Error(turn.Room.Address, condition, type, text, ref writer);
        if (root.HasChild(MucJoinView.Key))
            MucJoinWriter.Start(ref writer).End(); // 7.2.5 and others: empty, the password is not repeated
        writer.Raw("</"u8);
        writer.Raw(root.LocalName);
        writer.Raw(">"u8);
        writer.Flush();
        payload.Seal(turn.To);
        turn.Send(payload, turn.From);
        payload.Dispose();
    }

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
            // An owner's form may hold the password of the room.
            if (child.Key != MucOwnerQueryView.Key && child.Key != MucJoinView.Key)
                writer.Element(child);
        }
    }

    private static void Error(Jid room, StanzaErrorCondition condition, StanzaErrorType type, XmlText text, ref XmppWriter writer)
    {
        writer.Raw("<error"u8);
        writer.Attribute("type"u8, type.ToUtf8());
        writer.Attribute("by"u8, room);
        writer.Raw("><"u8);
        writer.Raw(condition.ToUtf8());
        writer.Raw(" xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"u8);
        if (text.IsPresent)
        {
            writer.Raw("<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>"u8);
            writer.Text(text);
            writer.Raw("</text>"u8);
        }
        writer.Raw("</error>"u8);
    }
}
