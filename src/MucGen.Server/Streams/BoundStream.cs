using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>What a client says once it is bound: stanzas, checked before anybody sees them (RFC 6120 section 8).</summary>
internal sealed class BoundStream(ClientStream stream, Session session, StreamServices services)
{
    private int pings;

    public Session Session => session;

    /// <summary>Takes a first-level element, and its lease. On the usual path, when nobody's mailbox is full, this allocates nothing.</summary>
    public ValueTask<NegotiationStep> TakeAsync(Stanza stanza)
    {
        var isRouted = false;
        try
        {
            if (Check(stanza.Root) is { } condition)
            {
                stream.End(condition, null);
                return new(NegotiationStep.End);
            }
            if (StanzaCheck.Find(stanza.Root) is { } fail)
            {
                Answer(stanza.Root, fail);
                return new(NegotiationStep.GoOn);
            }
            if (AnswersItself(stanza.Root))
                return new(NegotiationStep.GoOn);
            services.Metrics.StanzaReceived();
            if (stanza.Root.Key != IqView.Key)
                session.Spoke(services.Time.GetTimestamp());
            var routing = services.Router.RouteAsync(session, stanza, stream.Ending);
            if (!routing.IsCompletedSuccessfully)
            {
                isRouted = true;
                return FinishAsync(routing, stanza);
            }
            routing.GetAwaiter().GetResult();
            return new(NegotiationStep.GoOn);
        }
        finally
        {
            if (!isRouted)
                stanza.Dispose();
        }
    }

    /// <summary>Asks a silent client for a sign of life (XEP-0199); any answer will do, an error too.</summary>
    public void Ping()
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        var iq = IqWriter.Start(ref writer, $"ping-{++pings}", IqType.Get, from: services.Domain, to: session.FullJid);
        PingWriter.Write(ref iq.Any());
        iq.End();
        writer.Flush();
        session.Send(output.WrittenSpan);
    }

    private static async ValueTask<NegotiationStep> FinishAsync(ValueTask routing, Stanza stanza)
    {
        using (stanza)
            await routing;
        return NegotiationStep.GoOn;
    }

    /// <summary>What ends the stream: an element that is no stanza, or an address that is not the client's (8.1.2.1, the stricter way).</summary>
    private StreamErrorCondition? Check(ElementView element)
    {
        if (!StanzaCheck.IsStanza(element))
            return StreamErrorCondition.UnsupportedStanzaType;
        var from = element.Attribute("from"u8);
        if (!from.IsPresent || from.Equals(session.FullJid.Utf8) || from.Equals(session.Account.Utf8))
            return null;
        return Jid.TryParse(from, out var claimed, out _) && (claimed.Equals(session.FullJid) || claimed.Equals(session.Account))
            ? null
            : StreamErrorCondition.InvalidFrom;
    }

    /// <summary>Requests about the stream itself: it is bound already (7.1), and a session exists since (RFC 3921 section 3, for old clients).</summary>
    private bool AnswersItself(ElementView stanza)
    {
        if (stanza.Key != IqView.Key || !stanza.Attribute("type"u8).Equals("set"u8))
            return false;
        switch (stanza.FirstChild.Key)
        {
            case BindView.Key:
                Answer(stanza, StanzaErrorCondition.NotAllowed);
                return true;
            case SessionView.Key:
                Confirm(stanza);
                return true;
            default:
                return false;
        }
    }

    private void Confirm(ElementView request)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        IqWriter.Start(ref writer, request.Attribute("id"u8), IqType.Result, to: session.FullJid).End();
        writer.Flush();
        session.Send(output.WrittenSpan);
    }

    private void Answer(ElementView stanza, StanzaErrorCondition condition)
    {
        if (!StanzaError.MayAnswer(stanza))
            return;
        using var output = new PooledBufferWriter();
        // The address that refuses is the one addressed, unless it is no address.
        var to = stanza.Attribute("to"u8);
        StanzaError.Write(output, stanza, Jid.TryParse(to, out _, out _) ? to : default, session.FullJid, condition);
        session.Send(output.WrittenSpan);
    }
}
