using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MucGen.Transcripts.Tcp;

namespace MucGen.Simulation.Kills;

/// <summary>The real daemon as a process of its own, to be killed and started again on the same data.</summary>
internal sealed class DaemonProcess(string dataFolder) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Process? process;
    private int port;

    /// <summary>How clients reach it.</summary>
    public TcpOptions Tcp => new(IPAddress.Loopback.ToString(), port, Register: true);

    /// <summary>Starts it and waits until it serves.</summary>
    public async Task StartAsync()
    {
        port = FreePort();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("ready", StringComparison.Ordinal) == true)
                ready.TrySetResult();
        };
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The daemon ended before it served."));
        process.Start();
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(Patience);
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync();

    private ProcessStartInfo StartInfo() => new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
    {
        ArgumentList =
        {
            "exec", Path.Combine(AppContext.BaseDirectory, "mucgen.dll"), "serve", "--domain", "localhost",
            "--listen", string.Create(CultureInfo.InvariantCulture, $"{IPAddress.Loopback}:{port}"), "--data", dataFolder, "--allow-registration",
        },
        UseShellExecute = false,
        RedirectStandardOutput = true,
        WorkingDirectory = dataFolder,
    };

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
