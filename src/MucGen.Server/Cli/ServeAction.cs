using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Server.Transport;

namespace MucGen.Server.Cli;

/// <summary><c>mucgen serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeAction
{
    /// <summary>Serves; the exit code when done.</summary>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> commandLine, CommandConsole console, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationSources.Build(commandLine);
        var report = OptionsReader.Read(configuration);
        if (CheckConfiguration.ShowProblems(report, console))
            return CommandLine.Misuse;
        try
        {
            bool isRestart;
            bool hasFailed;
            do
            {
                using var host = DaemonHost.Build(report.Options, configuration);
                await host.StartAsync(cancellationToken);
                await WelcomeAsync(host.Services, console);
                await host.WaitForShutdownAsync(cancellationToken);
                hasFailed = host.Services.GetRequiredService<SqliteStore>().Failed.IsCompleted;
                isRestart = host.Services.GetRequiredService<ServiceStop>().IsRestart && !hasFailed;
            }
            while (isRestart);
            return Outcome(hasFailed, console);
        }
        catch (Exception e) when (e is DataFolderException or StorageFailedException or CertificateException or ListenException or IOException)
        {
            console.Error.WriteLine($"mucgen cannot serve: {e.Message}");
            return CommandLine.Failure;
        }
    }

    private static async Task WelcomeAsync(IServiceProvider server, CommandConsole console)
    {
        var output = console.Output;
        var options = server.GetRequiredService<MucGenOptions>();
        var folder = server.GetRequiredService<DataFolder>();
        var listener = server.GetRequiredService<ClientListener>();
        output.WriteLine($"MucGen {Features.SoftwareVersion.Version} serves {options.Domain}, rooms at {options.MucDomain}; data in {folder.Path}");
        foreach (var address in listener.Listening)
            output.WriteLine($"  clients at {address}");
        foreach (var address in listener.ListeningTls)
            output.WriteLine($"  clients with direct TLS at {address}");
        if (options.Tls.CertificateFile is null)
            output.WriteLine("  certificate: self-signed; set MucGen:Tls:CertificateFile for one that clients trust");
        if (options.AllowRegistration)
            output.WriteLine("  anybody who can connect may create an account (MucGen:AllowRegistration)");
        if ((await server.GetRequiredService<ICredentialStore>().ListAsync(CancellationToken.None)).Count == 0)
            output.WriteLine($"  no accounts yet; add one: {CommandName.Current} user add alice@{options.Domain} --password secret --data {Quote(folder.Path)}");
        output.WriteLine("ready");
        output.Flush();
    }

    private static int Outcome(bool hasFailed, CommandConsole console)
    {
        if (!hasFailed)
            return CommandLine.Success;
        console.Error.WriteLine("mucgen has stopped because it could not write its data; the log says why.");
        return CommandLine.Failure;
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
