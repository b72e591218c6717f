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

    /// <summary>Nothing that XEP-0045 demands or recommends is left out, and a new row of the list is no exception.</summary>
    [Fact]
    public void Every_obligation_of_xep_0045_is_proved()
    {
        var report = TraceabilityReport.Of(Repository.Around(AppContext.BaseDirectory));
        var obligations = report.Rows.Where(row => row.Requirement is { List: "xep-0045", IsObligation: true }).ToList();
        Assert.NotEmpty(obligations);
        Assert.Empty(obligations.Where(row => row.Status != ProofStatus.Proved).Select(row => row.Requirement.Id));
    }
}
