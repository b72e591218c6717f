using System.Globalization;
using System.Text;
using MucGen.Server.Cli;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

namespace MucGen.Server.Tests.Cli;

/// <summary><c>mucgen serve</c> in this process, on a port that the system chooses.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly WatchedWriter output = new();
    private readonly StringWriter error = new();
    private Task<int> serving = Task.FromResult(-1);

    public string Output => output.ToString();

    public int Port { get; private set; }

    public static async Task<RunningDaemon> StartAsync(string folder, params string[] options)
    {
        var daemon = new RunningDaemon();
        string[] args = ["serve", "--data", folder, "--listen", "127.0.0.1:0", .. options];
        daemon.serving = Task.Run(() => CommandLine.RunAsync(args, daemon.output, daemon.error, daemon.stop.Token));
        await Task.WhenAny(daemon.output.Ready, daemon.serving).WaitAsync(Patience);
        Assert.True(daemon.output.Ready.IsCompleted, daemon.error.ToString());
        var address = daemon.Output.Split('\n').First(line => line.Contains("clients at", StringComparison.Ordinal));
        daemon.Port = int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        return daemon;
    }

    /// <summary>Logs a user in.</summary>
    public async Task<IDialogueClient> LoginAsync(string address, string password)
    {
        var server = new TcpDialogueServer(new TcpOptions("127.0.0.1", Port));
        using var limit = new CancellationTokenSource(Patience);
        return await server.ConnectAsync(new DialogueLogin(address, password, "test"), limit.Token);
    }

    /// <summary>Stops it gracefully; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        return await serving.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }

    /// <summary>A writer that tells when the daemon is ready. Safe to read while it is written.</summary>
    private sealed class WatchedWriter : TextWriter
    {
        private readonly StringBuilder text = new();
        private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public Task Ready => ready.Task;

        public override void Write(char value)
        {
            lock (text)
                text.Append(value);
        }

        public override void Flush()
        {
            if (ToString().Split('\n').Any(line => line.Trim() == "ready"))
                ready.TrySetResult();
        }

        public override string ToString()
        {
            lock (text)
                return text.ToString();
        }
    }
}
