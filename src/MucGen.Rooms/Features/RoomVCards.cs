using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>The room's vCard and the avatar in it (XEP-0486, XEP-0054): owners set it, everybody may read it.</summary>
[Specification("XEP-0486", "0.1.0")]
[Feature(Namespace)]
public static class RoomVCards
{
    private const string Namespace = "vcard-temp";

    /// <summary>Gives the vCard to whoever asks (3.4).</summary>
    [OnIq(IqType.Get)]
    public static void Show(RoomTurn turn, VCardView card)
    {
        if (turn.Policy.MaxVCardBytes == 0)
        {
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
            return;
        }
        if (turn.Room.VCard is not { } kept)
        {
            turn.Refuse(NoVCard);
            return;
        }

        var payload = turn.StartResult(out var writer);
        writer.Raw(kept.Card.Utf8);
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Takes another vCard from an owner, or the order to remove it (3.2).</summary>
    [OnIq(IqType.Set)]
    public static void Change(RoomTurn turn, VCardView card)
    {
        if (turn.Policy.MaxVCardBytes == 0)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
        else if (ListRules.CheckOwner(turn.Room.AffiliationOf(turn.From)) is { } refusal)
            turn.Refuse(refusal);
        else if (Read(turn, card, out var vCard) is { } fault)
            turn.Refuse(fault);
        else
            Replace(turn, vCard);
    }

    /// <summary>Whether discovery shows a feature: all but this one while rooms have no vCards.</summary>
    internal static bool Announces(string feature, RoomPolicy policy) => feature != Namespace || policy.MaxVCardBytes > 0;

    /// <summary>Tells a newcomer the avatar, if there is one, in the way that clients older than XEP-0486 know (5.2).</summary>
    internal static void TellNewcomer(RoomTurn turn, OccupantSession session)
    {
        if (turn.Room.VCard is not { PhotoHashes.Count: > 0 } vCard)
            return;
        var payload = ComposePresence(turn.Room, vCard.PhotoHashes[0]);
        turn.Send(payload, session.FullJid);
        payload.Dispose();
    }

    private static Refusal? Read(RoomTurn turn, VCardView card, out RoomVCard? vCard)
    {
        vCard = null;
        using var kept = new PooledBufferWriter();
        var writer = new XmppWriter(kept);
        writer.Element(card.Element);
        writer.Flush();
        if (kept.WrittenSpan.Length > turn.Policy.MaxVCardBytes)
            return TooLarge;
        if (!VCardPhotos.TryHash(card, out var hashes))
            return NotBase64;
        if (card.Element.FirstChild.IsPresent)
            vCard = new RoomVCard(new Markup(kept.WrittenSpan.ToArray()), hashes);
        return null;
    }

    private static void Replace(RoomTurn turn, RoomVCard? vCard)
    {
        var room = turn.Room;
        var before = room.VCard;
        if (before?.Card != vCard?.Card)
        {
            turn.Record(new VCardChanged(vCard));
            ConfigurationNotice.Send(turn, [104]);
            if (FirstHash(before) != FirstHash(vCard))
                TellAll(turn, FirstHash(vCard));
        }

        turn.Result();
    }

    private static void TellAll(RoomTurn turn, string? hash)
    {
        var payload = ComposePresence(turn.Room, hash ?? "");
        turn.SendToAll(payload);
        payload.Dispose();
    }

    private static Payload ComposePresence(Room room, string hash)
    {
        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<presence"u8);
        writer.Attribute("from"u8, room.Address);
        writer.Raw(">"u8);
        var update = VCardUpdateWriter.Start(ref writer);
        update.Photo(hash);
        update.End();
        writer.Raw("</presence>"u8);
        writer.Flush();
        payload.Seal(room.Address);
        return payload;
    }

    private static string? FirstHash(RoomVCard? vCard) => vCard is { PhotoHashes.Count: > 0 } ? vCard.PhotoHashes[0] : null;

    private static readonly Refusal NoVCard = Refusal.ItemNotFound("This room has no vCard.");
    private static readonly Refusal NotBase64 = Refusal.BadRequest("A photo is not base64.");
    private static readonly Refusal TooLarge =
        new(StanzaErrorCondition.PolicyViolation, StanzaErrorType.Modify, "This vCard is too large for a room.");
}
