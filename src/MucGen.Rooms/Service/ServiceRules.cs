using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>The rules of the service's own address: it answers requests, and is neither a person nor a room.</summary>
public static class ServiceRules
{
    /// <summary>Decides the stanza of a turn that was begun; it never throws for what clients send.</summary>
    public static void Decide(ServiceTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        switch (turn.Root.Key)
        {
            case IqView.Key:
                DecideIq(turn);
                break;
            case MessageView.Key:
                turn.Refuse(StanzaErrorCondition.ServiceUnavailable); // RFC 6121 8.1: nobody is here to read it
                break;
            case PresenceView.Key:
                DecidePresence(turn);
                break;
        }
    }

    private static void DecideIq(ServiceTurn turn)
    {
        if (!IqView.TryRead(turn.Root, out var iq, out var error))
            turn.Malformed(error);
        else if (iq.Type is IqType.Result or IqType.Error)
            return;
        else if (!turn.To.IsBare || !turn.Policy.Protocol.Iq(turn, iq.Type, turn.Root.FirstChild))
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    // XEP-0045 17.1: a room's address is never without its localpart. Of other presence only activity indicators mean something to a service.
    private static void DecidePresence(ServiceTurn turn)
    {
        if (turn.Root.HasChild(MucJoinView.Key) && !turn.Root.Attribute("type"u8).IsPresent)
            turn.Refuse(StanzaErrorCondition.JidMalformed, StanzaErrorType.Modify, "A room's address has a name before the '@'.");
        else
            turn.Activity = ActivityIndicators.Read(turn);
    }
}
