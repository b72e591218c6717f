namespace MucGen.Corpus;

/// <summary>Prints what became of the schemas: a line each, the reasons of rejection by frequency, and the sum.</summary>
internal static class CorpusReport
{
    public static void Print(TextWriter output, IReadOnlyList<TrialResult> results)
    {
        foreach (var result in results)
        {
            output.WriteLine(result.Problem is { } problem
                ? $"rejected      {result.Schema}: {problem.Place}: {problem.Id}: {problem.Message}"
                : $"as published  {result.Schema}: {result.Files} files");
        }
        output.WriteLine();
        foreach (var same in results.Where(result => result.Problem is not null).GroupBy(Kind).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal))
            output.WriteLine($"{same.Count(),4}  {same.Key}");
        var rejected = results.Count(result => result.Problem is not null);
        output.WriteLine();
        output.WriteLine($"schemas: {results.Count - rejected} as published, 0 by repair rules, 0 patched, {rejected} rejected of {results.Count}");
    }

    /// <summary>What rejections have in common: for a construct that is not supported its name, else the kind of problem.</summary>
    private static string Kind(TrialResult result)
    {
        var problem = result.Problem!;
        var isConstruct = problem.Id is "MG1003" or "MG1004" or "MG1013" or "MG1006";
        return $"{problem.Id} {(isConstruct ? Construct(problem.Message) : problem.Format)}";
    }

    /// <summary>The message without the name of the declaration that the construct is in.</summary>
    private static string Construct(string message)
    {
        var of = message.IndexOf(" in '", StringComparison.Ordinal);
        var end = of < 0 ? -1 : message.IndexOf('\'', of + 5);
        return end < 0 ? message : message[..of] + message[(end + 1)..];
    }
}
