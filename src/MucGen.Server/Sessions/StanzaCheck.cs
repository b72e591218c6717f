using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>The attributes and the shape that every stanza must have, whoever it is for (RFC 6120 sections 8.1 to 8.2).</summary>
internal static class StanzaCheck
{
    /// <summary>Whether a first-level element is a message, presence or iq of the content namespace.</summary>
    public static bool IsStanza(ElementView element) => element.Key is MessageView.Key or PresenceView.Key or IqView.Key;

    /// <summary>The error of a stanza that is wrong in itself; null when it is right.</summary>
    public static StanzaErrorCondition? Find(ElementView stanza)
    {
        if (stanza.Key == IqView.Key)
            return FindInIq(stanza);
        return stanza.Key == PresenceView.Key && !IsPresenceType(stanza.Attribute("type"u8)) ? StanzaErrorCondition.BadRequest : null;
    }

    /// <summary>An id and a known type; a request has exactly one payload, a result at most one (8.2.3).</summary>
    private static StanzaErrorCondition? FindInIq(ElementView iq)
    {
        if (iq.Attribute("id"u8) is { IsPresent: false } or { IsEmpty: true })
            return StanzaErrorCondition.BadRequest;
        var type = iq.Attribute("type"u8);
        if (type.Equals("error"u8))
            return null;
        var payloads = 0;
        foreach (var _ in iq.Children)
            payloads++;
        var isRight = type.Equals("result"u8) ? payloads <= 1 : (type.Equals("get"u8) || type.Equals("set"u8)) && payloads == 1;
        return isRight ? null : StanzaErrorCondition.BadRequest;
    }

    private static bool IsPresenceType(in XmlText type) =>
        !type.IsPresent || type.Equals("unavailable"u8) || type.Equals("subscribe"u8) || type.Equals("subscribed"u8) || type.Equals("unsubscribe"u8)
        || type.Equals("unsubscribed"u8) || type.Equals("probe"u8) || type.Equals("error"u8);
}
