using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using MucGen.Server.Configuration;
using MucGen.Server.Transport;

namespace MucGen.Server.Hosting;

/// <summary>A server that listens: a host with Kestrel below it and nothing of HTTP above. SIGTERM and Ctrl+C stop it gracefully.</summary>
public sealed class MucGenServer : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly MucGenOptions options;

    private MucGenServer(WebApplication host, MucGenOptions options)
    {
        this.host = host;
        this.options = options;
    }

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Where clients connect in the clear and encrypt by STARTTLS; the ports are known once started.</summary>
    public IReadOnlyList<ListenAddress> Listening { get; private set; } = [];

    /// <summary>Where clients connect with TLS from the first byte (XEP-0368).</summary>
    public IReadOnlyList<ListenAddress> ListeningTls { get; private set; } = [];

    /// <summary>Makes a server; <paramref name="configure"/> adds stores, account rules, logging and whatever an application brings.</summary>
    public static MucGenServer Create(MucGenOptions options, Action<WebApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mucgen" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.AddMucGen(options);
        configure(builder);
        return new MucGenServer(builder.Build(), options);
    }

    /// <summary>Loads what must be there and begins to listen.</summary>
    /// <exception cref="ListenException">An address cannot be listened on.</exception>
    /// <exception cref="CertificateException">The certificate cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        // The certificate and the secrets load here, so that what is wrong with them stops the start and not the first client.
        host.Services.GetRequiredService<ClientConnections>();
        ListenCheck.Run(options);
        await host.StartAsync(cancellationToken);
        var bound = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(static address => new Uri(address))
            .Select(static uri => new ListenAddress(uri.Host.Trim('[', ']'), uri.Port))
            .ToList();
        var encrypted = Math.Min(options.ListenTls.Count, bound.Count);
        Listening = bound[..^encrypted];
        ListeningTls = bound[^encrypted..];
    }

    /// <summary>Tells everybody, saves, and stops; returns within the configured time.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    /// <summary>Ends when the server has been told to stop and has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(host, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, MucGenOptions options)
    {
        kestrel.AddServerHeader = false;
        var connections = new Lazy<ClientConnections>(kestrel.ApplicationServices.GetRequiredService<ClientConnections>);
        foreach (var address in options.Listen)
            Listen(kestrel, address, connection => connections.Value.ServeAsync(connection));
        foreach (var address in options.ListenTls)
            Listen(kestrel, address, connection => connections.Value.ServeTlsAsync(connection));
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Func<ConnectionContext, Task> serve)
    {
        Action<ListenOptions> configure = listen => listen.Run(serve);
        if (address.Host == "*")
            kestrel.ListenAnyIP(address.Port, configure);
        else if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
            kestrel.ListenLocalhost(address.Port, configure);
        else
            kestrel.Listen(IPAddress.Parse(address.Host), address.Port, configure);
    }
}
