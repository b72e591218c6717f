using System.IO.Pipelines;
using System.Text;
using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Simulation.Engine;

/// <summary>
/// A bound stream without its bytes: the real session, outbox, binding and routing, with stanzas for input. What the server flushes arrives at
/// once, unless the client is gone already.
/// </summary>
internal sealed class SimulatedConnection : Wire, ISessionStream
{
    private readonly Queue<string> input = new();
    private readonly CancellationTokenSource ending = new();
    private TaskCompletionSource? more;
    private bool isComplete;

    /// <summary>A connection of this address; nothing happens until it runs.</summary>
    public SimulatedConnection(Jid fullJid, TimeProvider time)
    {
        FullJid = fullJid;
        Outbox = new Outbox(this, new SegmentPool(), time, int.MaxValue);
    }

    public Jid FullJid { get; }

    /// <summary>The session, once it is bound.</summary>
    public Session? Session { get; private set; }

    /// <summary>Where arrived stanzas go; null when the client does not listen any more.</summary>
    public Action<string>? Received { get; set; }

    /// <summary>Called when the server ends the stream.</summary>
    public Action? Ended { get; set; }

    /// <inheritdoc/>
    public Outbox Outbox { get; }

    /// <inheritdoc/>
    public override PipeReader Input => throw new NotSupportedException();

    /// <inheritdoc/>
    public override bool IsEncrypted => false;

    /// <inheritdoc/>
    public override bool IsLoopback => true;

    /// <inheritdoc/>
    public override string PeerAddress => "simulation";

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ServerEndPointBinding => default;

    /// <summary>Binds and then reads, as a stream does, until the client or the server has had enough.</summary>
    /// <remarks>Waits are not cancelled here: a cancelled wait goes on where the thread pool wants, which no seed decides.</remarks>
    public async Task RunAsync(SessionBinder binder, IStanzaRouter router)
    {
        try
        {
            Session = await binder.BindAsync(FullJid, null, this, CancellationToken.None);
            if (Session is null)
                return;
            while (await NextAsync() is { } xml)
            {
                using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
                await router.RouteAsync(Session, stanza, CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ended the stream.
        }
        finally
        {
            Received = null;
            if (Session is not null)
                await binder.ReleaseAsync(Session);
        }
    }

    /// <summary>The client sends a stanza.</summary>
    public void Write(string xml)
    {
        input.Enqueue(xml);
        Wake();
    }

    /// <summary>The client is gone. What it has sent may be lost on the way.</summary>
    public void Hangup(bool losesInput)
    {
        Received = null;
        isComplete = true;
        if (losesInput)
            input.Clear();
        Wake();
    }

    /// <inheritdoc/>
    public void End(StreamErrorCondition condition, string? text)
    {
        if (ending.IsCancellationRequested)
            return;
        Received = null;
        ending.Cancel();
        Wake();
        Ended?.Invoke();
    }

    /// <inheritdoc/>
    public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
    {
        pending = default;
        Received?.Invoke(Encoding.UTF8.GetString(bytes.Span));
        return true;
    }

    /// <inheritdoc/>
    public override ValueTask CompleteAsync() => default;

    /// <inheritdoc/>
    public override void Abort()
    {
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => default;

    private async ValueTask<string?> NextAsync()
    {
        while (input.Count == 0 && !isComplete && !ending.IsCancellationRequested)
        {
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await more.Task;
        }
        ending.Token.ThrowIfCancellationRequested();
        return input.TryDequeue(out var xml) ? xml : null;
    }

    private void Wake() => more?.TrySetResult();
}
