using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MucGen.Corpus;
using MucGen.Generator.Model;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>A definition file; without a text it cannot be read.</summary>
public sealed record Definition(string Path, string? Text);

/// <summary>What a run yields.</summary>
internal sealed record SchemaRun(Compilation Output, ImmutableArray<Diagnostic> Diagnostics, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The emitted file of that hint name.</summary>
    public string this[string hintName] => Files.TryGetValue(hintName, out var text) ? text : throw new KeyNotFoundException($"{hintName} is none of {string.Join(", ", Files.Keys)}");
}

/// <summary>
/// Runs the schema and form pipelines. Every run is made twice, and the second must find each step cached; what steps pass on must hold
/// nothing of the compiler.
/// </summary>
internal static class SchemaDriver
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);


    /// <summary>Runs, runs again, and expects the second run to find everything cached.</summary>
    public static SchemaRun Run(string source, params Definition[] definitions)
    {
        var compilation = Compile(source);
        var driver = Create(definitions).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        var first = driver.GetRunResult();
        Assert.All(first.Results, generator => Assert.Null(generator.Exception));
        foreach (var step in first.Results.SelectMany(generator => generator.TrackedSteps).Where(IsOurs))
            Assert.All(step.Value.SelectMany(run => run.Outputs), made => AssertPlain(made.Value, step.Key));
        AssertCached(driver.RunGenerators(compilation.Clone()).GetRunResult());
        var files = first.Results.SelectMany(generator => generator.GeneratedSources).ToDictionary(made => made.HintName, made => made.SourceText.ToString());
        return new SchemaRun(output, diagnostics, files);
    }

    public static SchemaRun Run(params Definition[] definitions) => Run("", definitions);

    /// <summary>The reasons of each tracked step after one definition is edited, by step name.</summary>
    public static ILookup<string, IncrementalStepRunReason> ReasonsAfterEdit(Definition[] before, Definition edited) => Reasons(RunAfterEdit(before, edited));

    /// <summary>The hint names of the files that are emitted anew after one definition is edited.</summary>
    public static IEnumerable<string> EmittedAfterEdit(Definition[] before, Definition edited) => RunAfterEdit(before, edited).Results
        .SelectMany(generator => generator.TrackedSteps)
        .Where(step => step.Key is Steps.EmitElement or Steps.EmitForm or Steps.EmitCatalog)
        .SelectMany(step => step.Value.SelectMany(run => run.Outputs))
        .Where(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
        .Select(output => ((EmittedFile)output.Value).HintName)
        .Order(StringComparer.Ordinal);

    private static GeneratorDriverRunResult RunAfterEdit(Definition[] before, Definition edited)
    {
        var compilation = Compile("");
        var texts = before.Select(AdditionalText (definition) => new DefinitionText(definition)).ToImmutableArray();
        GeneratorDriver driver = Create([]).AddAdditionalTexts(texts);
        driver = driver.RunGenerators(compilation);
        driver = driver.ReplaceAdditionalText(texts.Single(text => text.Path == edited.Path), new DefinitionText(edited));
        return driver.RunGenerators(compilation).GetRunResult();
    }

    /// <summary>The reasons of each tracked step after an edit of C#.</summary>
    public static ILookup<string, IncrementalStepRunReason> ReasonsAfterCodeEdit(Definition[] definitions, string before, string after)
    {
        var compilation = Compile(before);
        var driver = Create(definitions).RunGenerators(compilation);
        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(), Parse(after));
        return Reasons(driver.RunGenerators(edited).GetRunResult());
    }

    /// <summary>The diagnostics as text: id, place, message. All that was reported, so that nothing slips by.</summary>
    public static string Describe(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics
        .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
        .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
        .Select(diagnostic =>
        {
            var place = diagnostic.Location.GetLineSpan();
            return $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {diagnostic.Id}: {diagnostic.GetMessage()}";
        }));

    /// <summary>All definitions of the repository.</summary>
    public static Definition[] Repository([CallerFilePath] string file = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "schemas"));
        return
        [
            .. Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
                .Where(path => path.EndsWith(".xsd", StringComparison.Ordinal) || path.EndsWith(".form.xml", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(path => new Definition("/schemas/" + Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path))),
        ];
    }

    private static CSharpGeneratorDriver Create(Definition[] definitions) => Create(definitions, new SchemaGenerator(), new FormGenerator());

    /// <summary>A driver of these generators over the definitions.</summary>
    public static CSharpGeneratorDriver Create(Definition[] definitions, params IIncrementalGenerator[] generators) => CSharpGeneratorDriver.Create(
        generators: generators.Select(generator => generator.AsSourceGenerator()),
        additionalTexts: definitions.Select(definition => new DefinitionText(definition)),
        parseOptions: ParseOptions,
        optionsProvider: new ProbeOptions(),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Probe",
        [Parse(source)],
        Emission.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions, path: "Probe.cs");

    private static bool IsOurs(KeyValuePair<string, ImmutableArray<IncrementalGeneratorRunStep>> step) =>
        step.Key.StartsWith("Schema.", StringComparison.Ordinal) || step.Key.StartsWith("Form.", StringComparison.Ordinal);

    private static ILookup<string, IncrementalStepRunReason> Reasons(GeneratorDriverRunResult result) => result.Results
        .SelectMany(generator => generator.TrackedSteps)
        .Where(IsOurs)
        .SelectMany(step => step.Value.SelectMany(run => run.Outputs), (step, output) => (step.Key, output.Reason))
        .ToLookup(step => step.Key, step => step.Reason);

    private static void AssertCached(GeneratorDriverRunResult result)
    {
        foreach (var step in Reasons(result))
            Assert.All(step, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step.Key} was {reason} in the second run"));
    }

    /// <summary>Walks everything that a step's output holds: one compiler object in it would keep a whole compilation alive.</summary>
    private static void AssertPlain(object? value, string step)
    {
        var open = new Stack<object?>([value]);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        while (open.TryPop(out var one))
        {
            if (one is null or string || one.GetType().IsPrimitive || one.GetType().IsEnum || !seen.Add(one))
                continue;
            Assert.False(one is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or SourceText or AdditionalText, $"{step} holds a {one.GetType()}");
            if (one is DiagnosticDescriptor)
                continue; // a constant of the generator
            if (one is IEnumerable items)
            {
                foreach (var item in items)
                    open.Push(item);
            }
            foreach (var field in one.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                open.Push(field.GetValue(one));
        }
    }

    private sealed class DefinitionText(Definition definition) : AdditionalText
    {
        public override string Path => definition.Path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(definition.Text ?? throw new IOException("The disk is gone."));
    }
}
