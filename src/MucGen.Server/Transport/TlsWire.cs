using System.IO.Pipelines;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Authentication.ExtendedProtection;

namespace MucGen.Server.Transport;

/// <summary>TLS over another wire: after STARTTLS (RFC 6120 5) or from the first byte (XEP-0368).</summary>
internal sealed class TlsWire : Wire
{
    private readonly Wire below;
    private readonly SslStream stream;
    private readonly PipeReader input;

    private TlsWire(Wire below, SslStream stream, ReadOnlyMemory<byte> binding)
    {
        this.below = below;
        this.stream = stream;
        ServerEndPointBinding = binding;
        UniqueBinding = ReadUniqueBinding(stream);
        input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    public override PipeReader Input => input;
    public override bool IsEncrypted => true;
    public override bool IsLoopback => below.IsLoopback;
    public override string PeerAddress => below.PeerAddress;
    public override ReadOnlyMemory<byte> ServerEndPointBinding { get; }
    public override ReadOnlyMemory<byte> UniqueBinding { get; }
    public override bool IsUniqueDefined => stream.SslProtocol == SslProtocols.Tls12;

    /// <summary>The protocol version that was agreed upon, for operators.</summary>
    public SslProtocols Protocol => stream.SslProtocol;

    /// <summary>The handshake, as server.</summary>
    /// <exception cref="AuthenticationException">The handshake failed.</exception>
    /// <exception cref="IOException">The peer went away.</exception>
    public static async Task<TlsWire> AcceptAsync(Wire below, ServerCertificate certificate, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(new WireStream(below), leaveInnerStreamOpen: true);
        try
        {
            await encrypted.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Context,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ClientCertificateRequired = false,
                    AllowRenegotiation = false,
                    // A resumed session of TLS 1.2 would make tls-unique worthless (RFC 5929 3, triple handshakes).
                    AllowTlsResume = false,
                    EncryptionPolicy = EncryptionPolicy.RequireEncryption,
                },
                cancellationToken);
            return new TlsWire(below, encrypted, certificate.EndPointBinding);
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    private static ReadOnlyMemory<byte> ReadUniqueBinding(SslStream stream)
    {
        using var token = stream.TransportContext.GetChannelBinding(ChannelBindingKind.Unique);
        if (token is null || token.IsInvalid)
            return default;

        // The platform puts the type's name and a colon ahead of the data.
        var bytes = new byte[token.Size];
        Marshal.Copy(token.DangerousGetHandle(), bytes, 0, bytes.Length);
        var start = bytes.AsSpan().IndexOf("tls-unique:"u8);
        return start < 0 ? default : bytes.AsMemory(start + "tls-unique:"u8.Length);
    }

    public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
    {
        pending = stream.WriteAsync(bytes);
        if (!pending.IsCompleted)
            return false;
        pending.GetAwaiter().GetResult();
        return true;
    }

    public override async ValueTask CompleteAsync()
    {
        try
        {
            await stream.ShutdownAsync();
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            // The peer closed first; close_notify has no reader.
        }
        await below.CompleteAsync();
    }

    public override void Abort() => below.Abort();

    public override async ValueTask DisposeAsync()
    {
        await input.CompleteAsync();
        await stream.DisposeAsync();
        await below.DisposeAsync();
    }
}
