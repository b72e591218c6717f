using MucGen.Generator.Tests.Snapshots;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>The emitted dispatch, extension and configuration as they are read in review.</summary>
public sealed class DispatchSnapshotTests
{
    private static readonly Lazy<DispatchRun> Run = new(() => DispatchDriver.Run(DispatchSources.Complete));

    [Theory]
    [InlineData("Probe.ProbeTurnDispatch")]
    [InlineData("GeneratedExtension")]
    [InlineData("Probe.Settings.Fields")]
    public Task Emitted_file(string name)
    {
        Assert.Empty(Run.Value.Diagnostics);
        var emitted = Run.Value.Result.Results.SelectMany(generator => generator.GeneratedSources).Single(source => source.HintName == name + ".g.cs");
        return Snapshot.Verify(emitted.SourceText.ToString(), "cs", name);
    }
}
