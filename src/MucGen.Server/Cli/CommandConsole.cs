namespace MucGen.Server.Cli;

/// <summary>Where a command writes and, for a password, reads.</summary>
internal sealed class CommandConsole(TextWriter output, TextWriter error, TextReader input)
{
    /// <summary>What was asked for.</summary>
    public TextWriter Output => output;

    /// <summary>Why it could not be had.</summary>
    public TextWriter Error => error;

    /// <summary>One line of standard input; a person at a terminal is asked for it, and it is not shown.</summary>
    public string ReadPassword()
    {
        if (Console.IsInputRedirected)
            return input.ReadLine() ?? "";
        error.Write("Password: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0')
                typed.Append(key.KeyChar);
        }

        error.WriteLine();
        return typed.ToString();
    }

    /// <summary>Shows an answer; the exit code that goes with it.</summary>
    public int Show(AdminReply reply)
    {
        var writer = reply.IsDone ? output : error;
        foreach (var line in reply.Lines)
            writer.WriteLine(line);
        return reply.IsDone ? CommandLine.Success : CommandLine.Failure;
    }
}
