using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MucGen.Benchmarks;

// Everything, with BenchmarkDotNet's own care:   dotnet run -c Release --project tests/MucGen.Benchmarks -- --filter '*'
// Emitted reading as a multiple of reading by hand: dotnet run -c Release --project tests/MucGen.Benchmarks -- ratio
// Quickly, in this process, for CI:              dotnet run -c Release --project tests/MucGen.Benchmarks -- --short [filter]
// The generator over everything that the XEPs publish:  MUCGEN_XEPS=FOLDER dotnet run -c Release --project tests/MucGen.Benchmarks -- --filter '*Published*'
if (args is ["ratio"])
    return ReadingRatio.Print(Console.Out) ? 0 : 1;
var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).HideColumns(Column.Error, Column.RatioSD);
string[] forwarded = args;
if (args is ["--short", ..])
{
    config = config.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    forwarded = ["--filter", .. args.Length > 1 ? args[1..] : ["*"]];
}
var benchmarks = typeof(DispatchBenchmarks).Assembly.GetTypes().Where(type => !type.IsAbstract && type.Name.EndsWith("Benchmarks", StringComparison.Ordinal));
if (!PublishedGeneratorBenchmarks.CanRun)
{
    benchmarks = benchmarks.Where(type => type != typeof(PublishedGeneratorBenchmarks));
    Console.WriteLine($"// {nameof(PublishedGeneratorBenchmarks)} skipped: {PublishedGeneratorBenchmarks.FolderVariable} names no folder with the sources of the XEPs");
}
var summaries = BenchmarkSwitcher.FromTypes([.. benchmarks]).Run(forwarded, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
