using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Requests to the room or to an occupant JID: where each goes (XEP-0045 17.4).</summary>
internal static class IqRules
{
    public static void Decide(RoomTurn turn)
    {
        if (!IqView.TryRead(turn.Root, out var iq, out var error))
            turn.Malformed(error);
        else if (turn.To.Resource is not null)
            OccupantRequests.Decide(turn, iq.Type);
        else if (iq.Type is IqType.Get or IqType.Set)
            Room(turn, iq.Type);
    }

    private static void Room(RoomTurn turn, IqType type)
    {
        var payload = turn.Root.FirstChild;
        if (!turn.Room.Exists || turn.Room.IsHiddenFrom(turn.From))
            turn.Refuse(Tombstones.NotThere(turn.Room, turn.From));
        else if (!payload.IsPresent)
            turn.Refuse(Empty);
        else if (!turn.Policy.Protocol.Iq(turn, type, payload))
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    private static readonly Refusal Empty = Refusal.BadRequest("A request has exactly one payload.");
}
