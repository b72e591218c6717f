using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Corpus;

/// <summary>What became of a schema.</summary>
internal enum TrialOutcome
{
    AsPublished,

    /// <summary>Read with the help of repair rules.</summary>
    Repaired,

    /// <summary>Read after its overlay changed its text.</summary>
    Patched,

    Rejected,
}

/// <summary>What became of a schema.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Files">How many files were emitted for it, those of what it imports included.</param>
/// <param name="Repairs">The repair rules that were used on it.</param>
/// <param name="Problem">Why it is rejected, the first reason; null when it is not.</param>
internal sealed record TrialResult(PublishedSchema Schema, int Files, IReadOnlyList<TrialProblem> Repairs, TrialProblem? Problem)
{
    public TrialOutcome Outcome => Problem is not null ? TrialOutcome.Rejected
        : Schema.PatchText is not null ? TrialOutcome.Patched
        : Repairs.Count > 0 ? TrialOutcome.Repaired
        : TrialOutcome.AsPublished;
}

/// <summary>A diagnostic of the generator, or of the compiler about emitted code.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Place">Line and column, in the XEP's source.</param>
/// <param name="Message">What it says.</param>
/// <param name="Format">What it says without the names in it, to count its like.</param>
internal sealed record TrialProblem(string Id, string Place, string Message, string Format);

/// <summary>
/// Reads, links, emits and compiles each schema in a compilation of its own, with the schemas of the namespaces that it names: our own where there is one, else the first
/// published. Emitted code has to compile without a warning, also of the analyzers for trimming, AOT and single files.
/// </summary>
internal sealed class SchemaTrials(IReadOnlyList<PublishedSchema> published)
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(Stanza).Assembly.Location)
            .Append(typeof(StanzaTurn).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Published", [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    private readonly TrimAnalyzers analyzers = new(new Options(), Empty);

    private readonly IReadOnlyDictionary<string, (string Path, IReadOnlyList<string> Imports)> own = Own();

    /// <summary>Tries one schema.</summary>
    public TrialResult Try(PublishedSchema schema)
    {
        CSharpGeneratorDriver
            .Create([new SchemaGenerator().AsSourceGenerator()], Texts(schema), ParseOptions, new Options())
            .RunGeneratorsAndUpdateCompilation(Empty, out var output, out var diagnostics);
        var problem = diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning).OrderBy(one => one.Location.GetLineSpan().Path == schema.Path ? 0 : 1).FirstOrDefault()
            ?? analyzers.Check(output).FirstOrDefault();
        var repairs = diagnostics.Where(one => one.Id == "MG1021" && one.Location.GetLineSpan().Path == schema.Path).Select(Describe).ToList();
        return new TrialResult(schema, output.SyntaxTrees.Count(), repairs, problem is null ? null : Describe(problem));
    }

    private static TrialProblem Describe(Diagnostic problem)
    {
        var place = problem.Location.GetLineSpan();
        return new TrialProblem(
            problem.Id,
            $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})",
            problem.GetMessage(),
            problem.Descriptor.MessageFormat.ToString());
    }

    private IEnumerable<AdditionalText> Texts(PublishedSchema schema)
    {
        yield return new Text(schema.Path, schema.Text);
        yield return new Text(Path.ChangeExtension(schema.Path, ".overlay.xml"), schema.Overlay);
        var known = new HashSet<string?> { schema.Namespace };
        var open = new Queue<string>(schema.Imports);
        while (open.TryDequeue(out var name))
        {
            if (!known.Add(name))
                continue;
            IReadOnlyList<string> imports = [];
            if (own.TryGetValue(name, out var ours))
            {
                yield return new Text(ours.Path, File.ReadAllText(ours.Path));
                imports = ours.Imports;
            }
            else if (published.FirstOrDefault(other => other.Namespace == name && other.IsReadable) is { } other)
            {
                yield return new Text(other.Path, other.Text);
                yield return new Text(Path.ChangeExtension(other.Path, ".overlay.xml"), other.Overlay);
                imports = other.Imports;
            }
            foreach (var import in imports)
                open.Enqueue(import);
        }
    }

    /// <summary>The schemas of this repository by namespace: those of the RFCs are in no XEP.</summary>
    public static IReadOnlyDictionary<string, (string Path, IReadOnlyList<string> Imports)> Own()
    {
        return Directory.EnumerateFiles(Path.Combine(RepositoryFolders.Schemas, "core"), "*.xsd")
            .Select(path => (Path: path, Head: PublishedSchema.HeadOf(File.ReadAllText(path))))
            .ToDictionary(schema => schema.Head.Namespace!, schema => (schema.Path, schema.Head.Imports));
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Global : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key switch
                {
                    "build_property.RootNamespace" => "Published",
                    "build_property.EnableTrimAnalyzer" or "build_property.EnableAotAnalyzer" or "build_property.EnableSingleFileAnalyzer" => "true",
                    _ => null,
                };
                return value is not null;
            }
        }
    }
}
