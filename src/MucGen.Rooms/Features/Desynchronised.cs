using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Somebody believes to be in the room and is not (XEP-0045 7.2.18; decisions A01, A02): they are told so in a way that every client understands.
/// Such presence never enters nor creates a room.
/// </summary>
internal static class Desynchronised
{
    public static void Answer(RoomTurn turn)
    {
        if (!turn.Room.Exists)
        {
            turn.Refuse(Tombstones.NotThere(turn.Room, turn.From));
            return;
        }
        if (turn.To.Resource is null)
        {
            turn.Refuse(StanzaErrorCondition.JidMalformed);
            return;
        }
        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<presence type='unavailable'"u8);
        writer.Attribute("id"u8, turn.Root.Attribute("id"u8));
        writer.Attribute("from"u8, turn.To);
        writer.Raw(">"u8);
        var x = MucUserWriter.Start(ref writer);
        x.Status(code: 307);
        x.Status(code: 333);
        var item = x.StartItem(affiliation: turn.Room.IsHiddenFrom(turn.From) ? MucAffiliation.None : turn.SenderAffiliation, role: MucRole.None);
        item.Reason("You are not in this room.");
        item.End();
        x.Status(code: 110);
        x.End();
        writer.Raw("</presence>"u8);
        writer.Flush();
        payload.Seal(turn.To);
        turn.Send(payload, turn.From);
        payload.Dispose();
    }
}
