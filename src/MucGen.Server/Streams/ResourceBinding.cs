using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>Resource binding (RFC 6120 section 7): the client's resource, or one that the server makes up.</summary>
internal sealed class ResourceBinding(ClientStream stream, StreamServices services)
{
    private int failures;

    /// <summary>Whether a payload asks for binding.</summary>
    public static bool IsBind(ElementView payload) =>
        payload.LocalName.SequenceEqual("bind"u8) && payload.Namespace.SequenceEqual("urn:ietf:params:xml:ns:xmpp-bind"u8);

    /// <summary>Takes an iq with the bind payload.</summary>
    public async ValueTask<NegotiationStep> TakeAsync(Stanza stanza, Jid account, string? language)
    {
        if (!TryReadResource(stanza.Root, out var resource))
            return Fail(stanza.Root, account, StanzaErrorCondition.BadRequest);
        var fullJid = account.WithResource(resource);
        var session = await services.Sessions.BindAsync(fullJid, language, stream, stream.Ending);
        if (session is null)
            return Fail(stanza.Root, account, StanzaErrorCondition.ResourceConstraint);
        stream.Bind(session);
        SendResult(stanza.Root, session);
        return NegotiationStep.GoOn;
    }

    /// <summary>False for a resource that cannot be prepared, and for a get.</summary>
    private static bool TryReadResource(ElementView iq, out string resource)
    {
        resource = StreamIds.Next();
        if (!iq.Attribute("type"u8).Equals("set"u8))
            return false;
        foreach (var child in iq.FirstChild.Children)
        {
            if (!child.LocalName.SequenceEqual("resource"u8) || !IsBindNamespace(child) || child.Text.IsEmpty)
                continue;
            if (!Jid.TryPrepareResource(child.Text.ToString(), out var prepared, out _))
                return false;
            resource = prepared;
        }
        return true;
    }

    private static bool IsBindNamespace(ElementView element) => element.Namespace.SequenceEqual("urn:ietf:params:xml:ns:xmpp-bind"u8);

    private void SendResult(ElementView iq, Session session)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        writer.Raw("<iq type='result'"u8);
        writer.Attribute("id"u8, iq.Attribute("id"u8));
        writer.Raw("><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"u8);
        writer.TextElement("jid"u8, session.FullJid);
        writer.Raw("</bind></iq>"u8);
        writer.Flush();
        session.Send(output.WrittenSpan);
    }

    private NegotiationStep Fail(ElementView iq, Jid account, StanzaErrorCondition condition)
    {
        using var output = new PooledBufferWriter();
        StanzaError.Write(output, iq, from: default, to: account, condition);
        stream.Send(output.WrittenSpan);
        if (++failures < services.Policy.MaxBindAttempts)
            return NegotiationStep.GoOn;
        stream.End(StreamErrorCondition.PolicyViolation, "Too many failed attempts to bind a resource.");
        return NegotiationStep.End;
    }
}
