using System.Buffers;
using System.Net.Sockets;
using System.Security.Authentication;
using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>One client's stream, from the first byte to the last (RFC 6120 section 4): it reads, the negotiation and the bound session decide.</summary>
/// <remarks>
/// One loop reads. Anybody may <see cref="End"/> the stream; the loop then takes the session out of every table and closes in order. The session ends here
/// and only here, so nothing that happens to a connection leaves a ghost behind.
/// </remarks>
internal sealed class ClientStream : ISessionStream, IAsyncDisposable
{
    private readonly StreamServices services;
    private readonly Wire plain;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock closing = new();
    private readonly Negotiation negotiation;
    private readonly ReceiveRate? rate;
    private Wire wire;
    private StanzaReader reader;
    private BoundStream? bound;
    private long lastHeard;
    private bool isPinged;
    private bool isHeaderSent;
    private bool isEnding;

    public ClientStream(Wire wire, StreamServices services)
    {
        this.services = services;
        this.wire = plain = wire;
        Outbox = new Outbox(wire, services.Segments, services.Time, services.Policy.MaxPendingBytes) { Overflowed = OnOverflow };
        reader = new StanzaReader(services.Names, services.Policy.BeforeLogin);
        negotiation = new Negotiation(this, services);
        rate = ReceiveRate.Of(services.Policy, services.Time);
        lastHeard = services.Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public Outbox Outbox { get; }

    /// <summary>The connection below.</summary>
    public Wire Wire => wire;

    /// <inheritdoc/>
    public string PeerAddress => wire.PeerAddress;

    /// <summary>What stanzas inherit from the client's stream header.</summary>
    public StreamNamespaces Namespaces { get; set; } = StreamNamespaces.Client;

    /// <summary>Ends when the stream is ending.</summary>
    public CancellationToken Ending => ending.Token;

    /// <summary>Serves the stream until it and its session are gone.</summary>
    /// <param name="isTlsFirst">The port expects TLS from the first byte (XEP-0368).</param>
    public async Task RunAsync(bool isTlsFirst)
    {
        try
        {
            if (!isTlsFirst || await StartTlsAsync())
                await ReadAsync();
            Finish();
        }
        catch (Exception error) when (IsPeersDoing(error))
        {
            Finish();
        }
        catch (Exception error)
        {
            services.Log.StreamFailed(error);
            End(StreamErrorCondition.InternalServerError, null);
        }
        finally
        {
            if (bound is not null)
                await services.Sessions.ReleaseAsync(bound.Session);
        }
        await CloseAsync();
    }

    /// <inheritdoc/>
    public void End(StreamErrorCondition condition, string? text)
    {
        using var farewell = new PooledBufferWriter();
        lock (closing)
        {
            if (isEnding)
                return;
            isEnding = true;
            // An error in the opening is preceded by a full header (RFC 6120 4.9.1.2).
            if (!isHeaderSent)
                StreamMarkup.WriteHeader(farewell, StreamIds.Next(), services.Domain, to: null, hasVersion: true);
            StreamMarkup.WriteError(farewell, condition, text);
            farewell.Write(StreamMarkup.Close);
            Outbox.Close(farewell.WrittenSpan);
        }
        services.Metrics.StreamEnded(condition);
        _ = ending.CancelAsync();
    }

    /// <summary>Appends negotiation bytes and sends them.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (Outbox.TryAppend(bytes, out _))
            Outbox.Flush();
    }

    /// <summary>Sends last words that are no stream error, and closes.</summary>
    public NegotiationStep Close(ReadOnlySpan<byte> lastWords)
    {
        Send(lastWords);
        return NegotiationStep.End;
    }

    /// <summary>Sends the response header and what follows it, unless the stream is ending.</summary>
    public void SendHeader(ReadOnlySpan<byte> bytes)
    {
        lock (closing)
        {
            if (isEnding)
                return;
            isHeaderSent = true;
            Send(bytes);
        }
    }

    /// <summary>Expects a new header: after SASL (RFC 6120 6.4.6).</summary>
    public void Restart(XmlLimits limits)
    {
        lock (closing)
            isHeaderSent = false;
        reader = new StanzaReader(services.Names, limits);
    }

    /// <summary>The client has bound a resource; what follows are stanzas.</summary>
    public void Bind(Session session)
    {
        session.Spoke(services.Time.GetTimestamp());
        bound = new BoundStream(this, session, services);
    }

    /// <summary>Starts the time that the negotiation may take anew.</summary>
    public void ExtendNegotiation() => Volatile.Write(ref lastHeard, services.Time.GetTimestamp());

    /// <summary>Looks after silent and stuck clients; called now and then by the <see cref="StreamRegistry"/>.</summary>
    public void CheckTime()
    {
        var policy = services.Policy;
        if (Outbox.Stalled > policy.SendTimeout)
        {
            wire.Abort();
            return;
        }
        var silence = services.Time.GetElapsedTime(Volatile.Read(ref lastHeard));
        if (bound is null)
        {
            if (silence > policy.NegotiationTimeout)
                End(StreamErrorCondition.ConnectionTimeout, "The negotiation took too long.");
        }
        else if (silence > policy.IdleTimeout + policy.PingTimeout)
        {
            End(StreamErrorCondition.ConnectionTimeout, null);
        }
        else if (silence > policy.IdleTimeout && !Volatile.Read(ref isPinged))
        {
            Volatile.Write(ref isPinged, true);
            bound.Ping();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        negotiation.Dispose();
        await wire.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            var result = await wire.Input.ReadAsync(ending.Token);
            var buffer = result.Buffer;
            if (bound is not null)
            {
                Volatile.Write(ref lastHeard, services.Time.GetTimestamp());
                Volatile.Write(ref isPinged, false);
            }
            var step = NegotiationStep.GoOn;
            try
            {
                while (step == NegotiationStep.GoOn)
                {
                    var kind = reader.Read(ref buffer, Namespaces, out var frame, out var stanza, out var fault);
                    if (kind == FrameKind.Incomplete)
                        break;
                    var wait = rate is not null && bound is not null && stanza is not null ? rate.Spend(stanza.Bytes.Length) : TimeSpan.Zero;
                    step = await TakeAsync(kind, frame, stanza, fault);
                    if (wait > TimeSpan.Zero)
                        await Task.Delay(wait, services.Time, ending.Token);
                }
            }
            catch
            {
                wire.Input.AdvanceTo(result.Buffer.End);
                throw;
            }
            // Whatever came in the clear behind <starttls/> is thrown away, or it would pass for encrypted (RFC 6120 5.4.3.1).
            if (step == NegotiationStep.StartTls)
                wire.Input.AdvanceTo(buffer.End);
            else
                wire.Input.AdvanceTo(buffer.Start, buffer.End);
            if (step == NegotiationStep.End || result.IsCompleted || (step == NegotiationStep.StartTls && !await StartTlsAsync()))
                return;
        }
    }

    private ValueTask<NegotiationStep> TakeAsync(FrameKind kind, in ReadOnlySequence<byte> frame, Stanza? stanza, XmlFault fault)
    {
        switch (kind)
        {
            case FrameKind.Whitespace:
                return new ValueTask<NegotiationStep>(NegotiationStep.GoOn);
            case FrameKind.StreamEnd:
                return new ValueTask<NegotiationStep>(NegotiationStep.End);
            case FrameKind.StreamStart:
                return negotiation.OpenAsync(frame);
            case FrameKind.Stanza when bound is not null:
                return bound.TakeAsync(stanza!);
            case FrameKind.Stanza:
                return negotiation.TakeAsync(stanza!);
            default:
                return new ValueTask<NegotiationStep>(Refuse(fault));
        }
    }

    /// <summary>Ends the stream for a fault of its XML.</summary>
    public NegotiationStep Refuse(XmlFault fault)
    {
        var (condition, text) = fault.ToStreamError();
        End(condition, text);
        return NegotiationStep.End;
    }

    /// <summary>The handshake; false when it failed, and then nothing more is said (RFC 6120 5.4.3.2).</summary>
    private async Task<bool> StartTlsAsync()
    {
        var certificate = services.Certificates.Current;
        if (certificate is null || !Outbox.IsIdle)
            return Abandon();
        using var patience = new CancellationTokenSource(services.Policy.NegotiationTimeout, services.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, patience.Token);
        try
        {
            var encrypted = await TlsWire.AcceptAsync(plain, certificate, limit.Token);
            Outbox.SwitchTo(encrypted);
            wire = encrypted;
            reader.Reset();
            lock (closing)
                isHeaderSent = false;
            services.Log.Encrypted(encrypted.Protocol);
            return true;
        }
        catch (Exception error) when (error is AuthenticationException || IsPeersDoing(error))
        {
            services.Log.HandshakeFailed(error.Message);
            return Abandon();
        }
    }

    private bool Abandon()
    {
        lock (closing)
        {
            isEnding = true;
            Outbox.Close(default);
        }
        plain.Abort();
        return false;
    }

    /// <summary>The client closed, or is gone: the closing tag is answered by one (RFC 6120 4.4).</summary>
    private void Finish()
    {
        lock (closing)
        {
            if (isEnding)
                return;
            isEnding = true;
            Outbox.Close(isHeaderSent ? StreamMarkup.Close : default);
        }
        _ = ending.CancelAsync();
    }

    /// <summary>Sends what is left, says that no more follows and waits a while for the client to do the same.</summary>
    private async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(services.Policy.CloseTimeout, services.Time);
        try
        {
            await Outbox.Ended.WaitAsync(limit.Token);
            await wire.CompleteAsync();
            while (true)
            {
                var rest = await plain.Input.ReadAsync(limit.Token);
                plain.Input.AdvanceTo(rest.Buffer.End);
                if (rest.IsCompleted)
                    return;
            }
        }
        catch (Exception error) when (IsPeersDoing(error))
        {
            plain.Abort();
        }
    }

    private void OnOverflow() => End(StreamErrorCondition.ResourceConstraint, "The client reads too slowly.");

    private static bool IsPeersDoing(Exception error) =>
        error is IOException or SocketException or OperationCanceledException or ObjectDisposedException;
}
