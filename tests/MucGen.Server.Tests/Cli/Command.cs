using MucGen.Server.Cli;

namespace MucGen.Server.Tests.Cli;

/// <summary>One run of a command line: what it printed and its exit code.</summary>
internal sealed record Command(int Code, string Output, string Error)
{
    public static async Task<Command> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return new Command(code, output.ToString().Trim(), error.ToString().Trim());
    }
}
