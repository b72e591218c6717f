using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>Asking for one's own reserved nick by service discovery (XEP-0045 7.12).</summary>
public static class ReservedNickDiscovery
{
    /// <summary>
    /// Answers disco#info on the node <c>x-roomuser-item</c>: one identity with the nick as its name, by bare JID and whether in the
    /// room or not; nothing for those without. The node is not repeated: that is the shape that clients compare with.
    /// </summary>
    public static void Answer(RoomTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var payload = turn.StartResult(out var writer);
        var query = DiscoInfoQueryWriter.Start(ref writer);
        if (turn.Room.Affiliations.Find(turn.From.Bare)?.Nick is { } nick)
            query.Identity(category: "conference", type: "text", name: nick);
        query.End();
        turn.SendResult(payload, ref writer);
    }
}
