using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MucGen.Server.Configuration;
using MucGen.Server.Transport;

namespace MucGen.Server.Hosting;

/// <summary>Listens for clients while the host runs: a Kestrel of its own with nothing of HTTP above it, so that a host may have a web server beside it, or none.</summary>
public sealed class ClientListener : IHostedService, IDisposable
{
    private readonly MucGenOptions options;
    private readonly ILogger log;
    private readonly KestrelServer kestrel;

    /// <summary>Tries every address; with the certificate and the secrets read as well by then, what is wrong with them stops the start, and not the first client.</summary>
    /// <exception cref="ListenException">An address cannot be listened on.</exception>
    internal ClientListener(MucGenOptions options, ClientConnections connections, ILoggerFactory logs)
    {
        ListenCheck.Run(options);
        this.options = options;
        log = logs.CreateLogger<ClientListener>();
        var settings = new KestrelServerOptions();
        foreach (var address in options.Listen)
            Add(settings, address, connections.ServeAsync);
        foreach (var address in options.ListenTls)
            Add(settings, address, connections.ServeTlsAsync);
        kestrel = new KestrelServer(Options.Create(settings), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs), logs);
    }

    /// <summary>Where clients connect in the clear and encrypt by STARTTLS; empty until the host has started, then with the ports that are in use.</summary>
    public IReadOnlyList<ListenAddress> Listening { get; private set; } = [];

    /// <summary>Where clients connect with TLS from the first byte (XEP-0368); likewise.</summary>
    public IReadOnlyList<ListenAddress> ListeningTls { get; private set; } = [];

    /// <summary>Begins to listen.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await kestrel.StartAsync(new NoRequests(), cancellationToken);
        var bound = kestrel.Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(static address => new Uri(address))
            .Select(static uri => new ListenAddress(uri.Host.Trim('[', ']'), uri.Port))
            .ToList();
        var encrypted = Math.Min(options.ListenTls.Count, bound.Count);
        Listening = bound[..^encrypted];
        ListeningTls = bound[^encrypted..];
        foreach (var address in Listening)
            log.ListeningAt(address);
        foreach (var address in ListeningTls)
            log.ListeningTlsAt(address);
    }

    /// <summary>Takes no more connections and waits for those that are there; they are dropped when the time is up.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => kestrel.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => kestrel.Dispose();

    private static void Add(KestrelServerOptions settings, ListenAddress address, Func<ConnectionContext, Task> serve)
    {
        Action<ListenOptions> configure = listen => listen.Run(connection => serve(connection));
        if (address.Host == "*")
            settings.ListenAnyIP(address.Port, configure);
        else if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
            settings.ListenLocalhost(address.Port, configure);
        else
            settings.Listen(IPAddress.Parse(address.Host), address.Port, configure);
    }

    /// <summary>Kestrel wants an application for the requests of HTTP connections, of which there are none.</summary>
    private sealed class NoRequests : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => throw new NotSupportedException("No address serves HTTP.");

        public Task ProcessRequestAsync(IFeatureCollection context) => throw new NotSupportedException("No address serves HTTP.");

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
        }
    }
}
