using System.IO.Pipelines;
using System.Text;
using MucGen.Server.Tests.Support;
using MucGen.Server.Transport;

namespace MucGen.Server.Tests.Transport;

/// <summary>One writer a socket, bytes in the order of appending, a bound on what waits.</summary>
public sealed class OutboxTests : IAsyncDisposable
{
    private readonly SegmentPool pool = new();
    private readonly SlowWire wire = new();
    private readonly ManualTime time = new();

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    [Fact]
    public void Nothing_leaves_before_the_flush()
    {
        var outbox = Make();
        outbox.TryAppend("a"u8, out var first);
        outbox.TryAppend("b"u8, out var second);
        Assert.True(first);
        Assert.False(second);
        Assert.Equal("", wire.Sent);
        outbox.Flush();
        Assert.Equal("ab", wire.Sent);
        Assert.Equal(1, wire.Calls);
        Assert.Equal(0, outbox.PendingBytes);
    }

    [Fact]
    public void An_address_is_spliced_into_its_gap()
    {
        var outbox = Make();
        outbox.TryAppend("<message"u8, "room@x/it&apos;s"u8, " id='1'/>"u8, out _);
        outbox.Flush();
        Assert.Equal("<message to='room@x/it&apos;s' id='1'/>", wire.Sent);
    }

    [Fact]
    public void Large_pieces_are_cut_into_segments_and_joined_again()
    {
        var outbox = Make();
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(static i => i.ToString()));
        outbox.TryAppend(Encoding.UTF8.GetBytes(text), out _);
        outbox.Flush();
        Assert.Equal(text, wire.Sent);
    }

    [Fact]
    public void A_busy_wire_sends_the_rest_when_it_can()
    {
        var outbox = Make();
        wire.IsFull = true;
        outbox.TryAppend("a"u8, out _);
        outbox.Flush();
        outbox.TryAppend("b"u8, out _);
        outbox.Flush();
        Assert.Equal("a", wire.Sent);
        wire.Drain();
        SpinWait.SpinUntil(() => wire.Sent == "ab", TimeSpan.FromSeconds(20));
        Assert.Equal("ab", wire.Sent);
    }

    [Fact] // what was appended but not flushed waits for its flush, so that a batch leaves in one piece
    public void The_end_of_a_send_does_not_flush_for_others()
    {
        var outbox = Make();
        wire.IsFull = true;
        outbox.TryAppend("a"u8, out _);
        outbox.Flush();
        outbox.TryAppend("b"u8, out var becameDirty);
        Assert.True(becameDirty);
        wire.Drain();
        SpinWait.SpinUntil(() => outbox.PendingBytes == 1, TimeSpan.FromSeconds(20));
        Assert.Equal("a", wire.Sent);
        outbox.Flush();
        Assert.Equal("ab", wire.Sent);
    }

    [Fact]
    public void Too_much_closes_the_outbox_and_says_so_once()
    {
        var overflows = 0;
        var outbox = Make(limit: 10);
        outbox.Overflowed = () => overflows++;
        Assert.True(outbox.TryAppend("0123456789"u8, out _));
        Assert.False(outbox.TryAppend("x"u8, out _));
        Assert.False(outbox.TryAppend("x"u8, out _));
        Assert.Equal(1, overflows);
        outbox.Close("bye"u8);
        Assert.Equal("0123456789bye", wire.Sent);
        Assert.True(outbox.Ended.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_farewell_is_the_last_word()
    {
        var outbox = Make();
        outbox.TryAppend("a"u8, out _);
        outbox.Close("bye"u8);
        outbox.Close("again"u8);
        Assert.False(outbox.TryAppend("b"u8, out _));
        Assert.Equal("abye", wire.Sent);
        Assert.True(outbox.Ended.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_broken_wire_ends_the_outbox()
    {
        var outbox = Make();
        wire.IsBroken = true;
        outbox.TryAppend("a"u8, out _);
        outbox.Flush();
        Assert.True(outbox.Ended.IsCompletedSuccessfully);
        Assert.False(outbox.TryAppend("b"u8, out _));
        Assert.True(wire.IsAborted);
        Assert.Equal(0, outbox.PendingBytes);
    }

    [Fact]
    public void How_long_the_peer_took_nothing_is_known()
    {
        var outbox = Make();
        wire.IsFull = true;
        outbox.TryAppend("a"u8, out _);
        outbox.Flush();
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), outbox.Stalled);
        wire.Drain();
        SpinWait.SpinUntil(() => outbox.Stalled == TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.Zero, outbox.Stalled);
    }

    [Fact] // the path of one delivery, from the payload to the socket
    public void Delivering_allocates_nothing()
    {
        var outboxes = Enumerable.Range(0, 50).Select(_ => new Outbox(new NullWire(), pool, time, 1_000_000)).ToArray();
        var batch = new FlushBatch();
        DeliverTo(outboxes, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
            DeliverTo(outboxes, batch);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void DeliverTo(Outbox[] outboxes, FlushBatch batch)
    {
        foreach (var outbox in outboxes)
            batch.Append(outbox, "<message"u8, "user@localhost/desk"u8, " from='room@conference.localhost/nick'><body>hi</body></message>"u8);
        batch.Flush();
    }

    private Outbox Make(int limit = 1_000_000) => new(wire, pool, time, limit);

    private abstract class TestWire : Wire
    {
        public override PipeReader Input => throw new NotSupportedException();
        public override bool IsEncrypted => false;
        public override bool IsLoopback => true;
        public override string PeerAddress => "test";
        public override ReadOnlyMemory<byte> ServerEndPointBinding => default;

        public override ValueTask CompleteAsync() => default;

        public override ValueTask DisposeAsync() => default;
    }

    private sealed class NullWire : TestWire
    {
        public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
        {
            pending = default;
            return true;
        }

        public override void Abort()
        {
        }
    }

    private sealed class SlowWire : TestWire
    {
        private readonly StringBuilder sent = new();
        private TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsFull { get; set; }
        public bool IsBroken { get; set; }
        public bool IsAborted { get; private set; }
        public int Calls { get; private set; }

        public string Sent
        {
            get
            {
                lock (sent)
                    return sent.ToString();
            }
        }

        public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
        {
            if (IsBroken)
                throw new IOException("reset by peer");
            Calls++;
            lock (sent)
                sent.Append(Encoding.UTF8.GetString(bytes.Span));
            pending = IsFull ? new ValueTask(waiting.Task) : default;
            return !IsFull;
        }

        public void Drain()
        {
            IsFull = false;
            var done = waiting;
            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            done.SetResult();
        }

        public override void Abort() => IsAborted = true;
    }
}
