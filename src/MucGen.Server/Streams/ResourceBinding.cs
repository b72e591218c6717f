using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>Resource binding (RFC 6120 section 7): the client's resource, or one that the server makes up.</summary>
internal sealed class ResourceBinding(ClientStream stream, StreamServices services)
{
    private int failures;

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
        if (!iq.Attribute("type"u8).Equals("set"u8) || !BindView.TryRead(iq.FirstChild, out var bind, out _))
            return false;
        if (bind.Resource is { IsPresent: false } or { IsEmpty: true })
            return true;
        if (!Jid.TryPrepareResource(bind.Resource.ToString(), out var prepared, out _))
            return false;
        resource = prepared;
        return true;
    }

    private static void SendResult(ElementView request, Session session)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        var iq = IqWriter.Start(ref writer, request.Attribute("id"u8), IqType.Result);
        var bind = BindWriter.Start(ref iq.Any());
        bind.Jid(session.FullJid);
        bind.End();
        iq.End();
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
