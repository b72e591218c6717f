using System.Text;
using MucGen.Server.Sasl;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>Login on one stream (RFC 6120 section 6): any number of mechanisms tried, a few failures allowed, one success.</summary>
internal sealed class SaslNegotiation(ClientStream stream, StreamServices services)
{
    private SaslExchange? exchange;
    private int failures;

    /// <summary>Who has logged in; null before.</summary>
    public Jid? Account { get; private set; }

    /// <summary>Takes an element of the SASL namespace.</summary>
    /// <param name="stanza">The element.</param>
    /// <param name="channel">What the connection is worth now.</param>
    /// <param name="mustEncrypt">Nothing is accepted before STARTTLS.</param>
    /// <param name="claimed">Who the client said it is in its header, if it did.</param>
    public async ValueTask<NegotiationStep> TakeAsync(Stanza stanza, SaslChannel channel, bool mustEncrypt, Jid? claimed)
    {
        var refusal = Read(stanza.Root, channel, mustEncrypt, out var message);
        if (refusal is { } condition)
            return Fail(condition);
        // Without an initial response the client waits for an empty challenge (6.4.2); RFC 5802 and RFC 4616 let the client speak first.
        if (message is null)
        {
            stream.Send("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"u8);
            return NegotiationStep.GoOn;
        }
        SaslStep step;
        try
        {
            step = await exchange!.NextAsync(message, stream.Ending);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            services.Log.LoginUnavailable(error);
            return Fail(SaslFailureCondition.TemporaryAuthFailure);
        }
        switch (step.Outcome)
        {
            case SaslOutcome.Challenge:
                Send("challenge"u8, step.Data.Span);
                return NegotiationStep.GoOn;
            case SaslOutcome.Success when claimed is not null && !claimed.Equals(step.Account):
                return Fail(SaslFailureCondition.InvalidAuthzid);
            case SaslOutcome.Success:
                exchange = null;
                Account = step.Account;
                services.Metrics.LoggedIn();
                Send("success"u8, step.Data.Span);
                stream.Restart(services.Policy.Stanzas);
                return NegotiationStep.GoOn;
            default:
                return Fail(step.Failure);
        }
    }

    /// <summary>Reads one element; null and the message when the exchange takes it, a message of null when the client still has to send its first.</summary>
    private SaslFailureCondition? Read(ElementView element, SaslChannel channel, bool mustEncrypt, out byte[]? message)
    {
        message = null;
        if (element.LocalName.SequenceEqual("abort"u8))
            return SaslFailureCondition.Aborted;
        var text = element.Text.ToString();
        if (element.LocalName.SequenceEqual("auth"u8))
        {
            if (Begin(element.Attribute("mechanism"u8).ToString(), channel, mustEncrypt) is { } refusal)
                return refusal;
            if (text.Length == 0)
                return null;
        }
        else if (!element.LocalName.SequenceEqual("response"u8) || exchange is null)
        {
            return SaslFailureCondition.MalformedRequest;
        }
        if (text == "=")
            text = "";
        return StrictBase64.TryDecode(Encoding.UTF8.GetBytes(text), out message) ? null : SaslFailureCondition.IncorrectEncoding;
    }

    /// <summary>A new attempt discards one under way (6.4.2).</summary>
    private SaslFailureCondition? Begin(string name, SaslChannel channel, bool mustEncrypt)
    {
        exchange = null;
        var mechanism = SaslMechanism.All.FirstOrDefault(known => known.Name == name);
        if (mechanism is null)
            return SaslFailureCondition.InvalidMechanism;
        if (mustEncrypt || (mechanism.IsPlain && !channel.IsSecure))
            return SaslFailureCondition.EncryptionRequired;
        if (mechanism.IsPlain && !channel.AllowsPlain)
            return SaslFailureCondition.MechanismTooWeak;
        if (!mechanism.IsOfferedOn(channel))
            return SaslFailureCondition.InvalidMechanism;
        exchange = mechanism.IsPlain ? new PlainExchange(services.Accounts) : new ScramExchange(mechanism, channel, services.Accounts);
        return null;
    }

    private NegotiationStep Fail(SaslFailureCondition condition)
    {
        exchange = null;
        services.Metrics.LoginFailed();
        services.Log.LoginFailed(stream.Wire.PeerAddress, condition);
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        writer.Raw("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><"u8);
        writer.Raw(condition.ToUtf8());
        writer.Raw("/></failure>"u8);
        writer.Flush();
        stream.Send(output.WrittenSpan);
        if (++failures < services.Policy.MaxLoginAttempts)
            return NegotiationStep.GoOn;
        stream.End(StreamErrorCondition.PolicyViolation, "Too many failed logins.");
        return NegotiationStep.End;
    }

    private void Send(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        writer.Raw("<"u8);
        writer.Raw(name);
        writer.Raw(" xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"u8);
        writer.Base64(data);
        writer.Raw("</"u8);
        writer.Raw(name);
        writer.Raw(">"u8);
        writer.Flush();
        stream.Send(output.WrittenSpan);
    }
}
