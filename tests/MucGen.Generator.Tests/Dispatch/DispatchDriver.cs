using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MucGen.Corpus;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>What a run of the generators yields.</summary>
internal sealed record DispatchRun(Compilation Output, ImmutableArray<Diagnostic> Diagnostics, GeneratorDriverRunResult Result);

/// <summary>The reason why a step ran, or did not, after an edit.</summary>
internal sealed record StepReason(string Step, IncrementalStepRunReason Reason);

/// <summary>
/// Runs the generators as a project of an application would have them: references to MucGen.Protocol and MucGen.Xml, its own sources and schemas.
/// Every run is made twice, and the second must find everything cached.
/// </summary>
internal static class DispatchDriver
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);
    private static readonly string[] TrackedSteps =
        ["Dispatch.0_ReadHandlers", "Dispatch.1_ReadFeatures", "Dispatch.2_Compose", "Dispatch.3_Extension", "Fields.0_Read", "Form.0_Read", "Form.1_Emit"];


    public static DispatchRun Run(string source, params (string Name, string Text)[] schemas)
    {
        var compilation = Compile(source);
        var driver = Create(schemas).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        AssertCached(driver.RunGenerators(compilation.Clone()).GetRunResult());
        return new DispatchRun(output, diagnostics, driver.GetRunResult());
    }

    /// <summary>The diagnostics of one generator.</summary>
    public static ImmutableArray<Diagnostic> DiagnosticsOf(IIncrementalGenerator generator, string source, params (string Name, string Text)[] schemas)
    {
        Create([generator.AsSourceGenerator()], schemas).RunGeneratorsAndUpdateCompilation(Compile(source), out _, out var diagnostics);
        return diagnostics;
    }

    /// <summary>The reasons of all tracked steps when <paramref name="source"/> is edited to <paramref name="edited"/>.</summary>
    public static IReadOnlyList<StepReason> ReasonsAfterEdit(string source, string edited)
    {
        Assert.NotEqual(source, edited);
        var compilation = Compile(source);
        var driver = Create([]).RunGenerators(compilation);
        var after = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(), Parse(edited));
        return Reasons(driver.RunGenerators(after).GetRunResult());
    }

    private static CSharpGeneratorDriver Create((string Name, string Text)[] schemas) => Create(
        [
            new SchemaGenerator().AsSourceGenerator(),
            new FormGenerator().AsSourceGenerator(),
            new DispatchGenerator().AsSourceGenerator(),
            new FieldGenerator().AsSourceGenerator(),
        ],
        schemas);

    private static CSharpGeneratorDriver Create(ISourceGenerator[] generators, (string Name, string Text)[] schemas) => CSharpGeneratorDriver.Create(
        generators: generators,
        additionalTexts: schemas.Select(schema => new SchemaText(schema.Name, schema.Text)),
        parseOptions: ParseOptions,
        optionsProvider: new ProbeOptions(),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Probe",
        [Parse(source)],
        Emission.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions, path: "Probe.cs");

    private static void AssertCached(GeneratorDriverRunResult result) =>
        Assert.All(Reasons(result), reason => Assert.Contains(reason.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));

    private static List<StepReason> Reasons(GeneratorDriverRunResult result) =>
    [
        .. from generator in result.Results
           from step in TrackedSteps
           where generator.TrackedSteps.ContainsKey(step)
           from run in generator.TrackedSteps[step]
           from output in run.Outputs
           select new StepReason(step, output.Reason),
    ];

    private sealed class SchemaText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
