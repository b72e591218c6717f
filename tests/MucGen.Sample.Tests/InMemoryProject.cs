using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MucGen.Corpus;
using MucGen.Generator;
using MucGen.Generator.Tests;
using MucGen.Protocol;
using Xunit;

namespace MucGen.Sample;

/// <summary>Sources and schemas, built by the generators in memory against what these tests run on; a warning is an error.</summary>
internal sealed class InMemoryProject(string rootNamespace, string[] sources, string[] schemas)
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Builds it, loads it and gives its extension.</summary>
    public ProtocolExtension Build()
    {
        var hasMain = sources.Length > 1; // beside the handler there is the program
        var compilation = CSharpCompilation.Create(
            rootNamespace,
            sources.Append(ImplicitUsings).Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
            References,
            new CSharpCompilationOptions(hasMain ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));
        CSharpGeneratorDriver
            .Create(
                [new SchemaGenerator().AsSourceGenerator(), new FormGenerator().AsSourceGenerator(), new DispatchGenerator().AsSourceGenerator(), new FieldGenerator().AsSourceGenerator()],
                schemas.Select(AdditionalText (schema, number) => new DefinitionText($"/{number}.xsd", schema)),
                ParseOptions,
                new ProbeOptions(rootNamespace))
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        using var image = new MemoryStream();
        Assert.Empty(output.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info));
        image.Position = 0;
        var extension = new AssemblyLoadContext(rootNamespace).LoadFromStream(image).GetType($"{rootNamespace}.{nameof(GeneratedExtension)}", throwOnError: true)!;
        return (ProtocolExtension)extension.GetProperty(nameof(GeneratedExtension.Instance))!.GetValue(null)!;
    }
}
