using MucGen.Requirements.Reading;
using MucGen.Requirements.Reporting;
using Xunit;
using Xunit.Abstractions;

namespace MucGen.Rooms.Tests.Requirements;

/// <summary>The report about this repository: written by every run, and broken by a lost proof.</summary>
public sealed class TraceabilityTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_citation_names_a_requirement_and_no_proof_is_lost()
    {
        var repository = Repository.Around(AppContext.BaseDirectory);
        var report = TraceabilityReport.Of(repository);
        ReportWriter.WriteTable(report, repository);
        output.WriteLine(ReportWriter.Summary(report));
        Assert.Empty(report.Problems);
    }
}
