using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>The subject of the room (XEP-0045 7.2.15, 8.1, decision A46).</summary>
internal static class Subjects
{
    /// <summary>8.1: a subject without body and without thread; anything else is talk.</summary>
    public static bool IsChange(in ElementView message) =>
        message.HasChild(ContentKeys.Subject) && !message.HasChild(ContentKeys.Body) && !message.HasChild(ContentKeys.Thread);

    /// <summary>Keeps the subject in every language in which the message gives it.</summary>
    public static void Change(RoomTurn turn, Occupant setter)
    {
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        foreach (var child in turn.Root.Children)
        {
            if (child.Key == ContentKeys.Subject)
                writer.Element(child);
        }
        writer.Flush();
        turn.Record(new SubjectChanged(new Markup(kept.WrittenSpan.ToArray()), setter.OccupantJid, turn.Now));
    }

    /// <summary>Ends a join: exactly one message with the subject, an empty one when there is none, and nothing else in it.</summary>
    public static void Send(RoomTurn turn, OccupantSession session)
    {
        if (turn.Room.Subject is { } subject)
        {
            turn.Send(subject.Composed ??= Compose(turn.Room, subject), session.FullJid);
            return;
        }
        var none = Compose(turn.Room, null);
        turn.Send(none, session.FullJid);
        none.Dispose();
    }

    private static Payload Compose(Room room, RoomSubject? subject)
    {
        var from = subject?.Setter ?? room.Address;
        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<message type='groupchat'"u8);
        writer.Attribute("from"u8, from);
        writer.Raw(">"u8);
        if (subject is null)
        {
            writer.Raw("<subject/>"u8);
        }
        else
        {
            writer.Raw(subject.Content.Utf8);
            DelayWriter.Write(ref writer, stamp: subject.At, from: room.Address);
        }
        writer.Raw("</message>"u8);
        writer.Flush();
        payload.Seal(from);
        return payload;
    }
}
