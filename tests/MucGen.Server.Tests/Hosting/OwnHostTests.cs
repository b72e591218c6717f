using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Storage;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

namespace MucGen.Server.Tests.Hosting;

/// <summary>The server in a host that is not ours.</summary>
public sealed class OwnHostTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_web_application_has_its_own_server_beside_ours()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings(("Listen", "127.0.0.1:0")));
        builder.Services.AddMucGen(builder.Configuration);
        await using var web = builder.Build();
        web.Run(context => context.Response.WriteAsync("a page"));
        await web.StartAsync();

        using var http = new HttpClient();
        var page = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Assert.Equal("a page", await http.GetStringAsync(new Uri(page)));
        await using var romeo = await LoginAsync(Assert.Single(web.Services.GetRequiredService<ClientListener>().Listening));
        Assert.StartsWith("romeo@localhost/", romeo.FullJid, StringComparison.Ordinal);
        await web.StopAsync();
        await Assert.ThrowsAsync<DialogueEndedException>(() => romeo.ReceiveAsync(default));
    }

    [Fact]
    public async Task What_it_owns_is_free_when_it_is_gone()
    {
        for (var round = 0; round < 2; round++)
        {
            using var host = Build(("Listen", "127.0.0.1:0"));
            await host.StartAsync();
            Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.Path));
            await host.StopAsync();
        }
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start_and_is_named()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        using var host = Build(("Listen", $"{taken.LocalEndpoint}"));

        var error = await Assert.ThrowsAsync<ListenException>(() => host.StartAsync());
        Assert.StartsWith($"Cannot listen at {taken.LocalEndpoint} (MucGen:Listen): another program listens there.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_that_cannot_be_used_is_named_before_anything_is_made()
    {
        var error = Assert.Throws<SettingsException>(() => Build(("Listen", "nowhere"), ("ShutdownSeconds", "soon")));

        Assert.Equal(["MucGen:Listen", "MucGen:ShutdownSeconds"], error.Problems.Select(problem => problem.Key).Order(StringComparer.Ordinal));
        Assert.Contains("MucGen:Listen = \"nowhere\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("MucGen:ShutdownSeconds = \"soon\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_has_the_server_once()
    {
        var services = new ServiceCollection().AddMucGen(new MucGenOptions());

        Assert.Throws<InvalidOperationException>(() => services.AddMucGen(new MucGenOptions { Domain = "example.org" }));
    }

    private static async Task<IDialogueClient> LoginAsync(ListenAddress address)
    {
        await using var server = new TcpDialogueServer(new TcpOptions(address.Host, address.Port, Register: true));
        return await server.ConnectAsync(new DialogueLogin("romeo@localhost", "secret", Resource: null), default);
    }

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings(settings));
        builder.Services.AddMucGen(builder.Configuration);
        return builder.Build();
    }

    private Dictionary<string, string?> Settings(params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => $"MucGen:{setting.Key}", setting => (string?)setting.Value);
        all.Add("MucGen:DataFolder", folder.Path);
        all.Add("MucGen:AllowRegistration", "true");
        return all;
    }
}
