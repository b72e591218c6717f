using MucGen.Corpus.Proofs;

namespace MucGen.Corpus;

/// <summary>Prints what became of the schemas: a line each, the reasons of rejection by frequency, the examples that are not as their schema says, and the sums.</summary>
internal static class CorpusReport
{
    private const int ShownFailures = 10;

    private static readonly Dictionary<TrialOutcome, string> Words = new()
    {
        [TrialOutcome.AsPublished] = "as published",
        [TrialOutcome.Repaired] = "repaired",
        [TrialOutcome.Patched] = "patched",
        [TrialOutcome.Rejected] = "rejected",
    };

    public static void Print(TextWriter output, IReadOnlyList<TrialResult> results, ExampleResult examples)
    {
        foreach (var result in results)
            PrintSchema(output, result);
        output.WriteLine();
        foreach (var same in results.Where(result => result.Problem is not null).GroupBy(Kind).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal))
            output.WriteLine($"{same.Count(),4}  {same.Key}");
        output.WriteLine();
        foreach (var failure in examples.Failures)
            output.WriteLine($"NOT PROVED: {failure}");
        foreach (var listed in examples.Listed)
            output.WriteLine($"listed  {listed}");
        output.WriteLine();
        PrintSums(output, results, examples);
    }

    private static void PrintSchema(TextWriter output, TrialResult result)
    {
        output.WriteLine(result.Problem is { } problem
            ? $"rejected      {result.Schema}: {problem.Place}: {problem.Id}: {problem.Message}"
            : $"{Words[result.Outcome],-12}  {result.Schema}: {result.Files} files");
        foreach (var repair in result.Repairs)
            output.WriteLine($"              {repair.Place}: {repair.Message}");
        foreach (var failure in result.Proof.Failures.Take(ShownFailures))
            output.WriteLine($"              NOT PROVED: {failure}");
        if (result.Proof.Failures.Count > ShownFailures)
            output.WriteLine($"              NOT PROVED: and {result.Proof.Failures.Count - ShownFailures} more");
    }

    private static void PrintSums(TextWriter output, IReadOnlyList<TrialResult> results, ExampleResult examples)
    {
        var proofs = results.Aggregate(ProofResult.None, (sum, result) => sum + result.Proof);
        output.WriteLine($"proofs: {proofs.Elements} elements by {proofs.Instances} instances, {proofs.Agreed} of them valid for XmlSchemaSet too, and {proofs.Mutations} changed ones, {proofs.Failures.Count} not proved; examples not proved: {examples.Failures.Count}");
        var wellFormed = results.Where(result => result.Schema.IsWellFormed).ToList();
        output.WriteLine($"well-formed schemas: {wellFormed.Count(result => result.Outcome is TrialOutcome.AsPublished or TrialOutcome.Repaired)} without a patch, {Count(wellFormed, TrialOutcome.Patched)} patched, {Count(wellFormed, TrialOutcome.Rejected)} rejected of {wellFormed.Count}");
        output.WriteLine(
            $"schemas: {Count(results, TrialOutcome.AsPublished)} as published, {Count(results, TrialOutcome.Repaired)} by repair rules, {Count(results, TrialOutcome.Patched)} patched, {Count(results, TrialOutcome.Rejected)} rejected of {results.Count}; "
            + $"examples: {examples.Read} read, {examples.Listed.Count} listed of {examples.All}");
    }

    private static int Count(IEnumerable<TrialResult> results, TrialOutcome outcome) => results.Count(result => result.Outcome == outcome);

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
