using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MucGen.Server.Storage;

namespace MucGen.Server.Cli;

/// <summary>Serves the command line while the daemon runs: a socket in the data folder that only its owner may open, one request a connection.</summary>
public sealed partial class ControlSocket : BackgroundService
{
    /// <summary>The longest request or reply that is read, in bytes.</summary>
    public const int MaxLineBytes = 16 * 1024 * 1024;

    /// <summary>The longest path that a Unix socket may have on every system we run on.</summary>
    private const int MaxPathBytes = 103;

    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);

    private readonly DataFolder folder;
    private readonly Administration administration;
    private readonly TimeProvider time;
    private readonly ILogger<ControlSocket> logger;
    private Socket? listener;

    /// <summary>Creates the service; it listens once started.</summary>
    public ControlSocket(DataFolder folder, Administration administration, TimeProvider time, ILogger<ControlSocket> logger)
    {
        this.folder = folder;
        this.administration = administration;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Binds the socket, so that commands work as soon as the daemon says that it is ready.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        listener = Bind(folder.ControlSocketPath);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Asks the daemon that owns a data folder; null when none answers there.</summary>
    public static async Task<AdminReply?> AskAsync(string socketPath, AdminRequest request, CancellationToken cancellationToken)
    {
        if (!File.Exists(socketPath))
            return null;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        }
        catch (SocketException)
        {
            return null;
        }

        await using var stream = new NetworkStream(socket);
        await WriteLineAsync(stream, JsonSerializer.SerializeToUtf8Bytes(request, AdminJson.Default.AdminRequest), cancellationToken);
        var line = await ReadLineAsync(stream, cancellationToken);
        return line is null
            ? AdminReply.Failed("The daemon closed the connection without an answer; see its log.")
            : JsonSerializer.Deserialize(line, AdminJson.Default.AdminReply);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (listener is not null)
        {
            listener.Dispose();
            File.Delete(folder.ControlSocketPath);
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (listener is null)
            return;
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(stoppingToken);
                _ = ServeAsync(socket, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private static async Task WriteLineAsync(NetworkStream stream, byte[] json, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(json, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    private static async Task<string?> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new MemoryStream();
        var buffer = new byte[4096];
        while (line.Length < MaxLineBytes)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                return null;
            var end = Array.IndexOf(buffer, (byte)'\n', 0, read);
            await line.WriteAsync(buffer.AsMemory(0, end < 0 ? read : end), cancellationToken);
            if (end >= 0)
                return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
        }

        return null;
    }

    private Socket? Bind(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > MaxPathBytes)
        {
            PathTooLong(logger, path, MaxPathBytes);
            return null;
        }

        // The folder's lock is ours, so a socket that is there was left by a daemon that was killed.
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // Nobody can connect before this, so nobody gets in before the mode is set.
        socket.Listen();
        return socket;
    }

    private async Task ServeAsync(Socket socket, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(RequestTime, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            if (await ReadLineAsync(stream, linked.Token) is not { } line)
                return;
            var request = JsonSerializer.Deserialize(line, AdminJson.Default.AdminRequest);
            var reply = request is null
                ? AdminReply.Failed("The request is empty.")
                : await administration.ExecuteAsync(request, linked.Token);
            if (request is not null)
                LogOutcome(request, reply);
            await WriteLineAsync(stream, JsonSerializer.SerializeToUtf8Bytes(reply, AdminJson.Default.AdminReply), linked.Token);
        }
        catch (Exception e) when (e is IOException or JsonException or OperationCanceledException)
        {
            RequestFailed(logger, e);
        }
    }

    private void LogOutcome(AdminRequest request, AdminReply reply)
    {
        if (reply.IsDone)
            Executed(logger, request.Command, request.Address ?? "");
        else
            Refused(logger, request.Command, request.Address ?? "", reply.Lines);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Done for the command line: {Command} {Address}")]
    private static partial void Executed(ILogger logger, AdminCommand command, string address);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "Refused to the command line: {Command} {Address}. {Reason}")]
    private static partial void Refused(ILogger logger, AdminCommand command, string address, IReadOnlyList<string> reason);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "A request on the control socket was not answered")]
    private static partial void RequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 5004,
        Level = LogLevel.Warning,
        Message = "The path {Path} is longer than {Limit} bytes, the most for a socket; commands do not work while this daemon runs. Use a data folder with a shorter path")]
    private static partial void PathTooLong(ILogger logger, string path, int limit);
}
