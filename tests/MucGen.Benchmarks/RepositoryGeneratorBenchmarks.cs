using System.Reflection;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using MucGen.Corpus;

namespace MucGen.Benchmarks;

/// <summary>Over all schemas and forms of the repository.</summary>
public class RepositoryGeneratorBenchmarks : GeneratorBenchmarks
{
    [GlobalSetup]
    public void Setup() => SetUp(
        Definitions().Select(AdditionalText (path) => new DefinitionText(path, File.ReadAllText(path))),
        "targetNamespace=\"http://jabber.org/protocol/muc#user\"",
        "name=\"thread\"",
        "name=\"threads\"");

    private static IEnumerable<string> Definitions()
    {
        var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Schemas").Value!;
        return Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".xsd", StringComparison.Ordinal) || path.EndsWith(".form.xml", StringComparison.Ordinal));
    }
}
