using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Protocol;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Server.Streams;
using MucGen.Server.Tests.Storage;
using MucGen.Server.Tests.Support;
using MucGen.Xml;

namespace MucGen.Server.Tests.Hosting;

/// <summary>The whole server with its store, composed as the daemon composes it; only sockets are not there.</summary>
internal sealed class ServerInMemory : IAsyncDisposable
{
    private static readonly Credentials Secret = MucGen.Server.Storage.Credentials.FromPrepared("secret", MucGen.Server.Storage.Credentials.MinIterations);

    private readonly TemporaryFolder? own;
    private readonly SqliteStore store;
    private readonly IHost server;
    private readonly List<Task> streams = [];
    private readonly List<PipeWire> wires = [];

    /// <summary>Composes a server; nothing runs yet.</summary>
    /// <param name="options">How it is configured.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="folder">Where its data is when another server has it afterwards; its own otherwise.</param>
    public ServerInMemory(MucGenOptions options, TimeProvider? time = null, TemporaryFolder? folder = null)
    {
        folder ??= own = new TemporaryFolder();
        store = folder.Open(options.Storage);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(store);
        builder.Services.AddMucGen(options with { DataFolder = folder.Path });
        server = builder.Build();
    }

    public IServiceProvider Services => server.Services;

    public ICredentialStore Credentials => store.Credentials;

    /// <summary>A stream that has just been accepted.</summary>
    public PipeWire Connect(string peerAddress = "127.0.0.1", bool isEncrypted = false)
    {
        var wire = new PipeWire(peerAddress, isEncrypted);
        var stream = new ClientStream(wire, Services.GetRequiredService<StreamServices>());
        wires.Add(wire);
        streams.Add(Task.Run(() => stream.RunAsync(isTlsFirst: false)));
        return wire;
    }

    /// <summary>A bound stream of user@localhost; the account is made when it is not there.</summary>
    public async Task<PipeWire> LoginAsync(string user, string resource = "a")
    {
        await Credentials.CreateAsync(Jid.Parse($"{user}@localhost"), Secret, CancellationToken.None);
        var wire = Connect();
        await wire.SayAsync(StreamClient.Header, "</stream:features>");
        await wire.SayAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{StreamClient.Base64($"\0{user}\0secret")}</auth>", "<success");
        await wire.SayAsync(StreamClient.Header, "</stream:features>");
        await wire.SayAsync($"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>", "</iq>");
        return wire;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in Services.GetRequiredService<SessionTable>().All)
            session.End(StreamErrorCondition.SystemShutdown);
        foreach (var wire in wires)
            wire.Hangup();
        await Task.WhenAll(streams);
        server.Dispose();
        store.Dispose();
        own?.Dispose();
    }
}
