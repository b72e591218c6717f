using MucGen.Corpus;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: MucGen.Corpus FOLDER, a folder with the sources of the XEPs (xep-*.xml)");
    return 2;
}
var xeps = XepSource.FindAll(folder);
var published = PublishedSchema.FindAll(xeps, RepositoryFolders.Patches);
var trials = new SchemaTrials(published);
var results = new List<TrialResult>();
foreach (var schema in published)
{
    results.Add(trials.Try(schema, out var compiled));
    compiled?.Dispose();
}
CorpusReport.Print(Console.Out, results);
return results.Count == 0 ? 1 : 0;
