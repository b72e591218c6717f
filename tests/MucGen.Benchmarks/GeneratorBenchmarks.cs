using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MucGen.Corpus;
using MucGen.Generator;

namespace MucGen.Benchmarks;

/// <summary>
/// The generator itself over many definitions in one compilation: cold, after one schema was edited, after C# was edited. To hold: cold under a second; an edit costs only
/// what it changes. How often each step ran is asserted in the generator's tests.
/// </summary>
public abstract class GeneratorBenchmarks
{
    private readonly CSharpParseOptions options = new(LanguageVersion.Latest);
    private AdditionalText original = null!;
    private AdditionalText edited = null!;
    private CSharpCompilation compilation = null!;
    private CSharpCompilation editedCompilation = null!;
    private GeneratorDriver warm = null!;

    /// <summary>The definitions, once set up.</summary>
    protected ImmutableArray<AdditionalText> Texts { get; private set; }

    /// <summary>How many files are emitted, once set up.</summary>
    protected int EmittedFiles => warm.GetRunResult().GeneratedTrees.Length;

    [Benchmark]
    public GeneratorDriver Cold() => Create().RunGenerators(compilation);

    [Benchmark]
    public GeneratorDriver OneSchemaEdited() => warm.ReplaceAdditionalText(original, edited).RunGenerators(compilation);

    [Benchmark]
    public GeneratorDriver CodeEdited() => warm.RunGenerators(editedCompilation);

    /// <summary>Runs once over the definitions; the edit is of the one schema that has <paramref name="place"/> in it.</summary>
    protected void SetUp(IEnumerable<AdditionalText> definitions, string place, string before, string after)
    {
        Texts = [.. definitions];
        original = Texts.Single(text => text.GetText()!.ToString().Contains(place, StringComparison.Ordinal));
        edited = new DefinitionText(original.Path, original.GetText()!.ToString().Replace(before, after, StringComparison.Ordinal));
        var tree = CSharpSyntaxTree.ParseText("class A;", options);
        compilation = CSharpCompilation.Create("Benchmark", [tree]);
        editedCompilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText("class B { int x; }", options));
        warm = Create().RunGenerators(compilation);
    }

    private CSharpGeneratorDriver Create() => CSharpGeneratorDriver.Create(
        [new SchemaGenerator().AsSourceGenerator(), new FormGenerator().AsSourceGenerator()], Texts, options);
}
