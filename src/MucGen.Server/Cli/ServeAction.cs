using Microsoft.Extensions.DependencyInjection;
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
            using var folder = DataFolder.Open(report.Options.DataFolder);
            using var store = SqliteStore.Open(folder, report.Options.Storage, TimeProvider.System);
            bool isRestart;
            do
            {
                await using var server = MucGenServer.Create(report.Options, builder => Composition.AddDaemon(builder, configuration, folder, store));
                await server.StartAsync(cancellationToken);
                await WelcomeAsync(server, report.Options, folder, store, console);
                await server.WaitForShutdownAsync(cancellationToken);
                isRestart = server.Services.GetRequiredService<ServiceStop>().IsRestart && !store.Failed.IsCompleted;
            }
            while (isRestart);
            return Outcome(store, console);
        }
        catch (Exception e) when (e is DataFolderException or StorageFailedException or CertificateException or ListenException or IOException)
        {
            console.Error.WriteLine($"mucgen cannot serve: {e.Message}");
            return CommandLine.Failure;
        }
    }

    private static async Task WelcomeAsync(MucGenServer server, MucGenOptions options, DataFolder folder, SqliteStore store, CommandConsole console)
    {
        var output = console.Output;
        output.WriteLine($"MucGen {Features.SoftwareVersion.Version} serves {options.Domain}, rooms at {options.MucDomain}; data in {folder.Path}");
        foreach (var address in server.Listening)
            output.WriteLine($"  clients at {address}");
        foreach (var address in server.ListeningTls)
            output.WriteLine($"  clients with direct TLS at {address}");
        if (options.Tls.CertificateFile is null)
            output.WriteLine("  certificate: self-signed; set MucGen:Tls:CertificateFile for one that clients trust");
        if (options.AllowRegistration)
            output.WriteLine("  anybody who can connect may create an account (MucGen:AllowRegistration)");
        if ((await store.Credentials.ListAsync(CancellationToken.None)).Count == 0)
            output.WriteLine($"  no accounts yet; add one: {CommandName.Current} user add alice@{options.Domain} --password secret --data {Quote(folder.Path)}");
        output.WriteLine("ready");
        output.Flush();
    }

    private static int Outcome(SqliteStore store, CommandConsole console)
    {
        if (!store.Failed.IsCompleted)
            return CommandLine.Success;
        console.Error.WriteLine("mucgen has stopped because it could not write its data; the log says why.");
        return CommandLine.Failure;
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
