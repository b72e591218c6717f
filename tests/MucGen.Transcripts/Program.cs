using System.Globalization;
using MucGen.Transcripts;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

try
{
    var command = CommandLine.Parse(args);
    var files = ScriptFiles.Find(command.Paths);
    return command.Command == "check" ? Check(files) : await RunAsync(command, files);
}
catch (Exception e) when (e is FormatException or FileNotFoundException)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine();
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

static int Check(IReadOnlyList<string> files)
{
    var failed = 0;
    foreach (var file in files)
    {
        if (TryLoad(() => ScriptFiles.Load(file), out var transcript) is { } problem)
        {
            failed++;
            Console.WriteLine($"FAIL {problem}");
        }
        else
        {
            Console.WriteLine($"ok   {file}: {transcript!.Title} ({string.Join(' ', transcript.Proves)})");
        }
    }

    return Summarise(files.Count - failed, failed);
}

static async Task<int> RunAsync(CommandLine command, IReadOnlyList<string> files)
{
    await using var server = new TcpDialogueServer(command.Tcp);
    var (passed, failed) = (0, 0);
    foreach (var file in files)
    {
        for (var round = 1; round <= command.Repeat; round++)
        {
            var failure = TryLoad(() => ScriptFiles.Load(file, command.Domain, command.MucDomain), out var transcript)
                ?? (await TranscriptRunner.RunAsync(transcript!, server, command.Patience)).Failure;
            Console.WriteLine(failure is null ? $"ok   {file}" : $"FAIL {failure}");
            if (failure is null)
                passed++;
            else
                failed++;
        }
    }

    return Summarise(passed, failed);
}

static string? TryLoad(Func<Transcript> load, out Transcript? transcript)
{
    try
    {
        transcript = load();
        return null;
    }
    catch (TranscriptSyntaxException e)
    {
        transcript = null;
        return e.Message;
    }
}

static int Summarise(int passed, int failed)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"scripts: {passed} passed, {failed} failed"));
    return failed == 0 ? 0 : 1;
}
