using System;
using System.Collections.Generic;
using System.Collections.Immutable;
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
    private const string OverlaySuffix = ".overlay.xml";

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
        var schemas = context.AdditionalTextsProvider.Where(static text => text.Path.EndsWith(SchemaSuffix, StringComparison.OrdinalIgnoreCase));
        var overlays = context.AdditionalTextsProvider.Where(static text => text.Path.EndsWith(OverlaySuffix, StringComparison.OrdinalIgnoreCase));
        var files = schemas.Combine(overlays.Collect())
            .Select(static (pair, _) => new Definition(pair.Left, pair.Right.FirstOrDefault(overlay => BelongTogether(pair.Left.Path, overlay.Path))))
            .Select(static (definition, cancellation) => Read(definition, cancellation));

        var models = files.Select(static (file, _) => file.Model).WithTrackingName(Steps.ReadSchema);
        var shipped = schemas.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => ShippedSchemas.Has(pair.Left, pair.Right))
            .Select(static (pair, _) => pair.Left.Path)
            .Collect()
            .Select(static (paths, _) => paths.ToEquatableArray());
        var catalog = models.Collect().Combine(shipped).Select((pair, _) => Link(pair.Left, pair.Right)).WithTrackingName(Steps.LinkCatalog);

        EmitEach(context, catalog.SelectMany(static (c, _) => c.Elements), rootNamespace, static element => $"{element.Origin}, element '{element.Name.Local}'", emit);
        EmitEach(context, catalog.SelectMany(static (c, _) => c.Enums), rootNamespace, static spec => $"{spec.Origin}, enumeration '{spec.TypeName}'", EnumEmitter.Emit);

        var forms = FormGenerator.Files(context).Where(static file => file.Model is not null).Select(static (file, _) => file.Model!.Source).Collect();
        var names = catalog.Select(static (c, _) => c.Names).Combine(forms).Combine(rootNamespace)
            .SelectMany(static (pair, _) => Tables(pair.Left.Left.With(pair.Left.Right), pair.Right)).WithTrackingName(Steps.EmitCatalog);
        context.RegisterSourceOutput(names, static (production, file) => file.AddTo(production));

        ReportProblems(context, files, catalog);
        context.RegisterSourceOutput(
            overlays.Select(static (text, _) => text.Path).Combine(schemas.Select(static (text, _) => text.Path).Collect()),
            static (production, pair) => ReportWithoutSchema(production, pair.Left, pair.Right));
    }

    internal static string RootNamespace(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name) && name.Length > 0 ? name : "MucGen.Protocol";

    /// <summary>A schema and the overlay beside it have one name, up to their endings.</summary>
    private static bool BelongTogether(string schema, string overlay) =>
        string.Equals(schema.Substring(0, schema.Length - SchemaSuffix.Length), overlay.Substring(0, overlay.Length - OverlaySuffix.Length), StringComparison.Ordinal);

    private static void ReportWithoutSchema(SourceProductionContext production, string overlay, ImmutableArray<string> schemas)
    {
        if (!schemas.Any(schema => BelongTogether(schema, overlay)))
            production.ReportDiagnostic(DiagnosticInfo.Of(Diagnostics.NotAnOverlay, Guard.Start(overlay), XmlSource.OriginOf(overlay), "there is no schema of its name beside it").ToDiagnostic());
    }

    private static SchemaFile Read(Definition definition, CancellationToken cancellation)
    {
        var path = definition.Schema.Path;
        return Guard.Run(
            path,
            Guard.Start(path),
            () => XsdReader.Read(path, TextOf(definition.Schema), definition.Overlay is { } overlay ? (overlay.Path, TextOf(overlay)) : null),
            fault => new SchemaFile(null, EquatableArray.Of(fault), new Places(path, default)));

        SourceText TextOf(AdditionalText file) => file.GetText(cancellation) ?? SourceText.From("");
    }

    private Catalog Link(IEnumerable<SchemaModel?> models, EquatableArray<string> shipped) => Guard.Run(
        "the schemas together", null, () => link(ShippedSchemas.Needed(models.Where(m => m is not null).Select(m => m!), shipped)), Catalog.Failed);

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

    /// <summary>A schema with its overlay. Both are the compiler's objects, which are equal as long as the files are.</summary>
    private sealed record Definition(AdditionalText Schema, AdditionalText? Overlay);
}
