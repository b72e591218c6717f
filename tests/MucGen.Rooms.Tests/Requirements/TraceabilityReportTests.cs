using MucGen.Requirements.Citing;
using MucGen.Requirements.Reading;
using MucGen.Requirements.Reporting;
using Xunit;

namespace MucGen.Rooms.Tests.Requirements;

public sealed class TraceabilityReportTests
{
    private static readonly Requirement[] Rows =
    [
        new("list", "first", "MUST", "", null),
        new("list", "second", "SHOULD", "", YieldsTo: "decision"),
        new("list", "third", "MAY", "", null),
        new("list", "decision", "FACT", "", null),
    ];

    [Fact]
    public void A_row_is_proved_by_its_citations_or_declined_by_its_reason()
    {
        var report = Report([new("first", "a.scs"), new("first", "b.cs:7"), new("first", "a.scs")], declined: new() { ["third"] = "not built" });
        Assert.Equal(
            [(ProofStatus.Proved, "a.scs b.cs:7"), (ProofStatus.Unproved, ""), (ProofStatus.Declined, "not built"), (ProofStatus.Unproved, "")],
            report.Rows.Select(row => (row.Status, row.Grounds)));
        Assert.Empty(report.Problems);
        Assert.Equal(1, report.NewlyProved);
    }

    [Fact]
    public void An_overridden_row_is_settled_by_the_proof_of_the_decision() =>
        Assert.Equal((ProofStatus.Proved, "as decision decides: a.scs"), Report([new("decision", "a.scs")]).Rows.Select(row => (row.Status, row.Grounds)).ElementAt(1));

    [Fact]
    public void What_does_not_exist_is_a_problem()
    {
        Assert.Equal(["a.scs cites fourth, which no list has"], Report([new("fourth", "a.scs")]).Problems);
        Assert.Equal(["declined.tsv has fourth, which no list has"], Report([], declined: new() { ["fourth"] = "why" }).Problems);
    }

    [Fact]
    public void A_proof_of_the_baseline_may_not_be_lost() =>
        Assert.Equal(["first is in proved.txt, but no test cites it any more"], Report([new("third", "a.scs")], provedBefore: ["first", "third"]).Problems);

    [Fact]
    public void A_row_is_declined_with_a_reason_and_not_when_it_is_proved()
    {
        Assert.Equal(["declined.tsv has first, which is proved"], Report([new("first", "a.scs")], declined: new() { ["first"] = "why" }).Problems);
        Assert.Equal(["declined.tsv gives no reason for first"], Report([], declined: new() { ["first"] = "" }).Problems);
    }

    private static TraceabilityReport Report(
        Citation[] citations, Dictionary<string, string>? declined = null, string[]? provedBefore = null) =>
        TraceabilityReport.Of(Rows, citations, declined ?? [], provedBefore ?? []);
}
