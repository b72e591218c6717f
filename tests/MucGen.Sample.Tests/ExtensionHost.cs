using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Protocol;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;
using MucGen.Transcripts.Tcp;
using Xunit;

namespace MucGen.Sample;

/// <summary>A host of one's own that serves on a free port, with extensions or without, from a data folder that goes with it.</summary>
internal sealed class ExtensionHost : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mg-").FullName;
    private readonly IHost host;

    private ExtensionHost(ProtocolExtension[] extensions)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMucGen(new MucGenOptions { DataFolder = folder, Listen = [new ListenAddress("127.0.0.1", 0)], AllowRegistration = true });
        foreach (var extension in extensions)
            builder.Services.AddMucGenExtension(extension);
        host = builder.Build();
    }

    /// <summary>Starts one.</summary>
    public static async Task<ExtensionHost> StartAsync(params ProtocolExtension[] extensions)
    {
        var started = new ExtensionHost(extensions);
        await started.host.StartAsync();
        return started;
    }

    /// <summary>How dialogues reach it; accounts are registered as they are needed.</summary>
    public TcpDialogueServer Connect()
    {
        var address = Assert.Single(host.Services.GetRequiredService<ClientListener>().Listening);
        return new TcpDialogueServer(new TcpOptions(address.Host, address.Port, Register: true));
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
