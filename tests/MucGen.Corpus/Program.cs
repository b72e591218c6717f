using MucGen.Corpus;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: MucGen.Corpus FOLDER, a folder with the sources of the XEPs (xep-*.xml)");
    return 2;
}
var xeps = XepSource.FindAll(folder);
var published = PublishedSchema.FindAll(xeps, RepositoryFolders.Patches);
var trials = new SchemaTrials(published);
var results = published.Select(trials.Try).ToList();
CorpusReport.Print(Console.Out, results);
return results.Count == 0 ? 1 : 0;
