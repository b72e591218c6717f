using Microsoft.Extensions.DependencyInjection;
using MucGen.Server.Configuration;
using MucGen.Server.Rooms;
using MucGen.Server.Storage;

namespace MucGen.Server.Cli;

/// <summary>
/// Runs one command of <c>mucgen user</c> or <c>mucgen room</c>: through the daemon when one owns the data folder, else with the same code in this process,
/// which then owns the folder for that long.
/// </summary>
internal static class AdminAction
{
    /// <summary>Runs the command; the exit code when done.</summary>
    public static async Task<int> RunAsync(
        AdminRequest request, IReadOnlyDictionary<string, string?> commandLine, CommandConsole console, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationSources.Build(commandLine);
        var report = OptionsReader.Read(configuration);
        if (CheckConfiguration.ShowProblems(report, console))
            return CommandLine.Misuse;
        try
        {
            var socket = Path.Combine(report.Options.DataFolder, DataFolder.ControlSocketName);
            var reply = await ControlSocket.AskAsync(socket, request, cancellationToken)
                ?? await RunHereAsync(request, report.Options, configuration, cancellationToken);
            return console.Show(reply);
        }
        catch (Exception e) when (e is DataFolderException or StorageFailedException or IOException)
        {
            console.Error.WriteLine($"mucgen: {e.Message}");
            return CommandLine.Failure;
        }
    }

    /// <summary>The server is put together but not started: no address is listened on, and rooms load when they are asked for.</summary>
    private static async Task<AdminReply> RunHereAsync(
        AdminRequest request,
        MucGenOptions options,
        Microsoft.Extensions.Configuration.IConfiguration configuration,
        CancellationToken cancellationToken)
    {
        using var host = DaemonHost.Build(options, configuration);
        var reply = await host.Services.GetRequiredService<Administration>().ExecuteAsync(request, cancellationToken);
        await host.Services.GetRequiredService<RoomHost>().StopAsync(cancellationToken);
        await host.Services.GetRequiredService<IRoomJournal>().CommittedAsync();
        return reply;
    }
}
