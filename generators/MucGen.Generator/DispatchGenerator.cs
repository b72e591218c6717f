using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MucGen.Generator.Emitting;
using MucGen.Generator.Linking;
using MucGen.Generator.Model;
using MucGen.Generator.Reading;

namespace MucGen.Generator;

/// <summary>
/// From handler attributes to dispatch: methods are read one by one to models, sorted by context, and each context's dispatch is emitted on its own.
/// Diagnostics go their own way, so that a moved line reports anew but emits nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DispatchGenerator : IIncrementalGenerator
{
    private readonly Func<EquatableArray<HandlerModel>, EquatableArray<FeatureModel>, string, EquatableArray<DispatchModel>> compose;
    private readonly Func<DispatchModel, EmittedFile> emit;

    /// <summary>The generator as the compiler makes it.</summary>
    public DispatchGenerator()
        : this(DispatchComposer.Compose, DispatchEmitter.Emit)
    {
    }

    internal DispatchGenerator(
        Func<EquatableArray<HandlerModel>, EquatableArray<FeatureModel>, string, EquatableArray<DispatchModel>> compose, Func<DispatchModel, EmittedFile> emit)
    {
        this.compose = compose;
        this.emit = emit;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var handlers = Collect(
            Methods(context, AttributeNames.OnIq, HandlerReader.ReadIq),
            Methods(context, AttributeNames.OnMessage, HandlerReader.ReadMessage),
            Methods(context, AttributeNames.OnPresence, HandlerReader.ReadPresence));
        var features = Classes(context, AttributeNames.Feature, FeatureReader.Read, static fault => new ReadFeatures(default, EquatableArray.Of(fault)));
        var rootNamespace = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name) ? name : "");
        var hasSchemas = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(".xsd", StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => !ShippedSchemas.Has(pair.Left, pair.Right))
            .Select(static (_, _) => true)
            .Collect()
            .Select(static (found, _) => !found.IsEmpty);

        // Without MucGen.Protocol there are views and writers, and nothing that would dispatch to a handler.
        var hasProtocol = context.CompilationProvider.Select(static (compilation, _) => compilation.GetTypeByMetadataName("MucGen.Protocol.ProtocolExtension") is not null);

        var handlerModels = handlers
            .Select(static (read, _) => read.SelectMany(item => item.Handlers).ToEquatableArray())
            .WithTrackingName(Steps.ReadHandlers);
        var featureModels = features.Collect()
            .Select(static (read, _) => read.SelectMany(item => item.Features).ToEquatableArray())
            .WithTrackingName(Steps.ReadFeatures);

        var composed = handlerModels.Combine(featureModels).Combine(rootNamespace)
            .Select((input, _) => Compose(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(Steps.ComposeDispatch);
        var dispatches = composed.Select(static (all, _) => all.Dispatches);
        var extensions = dispatches.Combine(hasSchemas).Combine(rootNamespace)
            .Select(static (input, _) => DispatchComposer.Extension(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(Steps.ComposeExtension);

        var emitted = dispatches.SelectMany(static (models, _) => models.ToImmutableArray())
            .Select((model, _) => EmittedFile.Of($"the handlers of {model.Context.Type.Name}", () => emit(model)));
        var extension = extensions.Combine(hasProtocol).SelectMany(static (pair, _) => pair.Right ? EmitExtension(pair.Left) : []);
        context.RegisterSourceOutput(emitted, static (production, file) => file.AddTo(production));
        context.RegisterSourceOutput(extension, static (production, file) => file.AddTo(production));
        context.RegisterSourceOutput(composed.SelectMany(static (all, _) => all.Faults.ToImmutableArray()), static (production, fault) => production.ReportDiagnostic(fault.ToDiagnostic()));
        ReportDiagnostics(context, handlers, features);
    }

    private static IEnumerable<EmittedFile> EmitExtension(ExtensionModel model) =>
        model.HasSchemas || !model.Contexts.IsEmpty ? [EmittedFile.Of("the schemas and handlers of this assembly", () => ExtensionEmitter.Emit(model))] : [];

    private Composed Compose(EquatableArray<HandlerModel> handlers, EquatableArray<FeatureModel> features, string rootNamespace) => Guard.Run(
        "the handlers together", null, () => new Composed(compose(handlers, features, rootNamespace), default), fault => new Composed(default, EquatableArray.Of(fault)));

    private static void ReportDiagnostics(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ImmutableArray<ReadHandler>> handlers, IncrementalValuesProvider<ReadFeatures> features)
    {
        var contexts = Classes(context, AttributeNames.DispatchContext, FeatureReader.CheckContext, static fault => EquatableArray.Of(fault));
        context.RegisterSourceOutput(handlers, static (output, read) =>
        {
            var contradictions = Guard.Run<IReadOnlyList<DiagnosticInfo>>("the handlers together", null, () => [.. DispatchComposer.FindContradictions(read)], fault => [fault]);
            foreach (var diagnostic in read.SelectMany(item => item.Diagnostics).Concat(contradictions))
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
        context.RegisterSourceOutput(features, static (output, read) =>
        {
            foreach (var diagnostic in read.Diagnostics)
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
        context.RegisterSourceOutput(contexts, static (output, diagnostics) =>
        {
            foreach (var diagnostic in diagnostics)
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
    }

    private static IncrementalValueProvider<ImmutableArray<ReadHandler>> Collect(params IncrementalValuesProvider<ReadHandler>[] providers) => providers
        .Select(provider => provider.Collect())
        .Aggregate((left, right) => left.Combine(right).Select(static (pair, _) => pair.Left.AddRange(pair.Right)));

    private static IncrementalValuesProvider<ReadHandler> Methods(
        IncrementalGeneratorInitializationContext context, string attribute, Func<IMethodSymbol, ReadHandler> read) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is MethodDeclarationSyntax,
            (member, _) => Guard.Run(
                member.TargetSymbol.ShortName(),
                member.TargetSymbol.Place(),
                () => read((IMethodSymbol)member.TargetSymbol),
                fault => new ReadHandler(default, fault.Location, EquatableArray.Of(fault))));

    private static IncrementalValuesProvider<T> Classes<T>(
        IncrementalGeneratorInitializationContext context, string attribute, Func<INamedTypeSymbol, T> read, Func<DiagnosticInfo, T> failed) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            (member, _) => Guard.Run(member.TargetSymbol.ShortName(), member.TargetSymbol.Place(), () => read((INamedTypeSymbol)member.TargetSymbol), failed));

    /// <summary>The dispatch of each context, or the report that there is none.</summary>
    private sealed record Composed(EquatableArray<DispatchModel> Dispatches, EquatableArray<DiagnosticInfo> Faults);
}
