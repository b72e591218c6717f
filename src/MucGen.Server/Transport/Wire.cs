using System.IO.Pipelines;

namespace MucGen.Server.Transport;

/// <summary>One connection below the XML: bytes in, bytes out, and what its encryption is worth.</summary>
/// <remarks>
/// The only place that knows whether bytes pass through TLS. At most one send is under way at a time: the <see cref="Outbox"/> sees to that.
/// </remarks>
internal abstract class Wire : IAsyncDisposable
{
    /// <summary>Bytes from the peer.</summary>
    public abstract PipeReader Input { get; }

    /// <summary>True when the bytes on the network are encrypted by this server.</summary>
    public abstract bool IsEncrypted { get; }

    /// <summary>True when the peer is on this machine.</summary>
    public abstract bool IsLoopback { get; }

    /// <summary>The network address of the peer, as limits count it (<see cref="PeerNetwork"/>); never shown to other users (RFC 6120 13.10.1).</summary>
    public abstract string PeerAddress { get; }

    /// <summary>Channel binding data of type tls-server-end-point (RFC 5929); empty when there is none.</summary>
    public abstract ReadOnlyMemory<byte> ServerEndPointBinding { get; }

    /// <summary>Channel binding data of type tls-unique (RFC 5929 3): the first Finished message of the handshake; empty when there is none.</summary>
    public virtual ReadOnlyMemory<byte> UniqueBinding => default;

    /// <summary>Whether the version of TLS is one for which tls-unique is defined: 1.2 (RFC 8446 C.5, RFC 9266).</summary>
    public virtual bool IsUniqueDefined => false;

    /// <summary>Sends all bytes. Returns true when the kernel took them at once, on this thread; otherwise <paramref name="pending"/> ends when they left.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is broken.</exception>
    public abstract bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending);

    /// <summary>Says to the peer that no more bytes follow (TLS close_notify, then FIN).</summary>
    public abstract ValueTask CompleteAsync();

    /// <summary>Drops the connection; pending reads and sends end with an error.</summary>
    public abstract void Abort();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
