using System.Buffers;
using MucGen.Protocol;
using MucGen.Server.Sasl;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>What a client says before it is bound: headers, STARTTLS, SASL, in-band registration, resource binding (RFC 6120 sections 4 to 7).</summary>
internal sealed class Negotiation : IDisposable
{
    private readonly ClientStream stream;
    private readonly StreamServices services;
    private readonly SaslNegotiation login;
    private readonly ResourceBinding binding;
    private readonly PooledBufferWriter output = new();
    private Jid? claimed;
    private string? language;
    private int requests;

    public Negotiation(ClientStream stream, StreamServices services)
    {
        this.stream = stream;
        this.services = services;
        login = new SaslNegotiation(stream, services);
        binding = new ResourceBinding(stream, services);
    }

    private bool CanStartTls => !stream.Wire.IsEncrypted && login.Account is null && services.Certificates.Current is not null;

    private bool MustStartTls => !stream.Wire.IsEncrypted && (services.Policy.RequireTlsOnLoopback || !stream.Wire.IsLoopback);

    private SaslChannel Channel => new(
        stream.Wire.IsEncrypted || (stream.Wire.IsLoopback && !services.Policy.RequireTlsOnLoopback),
        services.Policy.AllowPlain,
        stream.Wire.ServerEndPointBinding,
        stream.Wire.UniqueBinding,
        stream.Wire.IsUniqueDefined,
        services.Policy.OfferChannelBinding);

    private XmlLimits Limits => login.Account is null ? services.Policy.BeforeLogin : services.Policy.Stanzas;

    /// <summary>Takes a stream header.</summary>
    public ValueTask<NegotiationStep> OpenAsync(in ReadOnlySequence<byte> frame)
    {
        if (!Stanza.TryReadStreamHeader(frame, services.Names, Limits, out var header, out var fault))
            return new(stream.Refuse(fault));
        using (header)
            return new(Open(header.Root));
    }

    /// <summary>Takes any other first-level element, and its lease.</summary>
    public async ValueTask<NegotiationStep> TakeAsync(Stanza stanza)
    {
        using (stanza)
        {
            return KindOf(stanza.Root) switch
            {
                ElementKind.StartTls => StartTls(),
                ElementKind.Sasl when login.Account is null => await login.TakeAsync(stanza, Channel, MustStartTls, claimed),
                ElementKind.PreLogin when login.Account is null && !MustStartTls => await AnswerAsync(stanza),
                ElementKind.Bind when login.Account is { } account => await binding.TakeAsync(stanza, account, language),
                ElementKind.Other => EndWith(StreamErrorCondition.UnsupportedStanzaType),
                _ => EndWith(StreamErrorCondition.NotAuthorized),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();

    private NegotiationStep Open(ElementView header)
    {
        if (!StreamHeader.TryRead(header, services.Domain, services.Names, out var read, out var error))
        {
            if (error == StreamErrorCondition.UnsupportedVersion && !read.HasVersion)
                SendHeader(read);
            return EndWith(error);
        }
        // The identity that the header claims is checked against the one that was proven (RFC 6120 6.4.6).
        if (login.Account is { } account && read.From is { } from && !from.Bare.Equals(account))
            return EndWith(StreamErrorCondition.InvalidFrom);
        claimed = read.From?.Bare;
        language = read.Language;
        stream.Namespaces = read.Namespaces;
        SendHeader(read);
        return NegotiationStep.GoOn;
    }

    private void SendHeader(in StreamHeader read)
    {
        output.Clear();
        StreamMarkup.WriteHeader(output, StreamIds.Next(), services.Domain, read.From?.Bare, read.HasVersion);
        if (read.HasVersion)
            WriteFeatures();
        stream.SendHeader(output.WrittenSpan);
    }

    private void WriteFeatures()
    {
        var writer = new XmppWriter(output);
        var features = StreamFeaturesWriter.Start(ref writer);
        if (login.Account is not null)
        {
            features.StartBind().End();
            var session = features.StartSession();
            session.Optional();
            session.End();
            WriteOthers(ref features.Any(), isAuthenticated: true);
        }
        else if (MustStartTls)
        {
            // Nothing else is offered to those who must encrypt (RFC 6120 5.3.1).
            var starttls = features.StartStarttls();
            starttls.Required();
            starttls.End();
        }
        else
        {
            if (CanStartTls)
                features.StartStarttls().End();
            WriteMechanisms(ref features);
            WriteOthers(ref features.Any(), isAuthenticated: false);
        }
        features.End();
        writer.Flush();
    }

    private void WriteMechanisms(ref StreamFeaturesWriter features)
    {
        var mechanisms = features.StartMechanisms();
        foreach (var mechanism in SaslMechanism.OfferedOn(Channel))
            mechanisms.Mechanism(mechanism.Name);
        mechanisms.End();
        if (!Channel.CanBind)
            return;
        var bindings = features.StartSaslChannelBinding();
        foreach (var type in Channel.BindingTypes)
            bindings.ChannelBinding(type);
        bindings.End();
    }

    private void WriteOthers(ref XmppWriter writer, bool isAuthenticated)
    {
        var stage = new StreamStage(isAuthenticated, Channel.IsSecure);
        foreach (var feature in services.Features)
            feature.Write(ref writer, stage);
    }

    private NegotiationStep StartTls()
    {
        output.Clear();
        var writer = new XmppWriter(output);
        if (!CanStartTls)
        {
            TlsFailureWriter.Write(ref writer);
            writer.Flush();
            return stream.Close(output.WrittenSpan);
        }
        TlsProceedWriter.Write(ref writer);
        writer.Flush();
        stream.Send(output.WrittenSpan);
        return NegotiationStep.StartTls;
    }

    /// <summary>A request that is allowed before login, to the one handler that knows its payload.</summary>
    private async ValueTask<NegotiationStep> AnswerAsync(Stanza stanza)
    {
        foreach (var handler in services.PreLogin)
        {
            if (!handler.Handles(stanza.Root.FirstChild))
                continue;
            output.Clear();
            await handler.HandleAsync(new PreLoginRequest(stanza, output, stream.Wire.PeerAddress, Channel.IsSecure), stream.Ending);
            stream.Send(output.WrittenSpan);
            stream.ExtendNegotiation();
            if (++requests < services.Policy.MaxRequestsBeforeLogin)
                return NegotiationStep.GoOn;
            stream.End(StreamErrorCondition.PolicyViolation, "Too many requests before login.");
            return NegotiationStep.End;
        }
        return EndWith(StreamErrorCondition.NotAuthorized);
    }

    private ElementKind KindOf(ElementView element) => element.Key switch
    {
        StartTlsView.Key => ElementKind.StartTls,
        SaslAuthView.Key or SaslResponseView.Key or SaslAbortView.Key => ElementKind.Sasl,
        MessageView.Key or PresenceView.Key => ElementKind.Stanza,
        IqView.Key when !IsRequest(element) => ElementKind.Stanza,
        IqView.Key when element.FirstChild.Key == BindView.Key => ElementKind.Bind,
        IqView.Key => IsForUs(element) ? ElementKind.PreLogin : ElementKind.Stanza,
        _ => ElementKind.Other,
    };

    private static bool IsRequest(ElementView iq)
    {
        var type = iq.Attribute("type"u8);
        return (type.Equals("get"u8) || type.Equals("set"u8)) && iq.Attribute("id"u8) is { IsPresent: true, IsEmpty: false } && iq.FirstChild.IsPresent;
    }

    private bool IsForUs(ElementView iq)
    {
        var to = iq.Attribute("to"u8);
        return !to.IsPresent || to.ToString() == services.Domain;
    }

    private NegotiationStep EndWith(StreamErrorCondition condition)
    {
        stream.End(condition, null);
        return NegotiationStep.End;
    }

    private enum ElementKind : byte
    {
        Stanza,
        PreLogin,
        Bind,
        Sasl,
        StartTls,
        Other,
    }
}
