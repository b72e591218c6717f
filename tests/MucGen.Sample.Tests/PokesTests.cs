using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Protocol;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;
using Xunit;

namespace MucGen.Sample;

/// <summary>The sample's XEP in a host that has been given its extension, and in one that has not.</summary>
public sealed class PokesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("mg-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_dialogue_passes_where_the_extension_is_part_of_the_host()
    {
        using var host = await StartAsync(GeneratedExtension.Instance);
        await using var server = ServerOf(host);

        var result = await TranscriptRunner.RunAsync(ScriptFiles.Load(Path.Combine(AppContext.BaseDirectory, "poke.scs")), server, Patience);

        Assert.True(result.Passed, result.Failure);
    }

    [Fact]
    public async Task Where_it_is_not_nobody_knows_of_pokes()
    {
        using var host = await StartAsync();
        await using var server = ServerOf(host);
        using var limit = new CancellationTokenSource(Patience);
        await using var romeo = await server.ConnectAsync(new DialogueLogin("romeo@localhost", "secret", Resource: null), limit.Token);

        await romeo.SendAsync("<presence to='garden@conference.localhost/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", limit.Token);
        await romeo.ReceiveAsync(limit.Token);
        await romeo.ReceiveAsync(limit.Token);
        await romeo.SendAsync("<iq id='p' type='set' to='garden@conference.localhost'><poke xmlns='urn:example:poke:0' nick='Romeo'/></iq>", limit.Token);
        var answer = await romeo.ReceiveAsync(limit.Token);

        Assert.Equal("p", answer.Attribute("id")?.Value);
        Assert.Contains("service-unavailable", answer.ToString(), StringComparison.Ordinal);
    }

    private static TcpDialogueServer ServerOf(IHost host)
    {
        var address = Assert.Single(host.Services.GetRequiredService<ClientListener>().Listening);
        return new TcpDialogueServer(new TcpOptions(address.Host, address.Port, Register: true));
    }

    private async Task<IHost> StartAsync(params ProtocolExtension[] extensions)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMucGen(new MucGenOptions { DataFolder = folder, Listen = [new ListenAddress("127.0.0.1", 0)], AllowRegistration = true });
        foreach (var extension in extensions)
            builder.Services.AddMucGenExtension(extension);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
