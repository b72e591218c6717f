using System.Collections.Immutable;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator;

namespace MucGen.Benchmarks;

/// <summary>
/// The generator itself over all schemas and forms of the repository: cold, after one schema was edited, after C# was edited. To hold: cold under a second; an edit
/// costs only what it changes. How often each step ran is asserted in the generator's tests.
/// </summary>
public class GeneratorBenchmarks
{
    private readonly CSharpParseOptions options = new(LanguageVersion.Latest);
    private ImmutableArray<AdditionalText> texts;
    private AdditionalText edited = null!;
    private AdditionalText original = null!;
    private CSharpCompilation compilation = null!;
    private CSharpCompilation editedCompilation = null!;
    private GeneratorDriver warm = null!;

    [GlobalSetup]
    public void Setup()
    {
        texts = [.. Definitions().Select(AdditionalText (path) => new FileText(path, File.ReadAllText(path)))];
        original = texts.Single(text => text.Path.EndsWith("muc-user.xsd", StringComparison.Ordinal));
        edited = new FileText(original.Path, original.GetText()!.ToString().Replace("name=\"thread\"", "name=\"threads\"", StringComparison.Ordinal));
        var tree = CSharpSyntaxTree.ParseText("class A;", options);
        compilation = CSharpCompilation.Create("Benchmark", [tree]);
        editedCompilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText("class B { int x; }", options));
        warm = Create().RunGenerators(compilation);
    }

    [Benchmark]
    public GeneratorDriver Cold() => Create().RunGenerators(compilation);

    [Benchmark]
    public GeneratorDriver OneSchemaEdited() => warm.ReplaceAdditionalText(original, edited).RunGenerators(compilation);

    [Benchmark]
    public GeneratorDriver CodeEdited() => warm.RunGenerators(editedCompilation);

    private CSharpGeneratorDriver Create() => CSharpGeneratorDriver.Create(
        [new SchemaGenerator().AsSourceGenerator(), new FormGenerator().AsSourceGenerator()], texts, options);

    private static IEnumerable<string> Definitions()
    {
        var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Schemas").Value!;
        return Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".xsd", StringComparison.Ordinal) || path.EndsWith(".form.xml", StringComparison.Ordinal));
    }

    private sealed class FileText(string path, string text) : AdditionalText
    {
        private readonly SourceText source = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => source;
    }
}
