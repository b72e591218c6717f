using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
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

    private readonly Func<FormModel, string, EmittedFile> emit;

    /// <summary>The generator as the compiler makes it.</summary>
    public FormGenerator()
        : this(FormEmitter.Emit)
    {
    }

    internal FormGenerator(Func<FormModel, string, EmittedFile> emit) => this.emit = emit;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rootNamespace = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => SchemaGenerator.RootNamespace(options));
        var files = Files(context);

        var models = files.Select(static (file, _) => file.Model).Where(static model => model is not null).WithTrackingName(Steps.ReadForm);
        var distinct = models.Collect().SelectMany(static (all, _) => all.GroupBy(model => model!.TypeName).Select(same => same.First()!));
        var forms = distinct.Combine(rootNamespace).Select((pair, _) => EmittedFile.Of(pair.Left.Origin, () => emit(pair.Left, pair.Right))).WithTrackingName(Steps.EmitForm);
        var enums = distinct.Combine(rootNamespace).SelectMany(static (pair, _) => pair.Left.Fields
            .Where(field => field.EnumType is not null)
            .Select(field => EmittedFile.Of(pair.Left.Origin, () => EnumEmitter.Emit(FormEmitter.EnumOf(pair.Left, field), pair.Right))));

        context.RegisterSourceOutput(forms, static (production, file) => file.AddTo(production));
        context.RegisterSourceOutput(enums, static (production, file) => file.AddTo(production));
        context.RegisterSourceOutput(
            files.SelectMany(static (file, _) => file.Diagnostics.ToList()),
            static (production, diagnostic) => production.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(files.Collect(), static (production, all) => ReportDuplicates(production, all));
    }

    /// <summary>The forms among the additional files, each read.</summary>
    internal static IncrementalValuesProvider<FormFile> Files(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Where(static text => text.Path.EndsWith(FormSuffix, StringComparison.OrdinalIgnoreCase))
        .Select(static (text, cancellation) => Read(text, cancellation));

    private static FormFile Read(AdditionalText file, CancellationToken cancellation) => Guard.Run(
        file.Path,
        Guard.Start(file.Path),
        () => FormReader.Read(file.Path, file.GetText(cancellation) ?? SourceText.From("")),
        fault => new FormFile(null, EquatableArray.Of(fault), null));

    private static void ReportDuplicates(SourceProductionContext production, ImmutableArray<FormFile> files)
    {
        foreach (var same in files.Where(file => file.Model is not null).GroupBy(file => file.Model!.TypeName))
        {
            var first = same.First().Model!;
            foreach (var file in same.Skip(1))
                production.ReportDiagnostic(DiagnosticInfo.Of(Diagnostics.DuplicateForm, file.Place, file.Model!.FormType, file.Model.Origin, same.Key, first.Origin).ToDiagnostic());
        }
    }
}
