using MucGen.Requirements.Reading;
using MucGen.Transcripts.Grammar;

namespace MucGen.Requirements.Citing;

/// <summary>Collects what the tests of a repository cite: transcripts, code, and tests driven by a list.</summary>
public static class CitationCollector
{
    private static readonly string[] Outputs = ["bin", "obj", "node_modules"];

    /// <summary>Every citation below <c>tests/</c>, in the order of the paths.</summary>
    public static IReadOnlyList<Citation> Collect(Repository repository, IReadOnlyList<Requirement> requirements)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var citations = new List<Citation>();
        foreach (var file in SourceFiles(repository.Tests))
        {
            var place = Path.GetRelativePath(repository.Root, file).Replace('\\', '/');
            var text = File.ReadAllText(file);
            if (Path.GetExtension(file) == ".scs")
            {
                citations.AddRange(TranscriptParser.Parse(place, text).Proves.Select(id => new Citation(id, place)));
                continue;
            }

            citations.AddRange(CodeCitations.In(place, text));
            foreach (var (list, except, at) in CodeCitations.TablesIn(place, text))
                citations.AddRange(Rows(repository, requirements, list, except, at));
        }

        return citations;
    }

    private static IEnumerable<Citation> Rows(
        Repository repository, IReadOnlyList<Requirement> requirements, string list, string? except, string place)
    {
        var undecided = except is null ? [] : repository.Exceptions(except).Keys.ToHashSet(StringComparer.Ordinal);
        var rows = requirements.Where(row => row.List == list).ToList();
        if (rows.Count == 0)
            return [new Citation(list, place)]; // reported as an id that does not exist
        return rows.Where(row => !undecided.Contains(row.Id)).Select(row => new Citation(row.Id, place));
    }

    // This project is left out: it speaks of ids without proving anything.
    private static IEnumerable<string> SourceFiles(string tests) =>
        Directory.EnumerateFiles(tests, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".scs")
            .Where(file => Path.GetRelativePath(tests, file).Split('/', '\\') is var parts
                && parts[0] != "MucGen.Requirements" && !parts.Intersect(Outputs).Any())
            .Order(StringComparer.Ordinal);
}
