using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Messages from one occupant to another through the room (XEP-0045 7.5, decision A18).</summary>
internal static class PrivateMessages
{
    public static void Relay(RoomTurn turn, in XmlText type)
    {
        var target = turn.Room.Occupants.Find(turn.To.Resource);
        if (Check(turn, target, isGroupchat: type.Equals("groupchat"u8)) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        if (!Throttling.TakeMessage(turn, isSlowed: false))
            return;
        var payload = Compose(turn, turn.Sender!.Occupant, type);
        foreach (var session in target!.Sessions)
            turn.Send(payload, session.FullJid); // 7.2.8: all sessions of the nick
        payload.Dispose();
    }

    // The sender's presence comes first: outsiders learn nothing about nicks.
    private static Refusal? Check(RoomTurn turn, Occupant? target, bool isGroupchat)
    {
        if (turn.SenderOccupant is not { } sender)
            return OccupantRules.NotAnOccupant;
        if (isGroupchat)
            return Groupchat;
        if (target is null)
            return NobodyThere;
        var config = turn.Room.Config;
        if (config.ModeratorPmPasses && (sender.Role == MucRole.Moderator || target.Role == MucRole.Moderator))
            return null;
        var isSelf = target.BareJid.Equals(sender.BareJid);
        return OccupantRules.CheckPrivateMessage(sender.Role, config.AllowPm.LowestRole(), isSelf)
            ?? OccupantRules.CheckVisitorMessage(sender.Role, target.Role, config.VisitorPm, isSelf);
    }

    private static Payload Compose(RoomTurn turn, Occupant sender, in XmlText type)
    {
        var root = turn.Root;
        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<message"u8);
        writer.Attribute("type"u8, type);
        writer.Attribute("id"u8, root.Attribute("id"u8));
        writer.Attribute("from"u8, sender.OccupantJid);
        writer.Attribute("xml:lang"u8, root.Attribute("xml:lang"u8));
        writer.Raw(">"u8);
        foreach (var child in root.Children)
        {
            if (PassedOn.Contains(turn, child))
                writer.Element(child);
        }
        OccupantIdWriter.Write(ref writer, id: sender.OccupantId);
        MucUserWriter.Start(ref writer).End(); // decision A45: exactly one, and empty, so that carbons can tell a private message
        writer.Raw("</message>"u8);
        writer.Flush();
        payload.Seal(sender.OccupantJid, isPrivate: true);
        return payload;
    }

    private static readonly Refusal Groupchat = Refusal.BadRequest("A private message cannot have type='groupchat'.");
    private static readonly Refusal NobodyThere = Refusal.ItemNotFound("Nobody has this nickname.");
}
