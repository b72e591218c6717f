using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>The service's own vCard (XEP-0054): its name. That it is there tells clients that rooms may have avatars (XEP-0486 3.1).</summary>
[Feature(Namespace)]
public static class ServiceVCard
{
    private const string Namespace = "vcard-temp";

    /// <summary>Answers.</summary>
    [OnIq(IqType.Get)]
    public static void Answer(ServiceTurn turn, VCardView card)
    {
        if (!turn.Policy.RoomsHaveVCards)
        {
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var answer = VCardWriter.Start(ref writer);
        answer.FullName(turn.Policy.Name);
        answer.End();
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Whether discovery shows a feature: all but this one while rooms have no vCards.</summary>
    internal static bool Announces(string feature, ServicePolicy policy) => feature != Namespace || policy.RoomsHaveVCards;
}
