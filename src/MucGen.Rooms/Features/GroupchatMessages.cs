using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Messages to everybody (XEP-0045 7.4). The stages are those of <see cref="Relay"/>, in that order; each message is composed once and that one
/// payload is what is sent, remembered, archived and journalled. Nothing here makes an object in steady state.
/// </summary>
[Feature("http://jabber.org/protocol/muc#stable_id", Context = typeof(RoomTurn))]
[Feature("urn:xmpp:sid:0", Context = typeof(RoomTurn))]
[Feature("urn:xmpp:occupant-id:0", Context = typeof(RoomTurn))]
public static class GroupchatMessages
{
    private const int IdLength = 20;

    internal static void Relay(RoomTurn turn)
    {
        var isSubject = Subjects.IsChange(turn.Root);
        if (Judge(turn, isSubject) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        if (!Throttling.TakeMessage(turn, isSlowed: true))
            return;
        var sender = turn.Sender!.Occupant;
        var payload = Compose(turn, sender);
        if (isSubject)
            Subjects.Change(turn, sender);
        var keeping = KeptContent.Of(turn.Root, isSubject, turn.Room.Config.IsLogged);
        if (keeping != MessageKeeping.None)
            turn.Record(MessageRelayed.Rent(payload, turn.From, turn.Now, keeping));
        Retractions.ByAuthor(turn, payload);
        turn.SendToAll(payload);
        payload.Dispose();
    }

    // Present, then voice (7.4) or the right to set the subject (8.1), then what the owner allows.
    private static Refusal? Judge(RoomTurn turn, bool isSubject) => isSubject
        ? OccupantRules.CheckSubject(turn.SenderRole, turn.Room.Config.ParticipantsMayChangeSubject)
        : OccupantRules.CheckSpeaking(turn.SenderRole) ?? Reactions.Check(turn.Room.Config, turn.Root);

    /// <summary>From the occupant JID, with the client's own id (7.4) and payload, and with what only the room can vouch for.</summary>
    private static Payload Compose(RoomTurn turn, Occupant sender)
    {
        var root = turn.Root;
        Span<byte> fresh = stackalloc byte[IdLength];
        turn.Ids.Next(fresh);

        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<message type='groupchat'"u8);
        var id = root.Attribute("id"u8);
        writer.Attribute("id"u8, id.IsEmpty ? new XmlText((ReadOnlySpan<byte>)fresh) : id);
        writer.Attribute("from"u8, sender.OccupantJid);
        writer.Attribute("xml:lang"u8, root.Attribute("xml:lang"u8));
        writer.Raw(">"u8);
        foreach (var child in root.Children)
        {
            if (PassedOn.Contains(turn, child))
                writer.Element(child);
        }
        OccupantIdWriter.Write(ref writer, id: sender.OccupantId);
        StanzaIdWriter.Write(ref writer, by: turn.Room.Address, id: (ReadOnlySpan<byte>)fresh);
        writer.Raw("</message>"u8);
        writer.Flush();
        payload.Seal(sender.OccupantJid);
        return payload;
    }
}
