using System.Reflection;

namespace MucGen.Server.Cli;

/// <summary>How the operator can type the name of this program, so that a command we suggest runs when it is pasted.</summary>
internal static class CommandName
{
    private const string Name = "mucgen";

    /// <summary><c>mucgen</c> when the shell finds it, else the path of what is running; relative when that is shorter to read.</summary>
    public static string Current { get; } = Find(Environment.ProcessPath, Environment.GetEnvironmentVariable("PATH"));

    private static string Find(string? process, string? searchPath)
    {
        if (process is null || Assembly.GetEntryAssembly() != typeof(CommandName).Assembly)
            return Name;
        if (Path.GetFileNameWithoutExtension(process) != Name)
            return $"{Path.GetFileNameWithoutExtension(process)} {Readable(Path.Combine(AppContext.BaseDirectory, Name + ".dll"))}";
        var folders = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Any(folder => File.Exists(Path.Combine(folder, Path.GetFileName(process)))) ? Name : Readable(process);
    }

    private static string Readable(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        var shown = relative.StartsWith("..", StringComparison.Ordinal) || !relative.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : relative;
        return shown.Contains(' ', StringComparison.Ordinal) ? $"\"{shown}\"" : shown;
    }
}
