using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator.Emitting;
using MucGen.Generator.Linking;
using MucGen.Generator.Model;
using MucGen.Generator.Reading;

namespace MucGen.Generator;

/// <summary>
/// From definitions to views, writers, forms, names and catalogue. The pipeline only: files are read one by one, linked together, and
/// emitted element by element, so that an edit emits again only what it changes. No step looks at C#.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    private const string SchemaSuffix = ".xsd";

    private readonly Func<EquatableArray<SchemaModel>, Catalog> link;
    private readonly Func<ElementSpec, string, EmittedFile> emit;

    /// <summary>The generator as the compiler makes it.</summary>
    public SchemaGenerator()
        : this(SchemaLinker.Link, ElementEmitter.Emit)
    {
    }

    internal SchemaGenerator(Func<EquatableArray<SchemaModel>, Catalog> link, Func<ElementSpec, string, EmittedFile> emit)
    {
        this.link = link;
        this.emit = emit;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rootNamespace = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => RootNamespace(options));
        var files = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(SchemaSuffix, StringComparison.OrdinalIgnoreCase))
            .Select(static (text, cancellation) => Read(text, cancellation));

        var models = files.Select(static (file, _) => file.Model).WithTrackingName(Steps.ReadSchema);
        var catalog = models.Collect().Select((all, _) => Link(all)).WithTrackingName(Steps.LinkCatalog);

        EmitEach(context, catalog.SelectMany(static (c, _) => c.Elements), rootNamespace, static element => $"{element.Origin}, element '{element.Name.Local}'", emit);
        EmitEach(context, catalog.SelectMany(static (c, _) => c.Enums), rootNamespace, static spec => $"{spec.Origin}, enumeration '{spec.TypeName}'", EnumEmitter.Emit);

        var names = catalog.Select(static (c, _) => c.Names).Combine(rootNamespace)
            .SelectMany(static (pair, _) => Tables(pair.Left, pair.Right)).WithTrackingName(Steps.EmitCatalog);
        context.RegisterSourceOutput(names, static (production, file) => file.AddTo(production));

        ReportProblems(context, files, catalog);
    }

    internal static string RootNamespace(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name) && name.Length > 0 ? name : "MucGen.Protocol";

    private static SchemaFile Read(AdditionalText file, CancellationToken cancellation) => Guard.Run(
        file.Path,
        Guard.Start(file.Path),
        () => XsdReader.Read(file.Path, file.GetText(cancellation) ?? SourceText.From("")),
        fault => new SchemaFile(null, EquatableArray.Of(fault), new Places(file.Path, default)));

    private Catalog Link(IEnumerable<SchemaModel?> models) => Guard.Run(
        "the schemas together", null, () => link(models.Where(m => m is not null).Select(m => m!).ToEquatableArray()), Catalog.Failed);

    private static void EmitEach<T>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<T> specs,
        IncrementalValueProvider<string> rootNamespace,
        Func<T, string> describe,
        Func<T, string, EmittedFile> emit)
    {
        var emitted = specs.Combine(rootNamespace)
            .Select((pair, _) => EmittedFile.Of(describe(pair.Left), () => emit(pair.Left, pair.Right)))
            .WithTrackingName(Steps.EmitElement);
        context.RegisterSourceOutput(emitted, static (production, file) => file.AddTo(production));
    }

    private static IEnumerable<EmittedFile> Tables(NamesSpec names, string rootNamespace) => names.IsEmpty
        ? []
        : [
            EmittedFile.Of("the table of names", () => NamesEmitter.Emit(names, rootNamespace)),
            EmittedFile.Of("the catalogue", () => CatalogueEmitter.Emit(names, rootNamespace)),
        ];

    /// <summary>Places meet problems only here, so that a moved line reports again and emits nothing again.</summary>
    private static void ReportProblems(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<SchemaFile> files, IncrementalValueProvider<Catalog> catalog)
    {
        context.RegisterSourceOutput(files.SelectMany(static (file, _) => file.Diagnostics), static (production, diagnostic) => production.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(catalog.Select(static (c, _) => c.Fault), static (production, fault) =>
        {
            if (fault is not null)
                production.ReportDiagnostic(fault.ToDiagnostic());
        });
        var problems = catalog.Select(static (c, _) => c.Problems);
        var places = files.Select(static (file, _) => file.Model is null ? null : file.Places).Collect();
        context.RegisterSourceOutput(problems.Combine(places), static (production, pair) =>
        {
            // What a file that cannot be read declares is missing elsewhere; the one true error has been reported above.
            if (pair.Right.Contains(null))
                return;
            foreach (var problem in pair.Left)
            {
                var place = pair.Right.FirstOrDefault(p => p!.Path == problem.Path)?.Find(problem.Node);
                production.ReportDiagnostic(new DiagnosticInfo(problem.Descriptor, place, problem.Arguments).ToDiagnostic());
            }
        });
    }
}
