using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Stanzas for the served domain (RFC 6120 10.5.1, 10.5.2).</summary>
public static class DomainRules
{
    /// <summary>Requests are answered, messages bounce, presence means nothing to a server.</summary>
    public static void Receive(DomainTurn turn)
    {
        var root = turn.Root;
        if (root.Key == MessageView.Key)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
        else if (root.Key == IqView.Key)
            Answer(turn, root);
    }

    private static void Answer(DomainTurn turn, ElementView root)
    {
        if (!IqTypeNames.TryParse(root.Attribute("type"u8), out var type) || type is IqType.Result or IqType.Error)
            return;

        // A resource of the domain is nobody that could answer.
        if (turn.To is { IsFull: true } || !turn.Services.Protocol.Iq(turn, type, root.FirstChild))
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }
}
