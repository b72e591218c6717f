using System.Globalization;
using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Requests from one occupant to another through the room (XEP-0045 17.4), which never show either one's real address, and XEP-0410
/// self-pings, which the room answers itself. The id of a relayed request names both sessions, so that the answer finds its way back without any
/// state here.
/// </summary>
[Specification("XEP-0410", "1.1.0")]
[Feature("http://jabber.org/protocol/muc#self-ping-optimization", Context = typeof(RoomTurn))]
public static class OccupantRequests
{
    internal static void Decide(RoomTurn turn, IqType type)
    {
        if (type is IqType.Result or IqType.Error)
            Answer(turn, type);
        else
            Request(turn, type);
    }

    private static void Request(RoomTurn turn, IqType type)
    {
        var payload = turn.Root.FirstChild;
        var target = turn.Room.Occupants.Find(turn.To.Resource);
        if (Check(turn, target, payload) is { } refusal)
            turn.Refuse(refusal);
        else if (IsSelfPing(turn, target!, payload))
            turn.Result(); // XEP-0410 3.3
        else
            Forward(turn, type, target!.Shown, payload);
    }

    private static Refusal? Check(RoomTurn turn, Occupant? target, in ElementView payload)
    {
        if (!turn.Room.Exists || turn.Room.IsHiddenFrom(turn.From))
            return Tombstones.NotThere(turn.Room, turn.From);
        if (turn.Sender is null)
            return IsDisco(payload) ? NoDisco : NotAnOccupant; // 6.6, decision A20
        if (!payload.IsPresent)
            return Empty;
        if (target is null)
            return NobodyThere;
        return turn.Room.Config.AllowsQueries || IsVCard(payload) || IsSelfPing(turn, target, payload) ? null : NoQueries;
    }

    // Exactly one session gets it; what a server answers for an account goes to the bare JID (XEP-0054, XEP-0163).
    private static void Forward(RoomTurn turn, IqType type, OccupantSession target, in ElementView payload)
    {
        var id = string.Create(
            CultureInfo.InvariantCulture, $"{turn.Sender!.Number}.{target.Number}.{turn.Root.Attribute("id"u8).ToString()}");
        var from = turn.Sender.Occupant.OccupantJid;
        var relayed = Payload.Rent();
        var writer = Start(relayed, type, id, from, turn.Root);
        writer.Element(payload);
        End(relayed, ref writer, from);
        turn.Send(relayed, IsForAccount(payload) ? target.Occupant.BareJid : target.FullJid);
        relayed.Dispose();
    }

    // An answer that nobody asked for, or whose asker has left, disappears.
    private static void Answer(RoomTurn turn, IqType type)
    {
        if (!TryReadId(turn.Root.Attribute("id"u8).ToString(), out var asker, out var asked, out var id))
            return;
        var to = turn.Room.Occupants.FindSession(asker);
        var by = turn.Room.Occupants.FindSession(asked);
        if (to is null || by is null || to.Occupant.Nick != turn.To.Resource || !by.FullJid.Bare.Equals(turn.From.Bare))
            return;

        var from = by.Occupant.OccupantJid;
        var relayed = Payload.Rent();
        var writer = Start(relayed, type, id, from, turn.Root);
        foreach (var child in turn.Root.Children)
        {
            if (child.Key == StanzaErrorView.Key)
                WriteError(child, ref writer);
            else
                writer.Element(child);
        }
        End(relayed, ref writer, from);
        turn.Send(relayed, to.FullJid);
        relayed.Dispose();
    }

    private static XmppWriter Start(Payload payload, IqType type, string id, Jid from, in ElementView root)
    {
        var writer = new XmppWriter(payload);
        writer.Raw("<iq"u8);
        writer.Attribute("type"u8, type.ToUtf8());
        writer.Attribute("id"u8, id);
        writer.Attribute("from"u8, from);
        writer.Attribute("xml:lang"u8, root.Attribute("xml:lang"u8));
        writer.Raw(">"u8);
        return writer;
    }

    private static void End(Payload payload, ref XmppWriter writer, Jid from)
    {
        writer.Raw("</iq>"u8);
        writer.Flush();
        payload.Seal(from);
    }

    // Without 'by', which names the real address of whoever refused (17.4).
    private static void WriteError(in ElementView error, ref XmppWriter writer)
    {
        writer.Raw("<error"u8);
        writer.Attribute("type"u8, error.Attribute("type"u8));
        writer.Raw(">"u8);
        foreach (var child in error.Children)
            writer.Element(child);
        writer.Raw("</error>"u8);
    }

    private static bool TryReadId(string value, out int asker, out int asked, out string id)
    {
        asker = asked = 0;
        id = "";
        var parts = value.Split('.', 3);
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out asker)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out asked))
        {
            return false;
        }
        id = parts[2];
        return true;
    }

    private static bool IsDisco(in ElementView payload) => payload.Key is DiscoInfoQueryView.Key or DiscoItemsQueryView.Key;

    private static bool IsSelfPing(RoomTurn turn, Occupant target, in ElementView payload) =>
        payload.Key == PingView.Key && ReferenceEquals(target, turn.SenderOccupant);

    private static bool IsForAccount(in ElementView payload) =>
        IsVCard(payload) || payload.Namespace.SequenceEqual("http://jabber.org/protocol/pubsub"u8);

    private static bool IsVCard(in ElementView payload) =>
        payload.Key == VCardView.Key || payload.Namespace.SequenceEqual("urn:ietf:params:xml:ns:vcard-4.0"u8);

    private static readonly Refusal NobodyThere = Refusal.ItemNotFound("Nobody has this nickname.");
    private static readonly Refusal NoDisco = Refusal.BadRequest("Only occupants may ask occupants.");
    private static readonly Refusal NotAnOccupant = Refusal.NotAcceptable("Only occupants may ask occupants.");
    private static readonly Refusal NoQueries = Refusal.NotAllowed("Occupants of this room do not send each other requests.");
    private static readonly Refusal Empty = Refusal.BadRequest("A request has exactly one payload.");
}
