using System.Text;
using MucGen.Protocol;
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
            SendChallenge(default);
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
            return Fail(SaslCondition.TemporaryAuthFailure);
        }
        switch (step.Outcome)
        {
            case SaslOutcome.Challenge:
                SendChallenge(step.Data.Span);
                return NegotiationStep.GoOn;
            case SaslOutcome.Success when claimed is not null && !claimed.Equals(step.Account):
                return Fail(SaslCondition.InvalidAuthzid);
            case SaslOutcome.Success:
                exchange = null;
                Account = step.Account;
                services.Metrics.LoggedIn();
                SendSuccess(step.Data.Span);
                stream.Restart(services.Policy.Stanzas);
                return NegotiationStep.GoOn;
            default:
                return Fail(step.Failure);
        }
    }

    /// <summary>Reads one element; null and the message when the exchange takes it, a message of null when the client still has to send its first.</summary>
    private SaslCondition? Read(ElementView element, SaslChannel channel, bool mustEncrypt, out byte[]? message)
    {
        message = null;
        if (element.Key == SaslAbortView.Key)
            return SaslCondition.Aborted;
        var text = element.Text.ToString();
        if (element.Key == SaslAuthView.Key)
        {
            if (Begin(element.Attribute("mechanism"u8).ToString(), channel, mustEncrypt) is { } refusal)
                return refusal;
            if (text.Length == 0)
                return null;
        }
        else if (element.Key != SaslResponseView.Key || exchange is null)
        {
            return SaslCondition.MalformedRequest;
        }
        if (text == "=")
            text = "";
        return StrictBase64.TryDecode(Encoding.UTF8.GetBytes(text), out message) ? null : SaslCondition.IncorrectEncoding;
    }

    /// <summary>A new attempt discards one under way (6.4.2).</summary>
    private SaslCondition? Begin(string name, SaslChannel channel, bool mustEncrypt)
    {
        exchange = null;
        if (!services.Failures.MayTry(stream.Wire))
            return SaslCondition.TemporaryAuthFailure;
        var mechanism = SaslMechanism.All.FirstOrDefault(known => known.Name == name);
        if (mechanism is null)
            return SaslCondition.InvalidMechanism;
        if (mustEncrypt || (mechanism.IsPlain && !channel.IsSecure))
            return SaslCondition.EncryptionRequired;
        if (mechanism.IsPlain && !channel.AllowsPlain)
            return SaslCondition.MechanismTooWeak;
        if (!mechanism.IsOfferedOn(channel))
            return SaslCondition.InvalidMechanism;
        exchange = mechanism.IsPlain ? new PlainExchange(services.Accounts) : new ScramExchange(mechanism, channel, services.Accounts);
        return null;
    }

    private NegotiationStep Fail(SaslCondition condition)
    {
        exchange = null;
        if (condition == SaslCondition.NotAuthorized)
            services.Failures.Add(stream.Wire);
        services.Metrics.LoginFailed();
        services.Log.LoginFailed(stream.Wire.PeerAddress, condition);
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        var failure = SaslFailureWriter.Start(ref writer);
        failure.Condition(condition);
        failure.End();
        writer.Flush();
        stream.Send(output.WrittenSpan);
        if (++failures < services.Policy.MaxLoginAttempts)
            return NegotiationStep.GoOn;
        stream.End(StreamErrorCondition.PolicyViolation, "Too many failed logins.");
        return NegotiationStep.End;
    }

    private void SendChallenge(ReadOnlySpan<byte> data)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        SaslChallengeWriter.Write(ref writer, data.IsEmpty ? default : Convert.ToBase64String(data));
        writer.Flush();
        stream.Send(output.WrittenSpan);
    }

    private void SendSuccess(ReadOnlySpan<byte> data)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        SaslSuccessWriter.Write(ref writer, data.IsEmpty ? default : Convert.ToBase64String(data));
        writer.Flush();
        stream.Send(output.WrittenSpan);
    }
}
