using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MucGen.Xml;

namespace MucGen.Server.Tests.Support;

/// <summary>A client's end of a stream that says exactly what a test wants it to, right or wrong.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    /// <summary>How long a test waits before it calls an answer missing; nothing measures it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient tcp;
    private Stream stream;
    private PipeReader reader;
    private StreamFramer framer = new(XmlLimits.Default);

    private StreamClient(TcpClient tcp)
    {
        this.tcp = tcp;
        stream = tcp.GetStream();
        reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    public const string Header = "<?xml version='1.0'?><stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";

    public SslStream? Tls => stream as SslStream;

    public static async Task<StreamClient> ConnectAsync(int port)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(IPAddress.Loopback, port);
        return new StreamClient(connection);
    }

    /// <summary>Connects, opens the stream and reads header and features.</summary>
    public static async Task<StreamClient> OpenAsync(int port)
    {
        var client = await ConnectAsync(port);
        await client.OpenAsync();
        return client;
    }

    /// <summary>Connects and logs in by PLAIN, then binds.</summary>
    public static async Task<StreamClient> LoginAsync(int port, string user, string resource)
    {
        var client = await OpenAsync(port);
        await client.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{Base64($"\0{user}\0secret")}</auth>");
        Assert.StartsWith("<success", await client.ReadAsync(), StringComparison.Ordinal);
        client.Restart();
        await client.OpenAsync();
        await client.SendAsync($"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>");
        Assert.Contains($"<jid>{user}@localhost/{resource}</jid>", await client.ReadAsync(), StringComparison.Ordinal);
        return client;
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public async Task<(string Header, string Features)> OpenAsync(string header = Header)
    {
        await SendAsync(header);
        return (await ReadAsync(), await ReadAsync());
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    /// <summary>The next frame as text; empty at the end of the connection.</summary>
    public async Task<string> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            ReadResult result;
            try
            {
                result = await reader.ReadAsync(patience.Token);
            }
            catch (IOException)
            {
                return "";
            }
            var buffer = result.Buffer;
            var kind = framer.Read(ref buffer, out var frame, out var fault);
            Assert.NotEqual(FrameKind.Fault, kind);
            if (kind == FrameKind.Incomplete)
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                    return "";
                continue;
            }
            var text = Encoding.UTF8.GetString(frame);
            reader.AdvanceTo(buffer.Start);
            return text;
        }
    }

    /// <summary>Everything up to the end of the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new StringBuilder();
        while (await ReadAsync() is { Length: > 0 } frame)
            all.Append(frame);
        return all.ToString();
    }

    /// <summary>Expects a stream header again.</summary>
    public void Restart() => framer = new StreamFramer(XmlLimits.Default);

    public async Task StartTlsAsync(bool ask = true, SslProtocols version = SslProtocols.None)
    {
        if (ask)
        {
            await SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            Assert.Equal("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", await ReadAsync());
        }
        var tls = new SslStream(stream, leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync("localhost", null, version, checkCertificateRevocation: false);
        stream = tls;
        reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Restart();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        tcp.Dispose();
    }
}
