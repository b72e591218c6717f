using MucGen.Corpus.Proofs;

namespace MucGen.Corpus;

/// <summary>One run over a folder: schemas are found, tried and proved, then the examples.</summary>
internal static class CorpusRun
{
    /// <summary>Runs and prints what it finds.</summary>
    /// <param name="folder">The folder with the sources of the XEPs.</param>
    /// <param name="output">Where the report goes.</param>
    /// <returns>Whether there is something to prove and all of it is.</returns>
    public static bool Prove(string folder, TextWriter output)
    {
        var xeps = XepSource.FindAll(folder);
        var published = PublishedSchema.FindAll(xeps, RepositoryFolders.Patches);
        var trials = new SchemaTrials(published);
        using var examples = new ExampleProofs();
        var results = new List<TrialResult>();
        foreach (var schema in published)
        {
            results.Add(trials.Try(schema, out var compiled));
            if (compiled is not null)
                examples.Add(schema, compiled);
        }
        var example = examples.Prove(xeps);
        CorpusReport.Print(output, results, example);
        return results.Count > 0 && example.Failures.Count == 0 && results.TrueForAll(result => result.Proof.Failures.Count == 0);
    }
}
