using System.Xml;
using System.Xml.Schema;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using MucGen.Corpus;

namespace MucGen.Benchmarks;

/// <summary>
/// Over everything that the XEPs publish; beside it, how long the platform's own XmlSchemaSet takes to read and compile those schemas that it can. Needs the sources of the
/// XEPs; see <see cref="FolderVariable"/>.
/// </summary>
public class PublishedGeneratorBenchmarks : GeneratorBenchmarks
{
    /// <summary>The environment variable that names a folder with the sources of the XEPs (xep-*.xml); without it these are not run.</summary>
    public const string FolderVariable = "MUCGEN_XEPS";

    private readonly List<string> compilable = [];

    /// <summary>Whether they can run here.</summary>
    public static bool CanRun => Directory.Exists(Environment.GetEnvironmentVariable(FolderVariable));

    [GlobalSetup]
    public void Setup()
    {
        SetUp(
            PublishedDefinitions.In(Environment.GetEnvironmentVariable(FolderVariable)!).Select(AdditionalText (file) => new DefinitionText(file.Path, file.Text)),
            "targetNamespace='urn:xmpp:receipts'",
            "name='id'",
            "name='ident'");
        var schemas = Texts.Where(text => text.Path.EndsWith(".xsd", StringComparison.Ordinal)).Select(text => text.GetText()!.ToString()).ToList();
        compilable.AddRange(schemas.Where(IsCompilable));
        Console.WriteLine($"// {schemas.Count} schemas, {EmittedFiles} files; XmlSchemaSet compiles {compilable.Count}");
    }

    [Benchmark(Baseline = true)]
    public int XmlSchemaSetCompiles() => compilable.Count(IsCompilable);

    private static bool IsCompilable(string text)
    {
        try
        {
            var set = new XmlSchemaSet { XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()));
            set.Add(null, reader);
            set.Compile();
            return true;
        }
        catch (Exception e) when (e is XmlSchemaException or XmlException)
        {
            return false;
        }
    }
}
