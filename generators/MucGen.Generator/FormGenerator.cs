using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;
using MucGen.Generator.Reading;

namespace MucGen.Generator;

/// <summary>
/// From data form definitions to typed forms. Forms refer to nothing outside their file, so each is read and emitted on its own; only their names must differ.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class FormGenerator : IIncrementalGenerator
{
    private const string FormSuffix = ".form.xml";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rootNamespace = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => SchemaGenerator.RootNamespace(options));
        var files = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(FormSuffix, StringComparison.OrdinalIgnoreCase))
            .Select(static (text, cancellation) => FormReader.Read(text.Path, text.GetText(cancellation) ?? SourceText.From("")));

        var models = files.Select(static (file, _) => file.Model).Where(static model => model is not null).WithTrackingName(Steps.ReadForm);
        var distinct = models.Collect().SelectMany(static (all, _) => all.GroupBy(model => model!.TypeName).Select(same => same.First()!));
        var forms = distinct.Combine(rootNamespace).Select(static (pair, _) => FormEmitter.Emit(pair.Left, pair.Right)).WithTrackingName(Steps.EmitForm);
        var enums = distinct.Combine(rootNamespace).SelectMany(static (pair, _) => pair.Left.Fields
            .Where(field => field.EnumType is not null)
            .Select(field => EnumEmitter.Emit(FormEmitter.EnumOf(pair.Left, field), pair.Right)));

        context.RegisterSourceOutput(forms, Add);
        context.RegisterSourceOutput(enums, Add);
        context.RegisterSourceOutput(
            files.SelectMany(static (file, _) => file.Diagnostics.ToList()),
            static (production, diagnostic) => production.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(files.Collect(), static (production, all) => ReportDuplicates(production, all));
    }

    private static void ReportDuplicates(SourceProductionContext production, ImmutableArray<FormFile> files)
    {
        foreach (var same in files.Where(file => file.Model is not null).GroupBy(file => file.Model!.TypeName))
        {
            var first = same.First().Model!;
            foreach (var file in same.Skip(1))
                production.ReportDiagnostic(DiagnosticInfo.Of(Diagnostics.DuplicateForm, file.Place, file.Model!.FormType, file.Model.Origin, same.Key, first.Origin).ToDiagnostic());
        }
    }

    private static void Add(SourceProductionContext production, EmittedFile file) => production.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
}
