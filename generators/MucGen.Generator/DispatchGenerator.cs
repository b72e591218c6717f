using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MucGen.Generator.Emitting;
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
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var handlers = Collect(
            Methods(context, AttributeNames.OnIq, HandlerReader.ReadIq),
            Methods(context, AttributeNames.OnMessage, HandlerReader.ReadMessage),
            Methods(context, AttributeNames.OnPresence, HandlerReader.ReadPresence));
        var features = Classes(context, AttributeNames.Feature, FeatureReader.Read);
        var rootNamespace = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name) ? name : "");
        var hasSchemas = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(".xsd", StringComparison.OrdinalIgnoreCase))
            .Select(static (_, _) => true)
            .Collect()
            .Select(static (found, _) => !found.IsEmpty);

        var handlerModels = handlers
            .Select(static (read, _) => read.SelectMany(item => item.Handlers).ToEquatableArray())
            .WithTrackingName(Steps.ReadHandlers);
        var featureModels = features.Collect()
            .Select(static (read, _) => read.SelectMany(item => item.Features).ToEquatableArray())
            .WithTrackingName(Steps.ReadFeatures);

        var dispatches = handlerModels.Combine(featureModels).Combine(rootNamespace)
            .Select(static (input, _) => DispatchComposer.Compose(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(Steps.ComposeDispatch);
        var extension = dispatches.Combine(hasSchemas).Combine(rootNamespace)
            .Select(static (input, _) => DispatchComposer.Extension(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(Steps.ComposeExtension);

        context.RegisterSourceOutput(dispatches.SelectMany(static (models, _) => models.ToImmutableArray()), DispatchEmitter.Emit);
        context.RegisterSourceOutput(extension, ExtensionEmitter.Emit);
        ReportDiagnostics(context, handlers, features);
    }

    private static void ReportDiagnostics(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ImmutableArray<ReadHandler>> handlers, IncrementalValuesProvider<ReadFeatures> features)
    {
        var contexts = Classes(context, AttributeNames.DispatchContext, FeatureReader.CheckContext);
        context.RegisterSourceOutput(handlers, static (output, read) =>
        {
            foreach (var diagnostic in read.SelectMany(item => item.Diagnostics).Concat(DispatchComposer.FindContradictions(read)))
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
            (member, _) => read((IMethodSymbol)member.TargetSymbol));

    private static IncrementalValuesProvider<T> Classes<T>(
        IncrementalGeneratorInitializationContext context, string attribute, Func<INamedTypeSymbol, T> read) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            (member, _) => read((INamedTypeSymbol)member.TargetSymbol));
}
