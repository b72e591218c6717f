using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>Pings to the room itself (XEP-0199).</summary>
[Feature("urn:xmpp:ping")]
public static class Ping
{
    /// <summary>The room is there: an empty result, whoever asks.</summary>
    [OnIq(IqType.Get)]
    public static void Answer(RoomTurn turn, PingView ping) => turn.Result();
}
