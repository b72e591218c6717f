using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MucGen.Server.Tests.Clients;

/// <summary>A client program of another project, run as a child process; it prints its findings as a line of JSON.</summary>
internal sealed record ClientProgram(string Name, string Executable, string Script, string HowToInstall, Func<bool> IsInstalled)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Folder = Path.Combine(DaemonFixture.ProjectFolder, "Clients");

    // Debian's package belongs to Debian's interpreter, whatever 'python3' means in this shell.
    public static ClientProgram Slixmpp { get; } = new(
        "slixmpp",
        "/usr/bin/python3",
        Path.Combine(Folder, "slixmpp", "client.py"),
        "apt-get install python3-slixmpp",
        static () => File.Exists("/usr/bin/python3") && Run("/usr/bin/python3", "-c", "import slixmpp").ExitCode == 0);

    public static ClientProgram XmppJs { get; } = new(
        "@xmpp/client",
        "node",
        Path.Combine(Folder, "xmpp-js", "client.js"),
        "npm ci in tests/MucGen.Server.Tests/Clients/xmpp-js",
        static () => Directory.Exists(Path.Combine(Folder, "xmpp-js", "node_modules", "@xmpp", "client")) && IsOnPath("node"));

    /// <summary>Runs the program against the daemon and returns what it found.</summary>
    public async Task<JsonElement> PlayAsync(DaemonFixture daemon, string room)
    {
        var (first, second) = ($"{room}-alice", $"{room}-bob");
        await daemon.RegisterAsync(first);
        await daemon.RegisterAsync(second);
        var port = daemon.Port.ToString(CultureInfo.InvariantCulture);
        var (_, output, errors) = await Task.Run(() => Run(
            Executable, Script, "127.0.0.1", port, "localhost", "conference.localhost", room, first, second, DaemonFixture.Password));
        var findings = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(line => line.StartsWith('{'))
            ?? throw new InvalidOperationException($"{Name} reported nothing: {output}{errors}");
        return JsonSerializer.Deserialize<JsonElement>(findings);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static (int ExitCode, string Output, string Errors) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
