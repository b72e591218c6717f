using System.IO.Pipelines;
using System.Text;
using MucGen.Server.Transport;

namespace MucGen.Server.Tests.Support;

/// <summary>A connection in memory. What a test writes is read by the stream on the test's own thread; what the stream sends is seen at once.</summary>
internal sealed class PipeWire : Wire
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pipe pipe = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly Lock gate = new();
    private readonly StringBuilder sent = new();

    public override PipeReader Input => pipe.Reader;
    public override bool IsEncrypted { get; }
    public override bool IsLoopback => PeerAddress == "127.0.0.1";
    public override string PeerAddress { get; }
    public override ReadOnlyMemory<byte> ServerEndPointBinding => default;

    public PipeWire(string peerAddress = "127.0.0.1", bool isEncrypted = false)
    {
        PeerAddress = peerAddress;
        IsEncrypted = isEncrypted;
    }

    /// <summary>Counts what is sent instead of keeping it.</summary>
    public Arrivals? Counting { get; set; }

    public string Sent
    {
        get
        {
            lock (gate)
                return sent.ToString();
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(pipe.Writer.GetSpan(bytes.Length));
        pipe.Writer.Advance(bytes.Length);
        var flushed = pipe.Writer.FlushAsync();
        if (!flushed.IsCompleted)
            throw new InvalidOperationException("The stream does not read any more.");
        flushed.GetAwaiter().GetResult();
    }

    /// <summary>Says something and waits until the answer contains <paramref name="answer"/>.</summary>
    public async Task SayAsync(string text, string answer)
    {
        Forget();
        Write(Encoding.UTF8.GetBytes(text));
        await HearAsync(answer);
    }

    public async Task HearAsync(string answer)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Sent.Contains(answer, StringComparison.Ordinal))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Hangup() => pipe.Writer.Complete();

    public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
    {
        pending = default;
        if (Counting is { } counting)
        {
            counting.Count(bytes.Span);
            return true;
        }
        lock (gate)
            sent.Append(Encoding.UTF8.GetString(bytes.Span));
        return true;
    }

    public override ValueTask CompleteAsync() => default;

    public override void Abort() => pipe.Writer.CancelPendingFlush();

    public override ValueTask DisposeAsync() => default;

    private void Forget()
    {
        lock (gate)
            sent.Clear();
    }
}

/// <summary>Counts a mark in what streams send, and lets a test wait for a number of them.</summary>
internal sealed class Arrivals(byte mark)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly object gate = new();
    private long count;

    public void Count(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            count += bytes.Count(mark);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits until as many have come since the start.</summary>
    public void WaitFor(long expected)
    {
        lock (gate)
        {
            while (count < expected)
            {
                if (!Monitor.Wait(gate, Patience))
                    throw new TimeoutException($"{count} of {expected} have come.");
            }
        }
    }
}
