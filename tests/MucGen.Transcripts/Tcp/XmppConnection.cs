using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MucGen.Transcripts.Running;

namespace MucGen.Transcripts.Tcp;

/// <summary>One TCP connection that reads top-level elements and writes text; it knows streams, not stanzas.</summary>
internal sealed class XmppConnection : IAsyncDisposable
{
    private const string Streams = "http://etherx.jabber.org/streams";

    private static readonly XmlReaderSettings ReaderSettings = new()
    {
        Async = true,
        ConformanceLevel = ConformanceLevel.Document,
        DtdProcessing = DtdProcessing.Prohibit,
        CloseInput = false,
    };

    private readonly TcpClient socket;
    private readonly SemaphoreSlim writing = new(1, 1);
    private Stream transport;
    private XmlReader? reader;

    private XmppConnection(TcpClient socket)
    {
        this.socket = socket;
        transport = socket.GetStream();
    }

    public static async Task<XmppConnection> ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(host, port, cancellation);
            return new XmppConnection(client);
        }
        catch (SocketException e)
        {
            client.Dispose();
            throw new DialogueEndedException($"cannot connect to {host}:{port}: {e.Message}");
        }
    }

    /// <summary>Opens a stream, or reopens it after TLS or SASL, and returns the server's features.</summary>
    public async Task<XElement> OpenStreamAsync(string domain, CancellationToken cancellation)
    {
        reader?.Dispose();
        await WriteAsync(
            $"<?xml version='1.0'?><stream:stream to='{domain}' version='1.0' xml:lang='en' xmlns='jabber:client' xmlns:stream='{Streams}'>",
            cancellation);
        reader = XmlReader.Create(transport, ReaderSettings);
        await using var abort = AbortOn(cancellation);
        while (await reader.ReadAsync())
        {
            if (reader.NodeType == XmlNodeType.Element)
                return await ReadElementAsync(cancellation);
        }

        throw new DialogueEndedException("the server closed the connection before it opened a stream");
    }

    /// <summary>Reads the next top-level element.</summary>
    /// <exception cref="DialogueEndedException">The stream ended, with an error or without.</exception>
    public async Task<XElement> ReadElementAsync(CancellationToken cancellation)
    {
        await using var abort = AbortOn(cancellation);
        try
        {
            while (await reader!.ReadAsync())
            {
                if (reader.NodeType == XmlNodeType.EndElement)
                    throw new DialogueEndedException("the server closed the stream");
                if (reader.NodeType == XmlNodeType.Element)
                    return ErrorsEnd(await ReadSubtreeAsync(reader));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or XmlException or SocketException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new DialogueEndedException($"the connection ended: {e.Message}");
        }

        throw new DialogueEndedException("the server closed the connection");
    }

    /// <summary>Encrypts the connection; whatever certificate the server shows is good enough.</summary>
    public async Task StartTlsAsync(string domain, CancellationToken cancellation)
    {
        var tls = new SslStream(transport, leaveInnerStreamOpen: false);
        transport = tls;
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = domain,
#pragma warning disable CA5359 // a test server's certificate is its own; what is tested is the stream over it
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            };
            await tls.AuthenticateAsClientAsync(options, cancellation);
        }
        catch (AuthenticationException e)
        {
            throw new DialogueEndedException($"the TLS handshake failed: {e.Message}");
        }
    }

    public async Task WriteAsync(string xml, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            await transport.WriteAsync(Encoding.UTF8.GetBytes(xml), cancellation);
            await transport.FlushAsync(cancellation);
        }
        finally
        {
            writing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        transport.Dispose();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A reader cannot be cancelled, so its connection is closed under it.</summary>
    private CancellationTokenRegistration AbortOn(CancellationToken cancellation) =>
        cancellation.Register(static state => ((TcpClient)state!).Dispose(), socket);

    private static XElement ErrorsEnd(XElement element)
    {
        if (element.Name == XName.Get("error", Streams))
            throw new DialogueEndedException($"stream error: {string.Concat(element.Nodes())}");
        return element;
    }

    /// <summary>Builds the element under the reader without looking past its end, where the next one may be minutes away.</summary>
    private static async Task<XElement> ReadSubtreeAsync(XmlReader reader)
    {
        var root = StartOf(reader);
        if (reader.IsEmptyElement)
            return root;
        var open = root;
        while (await reader.ReadAsync())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = reader.IsEmptyElement;
                    var child = StartOf(reader);
                    open.Add(child);
                    if (!isEmpty)
                        open = child;
                    break;
                case XmlNodeType.EndElement when open == root:
                    return root;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                default:
                    open.Add(new XText(await reader.GetValueAsync()));
                    break;
            }
        }

        throw new DialogueEndedException("the connection ended within a stanza");
    }

    private static XElement StartOf(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                element.Add(new XAttribute(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
        }

        reader.MoveToElement();
        return element;
    }
}
