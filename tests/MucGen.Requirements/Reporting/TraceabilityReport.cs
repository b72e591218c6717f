using MucGen.Requirements.Citing;
using MucGen.Requirements.Reading;

namespace MucGen.Requirements.Reporting;

/// <summary>Every requirement with its proof, and what is wrong with the citations.</summary>
/// <param name="Rows">The requirements, in the order of the lists.</param>
/// <param name="Problems">
/// Citations of ids that do not exist, lost proofs, declined rows without reason or with proof, decisions that do not exist; a sentence each.
/// </param>
/// <param name="NewlyProved">How many rows are proved that the baseline does not have.</param>
public sealed record TraceabilityReport(IReadOnlyList<TracedRequirement> Rows, IReadOnlyList<string> Problems, int NewlyProved)
{
    /// <summary>Reads the lists and the tests of a repository.</summary>
    public static TraceabilityReport Of(Repository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var decided = repository.Decided();
        var requirements = RequirementLists.Read(repository.Lists)
            .Select(row => decided.TryGetValue(row.Id, out var decision) ? row with { YieldsTo = decision } : row).ToList();
        var citations = CitationCollector.Collect(repository, requirements);
        var report = Of(requirements, citations, repository.Declined(), repository.ProvedBefore());
        var known = requirements.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var odd = decided.SelectMany(row => new[] { row.Key, row.Value }).Where(id => !known.Contains(id));
        return report with { Problems = [.. report.Problems, .. odd.Select(id => $"decided.tsv has {id}, which no list has")] };
    }

    /// <summary>Brings requirements and citations together.</summary>
    public static TraceabilityReport Of(
        IReadOnlyList<Requirement> requirements,
        IReadOnlyList<Citation> citations,
        IReadOnlyDictionary<string, string> declined,
        IReadOnlyList<string> provedBefore)
    {
        var places = citations.ToLookup(citation => citation.Id, citation => citation.Place, StringComparer.Ordinal);
        var rows = requirements.Select(row => Trace(row, places, declined)).ToList();
        var known = requirements.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var proved = rows.Where(row => row.Status == ProofStatus.Proved).Select(row => row.Requirement.Id).ToHashSet(StringComparer.Ordinal);
        string[] problems =
        [
            .. citations.Where(c => !known.Contains(c.Id)).Select(c => $"{c.Place} cites {c.Id}, which no list has"),
            .. provedBefore.Where(id => !proved.Contains(id)).Select(id => $"{id} is in proved.txt, but no test cites it any more"),
            .. declined.Keys.Where(id => !known.Contains(id)).Select(id => $"declined.tsv has {id}, which no list has"),
            .. declined.Keys.Where(proved.Contains).Select(id => $"declined.tsv has {id}, which is proved"),
            .. declined.Where(row => row.Value.Length == 0).Select(row => $"declined.tsv gives no reason for {row.Key}"),
        ];
        return new TraceabilityReport(rows, problems, proved.Except(provedBefore).Count());
    }

    private static TracedRequirement Trace(
        Requirement row, ILookup<string, string> places, IReadOnlyDictionary<string, string> declined)
    {
        if (places.Contains(row.Id))
            return new(row, ProofStatus.Proved, string.Join(' ', places[row.Id].Distinct()));
        if (declined.TryGetValue(row.Id, out var reason))
            return new(row, ProofStatus.Declined, reason);
        if (row.YieldsTo is { } decision && places.Contains(decision))
            return new(row, ProofStatus.Proved, $"as {decision} decides: {string.Join(' ', places[decision].Distinct())}");
        return new(row, ProofStatus.Unproved, "");
    }
}
