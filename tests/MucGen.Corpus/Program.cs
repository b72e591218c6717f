using MucGen.Corpus;
using MucGen.Corpus.Proofs;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: MucGen.Corpus FOLDER, a folder with the sources of the XEPs (xep-*.xml)");
    return 2;
}
var xeps = XepSource.FindAll(folder);
var published = PublishedSchema.FindAll(xeps, RepositoryFolders.Patches);
var trials = new SchemaTrials(published);
var examples = new ExampleProofs();
var results = new List<TrialResult>();
foreach (var schema in published)
{
    results.Add(trials.Try(schema, out var compiled));
    if (compiled is not null)
        examples.Add(schema, compiled);
}
var example = examples.Prove(xeps);
CorpusReport.Print(Console.Out, results, example);
return results.Count == 0 || example.Failures.Count > 0 || results.Any(result => result.Proof.Failures.Count > 0) ? 1 : 0;
