using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>What of a client's stanza reaches others: all but what only the room may say, and what the service keeps out (XEP-0045 17.2, 17.3).</summary>
internal static class PassedOn
{
    public static bool Contains(RoomTurn turn, in ElementView child) =>
        !ForgedElements.Contains(turn.Room, child) && (turn.Policy.Payloads is not { } filter || filter.Passes(child));
}
