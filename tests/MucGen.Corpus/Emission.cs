using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MucGen.Generator;
using MucGen.Generator.Emitting;
using MucGen.Generator.Linking;
using MucGen.Generator.Model;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Corpus;

/// <summary>What the generator makes of definitions, in a compilation that has nothing else.</summary>
/// <param name="Output">The compilation with the emitted code.</param>
/// <param name="Diagnostics">What the generator reports.</param>
/// <param name="Catalog">What it has linked.</param>
internal sealed record Emission(Compilation Output, ImmutableArray<Diagnostic> Diagnostics, Catalog Catalog)
{
    /// <summary>The namespace of the emitted code.</summary>
    public const string RootNamespace = "Published";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>What emitted code is compiled against.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(Stanza).Assembly.Location)
            .Append(typeof(StanzaTurn).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The compilation before.</summary>
    public static CSharpCompilation Empty { get; } = CSharpCompilation.Create(
        "Published", [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>The options of the build.</summary>
    public static AnalyzerConfigOptionsProvider Options { get; } = new BuildOptions();

    /// <summary>Runs the generator over definitions.</summary>
    public static Emission Of(IEnumerable<(string Path, string Text)> definitions)
    {
        var catalog = Catalog.Failed(null!);
        CSharpGeneratorDriver
            .Create(
                [new SchemaGenerator(models => catalog = SchemaLinker.Link(models), ElementEmitter.Emit).AsSourceGenerator()],
                definitions.Select(definition => new DefinitionText(definition.Path, definition.Text)),
                ParseOptions,
                Options)
            .RunGeneratorsAndUpdateCompilation(Empty, out var output, out var diagnostics);
        return new Emission(output, diagnostics, catalog);
    }

    private sealed class BuildOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Global : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key switch
                {
                    "build_property.RootNamespace" => RootNamespace,
                    "build_property.EnableTrimAnalyzer" or "build_property.EnableAotAnalyzer" or "build_property.EnableSingleFileAnalyzer" => "true",
                    _ => null,
                };
                return value is not null;
            }
        }
    }
}
