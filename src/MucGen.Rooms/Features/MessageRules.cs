using MucGen.Rooms.Privileges;

namespace MucGen.Rooms.Features;

/// <summary>Messages to the room or to an occupant JID: where each kind goes (XEP-0045 7.4, 7.5, 17.2).</summary>
internal static class MessageRules
{
    public static void Decide(RoomTurn turn)
    {
        var type = turn.Root.Attribute("type"u8);
        if (type.Equals("error"u8))
            Bounces.Message(turn);
        else if (!turn.Room.Exists || turn.Room.IsHiddenFrom(turn.From))
            turn.Refuse(Tombstones.NotThere(turn.Room, turn.From));
        else if (turn.To.Resource is not null)
            PrivateMessages.Relay(turn, type);
        else if (type.Equals("groupchat"u8))
            GroupchatMessages.Relay(turn);
        else if (turn.Sender is null && BanGate.Check(turn.Room, turn.From) is { } banned)
            turn.Refuse(banned);
        else if (!turn.Policy.Protocol.Message(turn, turn.Root))
            turn.Refuse(WrongType); // decision A22
    }

    private static readonly Refusal WrongType = Refusal.BadRequest("A message to everybody has type='groupchat'.");
}
