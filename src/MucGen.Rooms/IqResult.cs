using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Results of requests (RFC 6120 8.2.3): the only place that composes one.</summary>
internal static class IqResult
{
    /// <summary>Starts a result; the caller writes the content behind it and owns the lease.</summary>
    /// <param name="request">The iq that is answered.</param>
    /// <param name="from">Who answers: the address that was asked.</param>
    /// <param name="writer">Stands inside the iq.</param>
    public static Payload Start(in ElementView request, Jid from, out XmppWriter writer)
    {
        var payload = Payload.Rent();
        writer = new XmppWriter(payload);
        writer.Raw("<iq type='result'"u8);
        writer.Attribute("id"u8, request.Attribute("id"u8));
        writer.Attribute("from"u8, from);
        writer.Raw(">"u8);
        return payload;
    }

    /// <summary>Ends and seals a result.</summary>
    public static void End(Payload payload, Jid from, ref XmppWriter writer, Jid? reveals = null)
    {
        writer.Raw("</iq>"u8);
        writer.Flush();
        payload.Seal(from, reveals);
    }
}
