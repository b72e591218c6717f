using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Server.Hosting;
using MucGen.Server.Rooms;
using MucGen.Server.Sasl;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Server.Streams;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Tests.Support;

/// <summary>Streams over real sockets, with nothing behind them but what a test looks at.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private readonly WebApplication host;

    private StreamServer(WebApplication host, StreamServices services, StreamRegistry registry)
    {
        this.host = host;
        Services = services;
        Registry = registry;
    }

    public StreamServices Services { get; }
    public StreamRegistry Registry { get; }
    public ManualTime Time => (ManualTime)Services.Time;
    public RecordingRouter Router => (RecordingRouter)Services.Router;
    public required RecordingAccounts Accounts { get; init; }
    public required RecordingRooms Rooms { get; init; }
    public required SessionTable Sessions { get; init; }
    public int Port { get; private set; }
    public int TlsPort { get; private set; }

    public static async Task<StreamServer> StartAsync(Func<StreamPolicy, StreamPolicy>? change = null, IPreLoginHandler? preLogin = null, bool hasCertificate = true)
    {
        var policy = new StreamPolicy();
        policy = change?.Invoke(policy) ?? policy;
        var time = new ManualTime();
        var table = new SessionTable();
        var accounts = new RecordingAccounts();
        var rooms = new RecordingRooms();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddMetrics();
        builder.WebHost.UseKestrelCore();
        ClientConnections? connections = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(connection => connections!.ServeAsync(connection)));
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(connection => connections!.ServeTlsAsync(connection)));
        });
        var web = builder.Build();
        var services = new StreamServices
        {
            Domain = "localhost",
            Policy = policy,
            Time = time,
            Names = ProtocolNames.Instance,
            Segments = new SegmentPool(),
            Certificates = new FixedCertificate(hasCertificate),
            Accounts = new SaslAccounts("localhost", new MemoryCredentials("user", "user2"), RandomNumberGenerator.GetBytes(32), Credentials.MinIterations),
            Failures = new LoginFailures(policy, time),
            Sessions = new SessionBinder(table, accounts, rooms, policy.MaxSessionsPerAccount),
            Router = new RecordingRouter(),
            Features = [],
            PreLogin = preLogin is null ? [] : [preLogin],
            Metrics = new ServerMetrics(web.Services.GetRequiredService<IMeterFactory>()),
            Log = NullLogger<ClientStream>.Instance,
        };
        var registry = new StreamRegistry(policy, time);
        connections = new ClientConnections(services, registry);
        await web.StartAsync();
        var ports = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address).Port).ToArray();
        return new StreamServer(web, services, registry) { Port = ports[0], TlsPort = ports[1], Accounts = accounts, Rooms = rooms, Sessions = table };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in Sessions.All)
            session.End(StreamErrorCondition.SystemShutdown);
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await host.StopAsync(now.Token);
        await host.DisposeAsync();
    }
}

/// <summary>Accounts whose password is "secret".</summary>
internal sealed class MemoryCredentials(params string[] users) : ICredentialStore
{
    private static readonly Credentials Secret = Credentials.FromPrepared("secret", Credentials.MinIterations);

    public ValueTask<Credentials?> FindAsync(Jid bare, CancellationToken cancellationToken)
    {
        if (bare.Local == "broken")
            throw new IOException("the disk is gone");
        return new(users.Contains(bare.Local) ? Secret : null);
    }

    public ValueTask<bool> CreateAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> SetPasswordAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<DateTimeOffset?> FindLastLoginAsync(Jid bare, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void SaveLogin(Jid bare, DateTimeOffset at)
    {
    }

    public ValueTask<bool> DeleteAsync(Jid bare, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> SetDisabledAsync(Jid bare, bool isDisabled, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Jid>> ListDisabledAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Remembers what was routed; a message comes back to its sender.</summary>
internal sealed class RecordingRouter : IStanzaRouter
{
    public ConcurrentQueue<string> Routed { get; } = new();

    public ValueTask RouteAsync(Session sender, Stanza stanza, CancellationToken cancellationToken)
    {
        Routed.Enqueue(System.Text.Encoding.UTF8.GetString(stanza.Bytes));
        if (stanza.Root.LocalName.SequenceEqual("message"u8))
            sender.Send(stanza, sender.FullJid, sender.Language);
        return default;
    }

    public ValueTask SendAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken) => default;
}

/// <summary>Remembers which sessions came and went.</summary>
internal sealed class RecordingAccounts : IAccountRouter
{
    public ConcurrentQueue<string> Log { get; } = new();

    public ValueTask BoundAsync(Session session, CancellationToken cancellationToken)
    {
        Log.Enqueue($"bound {session.FullJid}");
        return default;
    }

    public ValueTask GoneAsync(Session session)
    {
        Log.Enqueue($"gone {session.FullJid}");
        return default;
    }

    public ValueTask RouteAsync(Session sender, Stanza stanza, Jid? to, CancellationToken cancellationToken) => default;

    public ValueTask SentAsync(Session sender, Stanza message, Jid to, CancellationToken cancellationToken) => default;

    public ValueTask<bool> OutboundPresenceAsync(Session sender, Stanza presence, Jid to, CancellationToken cancellationToken) => new(true);

    public ValueTask DeliverAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken) => default;
}

/// <summary>Remembers what rooms were told.</summary>
internal sealed class RecordingRooms : IRoomHost
{
    public ConcurrentQueue<(Jid Room, RoomInputKind Kind, Jid? From)> Inputs { get; } = new();

    public ValueTask PostAsync(Jid room, RoomInput input, CancellationToken cancellationToken)
    {
        Inputs.Enqueue((room, input.Kind, input.From));
        return default;
    }

    public Task TellAsync(Jid room, RoomInput input, CancellationToken cancellationToken) => PostAsync(room, input, cancellationToken).AsTask();

    public ValueTask ForgetAccountAsync(Jid account, CancellationToken cancellationToken) => default;
}

/// <summary>A certificate for localhost, made once a run.</summary>
internal sealed class FixedCertificate(bool exists) : ICertificateSource
{
    private static readonly ServerCertificate Certificate = Make();

    public ServerCertificate? Current => exists ? Certificate : null;

    private static ServerCertificate Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return new ServerCertificate(X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()), null);
    }
}
