using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>What software runs the service (XEP-0092).</summary>
[Feature("jabber:iq:version")]
public static class ServiceVersion
{
    private const string SoftwareName = "MucGen";

    /// <summary>Answers with the name, and the version as far as the operator wants it told.</summary>
    [OnIq(IqType.Get)]
    public static void Answer(ServiceTurn turn, VersionQueryView query)
    {
        var payload = turn.StartResult(out var writer);
        var answer = VersionQueryWriter.Start(ref writer);
        answer.Name(SoftwareName);
        answer.Version(turn.Policy.SoftwareVersion ?? "");
        answer.End();
        turn.SendResult(payload, ref writer);
    }
}
