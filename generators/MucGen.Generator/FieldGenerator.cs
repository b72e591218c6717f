using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;
using MucGen.Generator.Reading;

namespace MucGen.Generator;

/// <summary>From the annotated properties of a configuration record to its form, its parsing, its discovery and its stored values.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class FieldGenerator : IIncrementalGenerator
{
    private readonly Func<ConfigurationModel, EmittedFile> emit;

    /// <summary>The generator as the compiler makes it.</summary>
    public FieldGenerator()
        : this(ConfigurationEmitter.Emit)
    {
    }

    internal FieldGenerator(Func<ConfigurationModel, EmittedFile> emit) => this.emit = emit;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var configurations = context.SyntaxProvider.ForAttributeWithMetadataName(
            AttributeNames.ConfigurationForm,
            static (node, _) => node is RecordDeclarationSyntax,
            static (member, _) => Guard.Run(
                member.TargetSymbol.ShortName(),
                member.TargetSymbol.Place(),
                () => FieldReader.Read((INamedTypeSymbol)member.TargetSymbol, member.SemanticModel.Compilation),
                fault => new ReadConfiguration(null, EquatableArray.Of(fault))));
        var misplaced = context.SyntaxProvider.ForAttributeWithMetadataName(
            AttributeNames.Field,
            static (node, _) => node is PropertyDeclarationSyntax or ParameterSyntax,
            static (member, _) => Guard.Run(
                member.TargetSymbol.ShortName(),
                member.TargetSymbol.Place(),
                () => member.TargetSymbol is IPropertySymbol property ? FieldReader.CheckPlace(property) : default,
                fault => EquatableArray.Of(fault)));

        var models = configurations
            .Select(static (read, _) => read.Model)
            .Where(static model => model is not null)
            .WithTrackingName(Steps.ReadFields);
        var emitted = models.Select((model, _) => EmittedFile.Of($"the fields of {model!.Name}", () => emit(model)));
        context.RegisterSourceOutput(emitted, static (output, file) => file.AddTo(output));
        context.RegisterSourceOutput(configurations.SelectMany(static (read, _) => read.Diagnostics.ToList()), Report);
        context.RegisterSourceOutput(misplaced.SelectMany(static (diagnostics, _) => diagnostics.ToList()), Report);
    }

    private static void Report(SourceProductionContext output, DiagnosticInfo diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic());
}
