using MucGen.Server.Configuration;

namespace MucGen.Server.Cli;

/// <summary><c>mucgen check-config</c>: every setting in force, then every problem.</summary>
internal static class CheckConfiguration
{
    /// <summary>Prints and returns the exit code.</summary>
    public static int Run(IReadOnlyDictionary<string, string?> commandLine, CommandConsole console)
    {
        var report = OptionsReader.Read(ConfigurationSources.Build(commandLine));
        foreach (var setting in report.Settings)
            console.Output.WriteLine($"{setting.Key} = {setting.Value}{(setting.IsDefault ? "  (default)" : "")}");
        return ShowProblems(report, console) ? CommandLine.Misuse : CommandLine.Success;
    }

    /// <summary>Prints the problems, if there are any, to the error output.</summary>
    public static bool ShowProblems(ConfigurationReport report, CommandConsole console)
    {
        foreach (var problem in report.Problems)
            console.Error.WriteLine($"Configuration: {problem}");
        return report.Problems.Count > 0;
    }
}
