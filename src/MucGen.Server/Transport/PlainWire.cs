using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MucGen.Server.Transport;

/// <summary>TCP as it is. Reading goes through the pipe of the connection, writing straight to its socket.</summary>
/// <remarks>
/// A write to the connection's own output pipe would wake another thread for each flush. The socket's asynchronous send tries the system
/// call on the calling thread first and only parks when the kernel's buffer is full, which is what a fan-out wants.
/// </remarks>
internal sealed class PlainWire : Wire
{
    private readonly ConnectionContext connection;
    private readonly Socket socket;

    public PlainWire(ConnectionContext connection)
    {
        this.connection = connection;
        socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket
            ?? throw new InvalidOperationException("the transport of this connection has no socket; MucGen listens on TCP only");
        var peer = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        IsLoopback = peer is not null && IPAddress.IsLoopback(peer);
        PeerAddress = peer is null ? "unknown" : PeerNetwork.Of(peer);
    }

    public override PipeReader Input => connection.Transport.Input;
    public override bool IsEncrypted => false;
    public override bool IsLoopback { get; }
    public override string PeerAddress { get; }
    public override ReadOnlyMemory<byte> ServerEndPointBinding => default;

    public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
    {
        var sent = socket.SendAsync(bytes, SocketFlags.None);
        if (sent.IsCompleted)
        {
            sent.GetAwaiter().GetResult();
            pending = default;
            return true;
        }
        pending = EndAsync(sent);
        return false;
    }

    // Its state comes from a pool: a busy server has many sends that wait for the kernel.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask EndAsync(ValueTask<int> sent) => await sent;

    public override ValueTask CompleteAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The peer was faster; there is nobody left to tell.
        }
        return default;
    }

    public override void Abort() => connection.Abort();

    public override ValueTask DisposeAsync() => default;
}
