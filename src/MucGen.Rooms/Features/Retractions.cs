using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Messages that are taken back (XEP-0424, XEP-0425): a tombstone stands in their place wherever the room keeps them, and the retraction itself is kept
/// for those who come later.
/// </summary>
[Feature("urn:xmpp:message-retract:1", Context = typeof(RoomTurn))]
[Feature("urn:xmpp:message-retract:1#tombstone", Context = typeof(RoomTurn))]
public static class Retractions
{
    /// <summary>
    /// A message of the author retracts one of theirs. The id is the one that the room gave (XEP-0424 5.1). That the message is the author's is decided
    /// where it is kept (5), so nothing is asked before; whoever else tries it has said so to the others and changed nothing.
    /// </summary>
    /// <param name="turn">The turn of the message.</param>
    /// <param name="relayed">The message as the others get it.</param>
    internal static void ByAuthor(RoomTurn turn, Payload relayed)
    {
        var element = turn.Root.Child(RetractView.Key);
        if (!element.IsPresent || !RetractView.TryRead(element, out var retract, out _) || retract.Id.IsEmpty || retract.Moderated.IsPresent)
            return;
        var id = retract.Id.ToString();
        if (turn.Room.Config.IsLogged || turn.Room.History.Find(id) >= 0)
            turn.Record(new MessageRetracted(id, turn.From.Bare, ByThemselves(turn, relayed)));
    }

    /// <summary>The room retracts for a moderator: everybody hears of it, and it is archived (XEP-0425 3.1, 5).</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="id">The stanza-id of a message that is there.</param>
    /// <param name="moderator">Who does it, as the others know them; null when they are not in the room.</param>
    /// <param name="reason">Why.</param>
    internal static void ByModerator(RoomTurn turn, string id, Occupant? moderator, string? reason)
    {
        var notice = ComposeNotice(turn, id, moderator, reason, out var noticeId);
        if (turn.Room.Config.IsLogged)
            turn.Record(MessageRelayed.Rent(notice, turn.Room.Address, turn.Now, MessageKeeping.Archive));
        turn.Record(new MessageRetracted(id, null, Moderated(turn, noticeId, moderator, reason)));
        turn.SendToAll(notice);
        notice.Dispose();
    }

    /// <summary>The element that stands for what was said, when a moderator retracted it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="noticeId">The id of the message that tells of it.</param>
    /// <param name="moderator">Who did it.</param>
    /// <param name="reason">Why.</param>
    internal static Markup Moderated(RoomTurn turn, string noticeId, Occupant? moderator, string? reason)
    {
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        var retracted = RetractedWriter.Start(ref writer, id: noticeId, stamp: turn.Now);
        Write(retracted.StartModerated(by: moderator?.OccupantJid), moderator);
        if (reason is not null)
            retracted.Reason(reason);
        retracted.End();
        writer.Flush();
        return new Markup(kept.WrittenSpan.ToArray());
    }

    // XEP-0424 4: the tombstone names the message that retracted.
    private static Markup ByThemselves(RoomTurn turn, Payload relayed)
    {
        var id = turn.Root.Attribute("id"u8);
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        RetractedWriter.Start(ref writer, id: id.IsEmpty ? new XmlText(RelayedStanza.IdOf(relayed.Bytes)) : id, stamp: turn.Now).End();
        writer.Flush();
        return new Markup(kept.WrittenSpan.ToArray());
    }

    private static Payload ComposeNotice(RoomTurn turn, string id, Occupant? moderator, string? reason, out string noticeId)
    {
        noticeId = turn.FreshId();
        var payload = turn.StartMessage(out var writer, type: "groupchat"u8, id: noticeId);
        var retract = RetractWriter.Start(ref writer, id: id);
        Write(retract.StartModerated(by: moderator?.OccupantJid), moderator);
        if (reason is not null)
            retract.Reason(reason);
        retract.End();
        WriteOld(ref writer, id, moderator, reason);
        StanzaIdWriter.Write(ref writer, by: turn.Room.Address, id: noticeId);
        return turn.EndMessage(payload, ref writer);
    }

    // XEP-0425 0.2, for clients that know no other.
    private static void WriteOld(ref XmppWriter writer, string id, Occupant? moderator, string? reason)
    {
        var applyTo = ApplyToWriter.Start(ref writer, id: id);
        var moderated = applyTo.StartModerated(by: moderator?.OccupantJid);
        moderated.Any().Raw("<retract xmlns='urn:xmpp:message-retract:0'/>"u8);
        if (reason is not null)
            moderated.Reason(reason);
        moderated.End();
        applyTo.End();
    }

    private static void Write(ModeratedWriter moderated, Occupant? moderator)
    {
        if (moderator is not null)
            moderated.OccupantId(id: moderator.OccupantId);
        moderated.End();
    }
}
