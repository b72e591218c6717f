using System.Diagnostics;
using System.Globalization;
using MucGen.Simulation;

// dotnet run -c Release --project tests/MucGen.Simulation -- --seeds 10000 [--first N] [--steps N]     plays seeds; says each finding, fails when there is one
// dotnet run -c Release --project tests/MucGen.Simulation -- --seconds 60 [--first N] [--steps N]      the same, as many as fit
// dotnet run -c Release --project tests/MucGen.Simulation -- transcribe --first N                      prints all that is said in one seed
// dotnet run -c Release --project tests/MucGen.Simulation -- kills --count 200 [--first N]             kills the daemon under load; fails when something acknowledged is lost
return args switch
{
    ["kills", ..] => await KillAsync(),
    ["transcribe", ..] => Transcribe(),
    _ => Play(),
};

int Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}

int Play()
{
    const int mostFindings = 5;
    var first = Option("--first", 1);
    var seeds = Option("--seeds", args.Contains("--seconds") ? int.MaxValue : 1000);
    var time = TimeSpan.FromSeconds(Option("--seconds", int.MaxValue));
    var steps = Option("--steps", RoomSimulation.DefaultSteps);
    var watch = Stopwatch.StartNew();
    var findings = 0;
    var played = 0;
    for (; played < seeds && watch.Elapsed < time && findings < mostFindings; played++)
    {
        if (RoomSimulation.Play(first + played, steps) is not { } finding)
            continue;
        findings++;
        Console.WriteLine(finding);
    }
    Console.WriteLine($"{played} seeds from {first} in {watch.Elapsed.TotalSeconds:F0} s, {findings} findings");
    return findings == 0 ? 0 : 1;
}

int Transcribe()
{
    Console.Write(RoomSimulation.Transcribe(Option("--first", 1)));
    return 0;
}

async Task<int> KillAsync()
{
    var watch = Stopwatch.StartNew();
    var report = await KillTrial.RunAsync(Option("--count", 200), Option("--first", 1));
    foreach (var problem in report.Problems)
        Console.WriteLine(problem);
    Console.WriteLine(
        $"{report.Kills} kills in {watch.Elapsed.TotalSeconds:F0} s: {report.Acknowledgements} acknowledged changes, {report.Problems.Count} findings; "
        + $"{report.LostMessages} messages of the last moments are not in the history");
    return report.Problems.Count == 0 ? 0 : 1;
}
