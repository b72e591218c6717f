using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

namespace MucGen.Server.Tests;

/// <summary>
/// The built daemon as a child process: a free port of loopback, a data folder of its own, registration allowed, <c>operator@localhost</c> its admin. It can be
/// killed and started again with the same data.
/// </summary>
public sealed class DaemonFixture : IAsyncLifetime, IDisposable
{
    /// <summary>The password of every account that the tests use.</summary>
    public const string Password = "password";

    private const int Attempts = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> log = new();
    private Process? process;

    /// <summary>The port of client streams.</summary>
    public int Port { get; private set; }

    /// <summary>Where the daemon keeps its data.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("mucgen-").FullName;

    /// <summary>How clients reach it; accounts are registered as they are needed.</summary>
    public TcpOptions Tcp => new(IPAddress.Loopback.ToString(), Port, Register: true);

    /// <summary>How it is set beside that, by key.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Ends when the daemon has ended by itself; its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        await process!.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Waits until the daemon has printed a line with this text as often.</summary>
    public async Task SaysAsync(string text, int times = 1)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (log.Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
        {
            Assert.False(limit.IsCancellationRequested, $"The daemon does not say '{text}'. It said:{Environment.NewLine}{Log}");
            await Task.Yield();
        }
    }

    /// <summary>What the daemon has printed so far, for messages.</summary>
    public string Log => string.Join(Environment.NewLine, log);

    /// <summary>The folder of this test project in the repository.</summary>
    public static string ProjectFolder => Metadata("ProjectFolder");

    /// <inheritdoc/>
    public Task InitializeAsync() => StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => process?.Dispose();

    /// <summary>Starts the daemon and waits until it says that it serves.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort();
            if (await TryStartAsync())
                return;
            await KillAsync();
            if (attempt == Attempts)
                throw new InvalidOperationException($"the daemon does not start:{Environment.NewLine}{Log}");
        }
    }

    /// <summary>Ends the daemon at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Makes sure that an account exists.</summary>
    public async Task RegisterAsync(string user)
    {
        await using var server = new TcpDialogueServer(Tcp);
        using var limit = new CancellationTokenSource(Patience);
        await using var client = await server.ConnectAsync(new DialogueLogin($"{user}@localhost", Password, Resource: null), limit.Token);
    }

    private async Task<bool> TryStartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Exited += (_, _) => ready.TrySetCanceled();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Patience);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }

        void Heard(string? line)
        {
            if (line is null)
                return;
            log.Enqueue(line);
            if (line.Contains("ready", StringComparison.Ordinal))
                ready.TrySetResult();
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var program = Path.Combine(
            ProjectFolder, "..", "..", "src", "MucGen.Server", "bin", Metadata("Configuration"), Metadata("TargetFramework"), "mucgen.dll");
        var listen = string.Create(CultureInfo.InvariantCulture, $"{IPAddress.Loopback}:{Port}");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "exec", Path.GetFullPath(program),
                "serve", "--domain", "localhost", "--listen", listen, "--data", DataFolder, "--allow-registration",
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataFolder,
        };
        start.Environment["MucGen__Admins__0"] = "operator@localhost";
        start.Environment["MucGen__Limits__MaxOfflineMessages"] = "0"; // scripts share their accounts: what one leaves would come in the midst of another
        foreach (var (key, value) in Settings)
            start.Environment["MucGen__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Metadata(string key) => typeof(DaemonFixture).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value!;
}

/// <summary>Test classes that share one running daemon.</summary>
[CollectionDefinition(Name)]
public sealed class DaemonCollection : ICollectionFixture<DaemonFixture>
{
    public const string Name = "daemon";
}
