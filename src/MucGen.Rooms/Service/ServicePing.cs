using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>The service is there (XEP-0199).</summary>
[Feature("urn:xmpp:ping")]
public static class ServicePing
{
    /// <summary>Answers.</summary>
    [OnIq(IqType.Get)]
    public static void Answer(ServiceTurn turn, PingView ping) => turn.Result();
}
