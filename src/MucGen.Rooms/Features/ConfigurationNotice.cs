using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>What the occupants hear when something about the room is different now (XEP-0045 10.2.1, decision A27).</summary>
internal static class ConfigurationNotice
{
    /// <summary>One message with one status for each kind of change; it is not kept as history.</summary>
    public static void Send(RoomTurn turn, IEnumerable<int> statuses)
    {
        var payload = turn.StartMessage(out var writer, type: "groupchat"u8);
        var x = MucUserWriter.Start(ref writer);
        foreach (var status in statuses)
            x.Status(code: status);
        x.End();
        turn.EndMessage(payload, ref writer);
        turn.SendToAll(payload);
        payload.Dispose();
    }
}
