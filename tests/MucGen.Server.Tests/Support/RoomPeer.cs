using System.IO.Pipelines;
using System.Text;
using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Tests.Support;

/// <summary>A session whose client reads everything, for rooms that run without connections.</summary>
internal sealed class RoomPeer : Wire, ISessionStream
{
    private readonly StringBuilder sent = new();

    public RoomPeer(Jid jid, TimeProvider time)
    {
        Outbox = new Outbox(this, new SegmentPool(), time, 10_000_000);
        Session = new Session(jid, null, this);
    }

    public Session Session { get; }
    public Outbox Outbox { get; }
    public override PipeReader Input => throw new NotSupportedException();
    public override bool IsEncrypted => false;
    public override bool IsLoopback => true;
    public override string PeerAddress => "test";
    public override ReadOnlyMemory<byte> ServerEndPointBinding => default;

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
        pending = default;
        lock (sent)
            sent.Append(Encoding.UTF8.GetString(bytes.Span));
        return true;
    }

    public void End(StreamErrorCondition condition, string? text)
    {
    }

    public override ValueTask CompleteAsync() => default;

    public override void Abort()
    {
    }

    public override ValueTask DisposeAsync() => default;
}
