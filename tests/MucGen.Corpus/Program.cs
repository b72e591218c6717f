using MucGen.Corpus;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: MucGen.Corpus FOLDER, a folder with the sources of the XEPs (xep-*.xml)");
    return 2;
}
return CorpusRun.Prove(folder, Console.Out) ? 0 : 1;
