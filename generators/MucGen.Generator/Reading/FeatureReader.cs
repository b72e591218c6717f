using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads the features of a class: those of its handlers' contexts, and those that name their context.</summary>
internal static class FeatureReader
{
    /// <summary>The advertised features that a handler of this context brings along; those that name another context are not among them.</summary>
    public static EquatableArray<string> NamesFor(INamedTypeSymbol type, ContextModel context) => type
        .Attributes(AttributeNames.Feature)
        .Where(data => !data.Named<bool>("Hidden") && data.FirstString() is { Length: > 0 })
        .Where(data => data.Named<INamedTypeSymbol>("Context") is not { } own || own.ToTypeName() == context.Type)
        .Select(data => data.FirstString()!)
        .Distinct()
        .OrderBy(name => name, System.StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The features that name their context, and what is wrong with any of them.</summary>
    public static ReadFeatures Read(INamedTypeSymbol type)
    {
        var features = new List<FeatureModel>();
        var diagnostics = new List<DiagnosticInfo>();
        var hasHandlers = type.GetMembers().OfType<IMethodSymbol>().Any(IsHandler);
        foreach (var data in type.Attributes(AttributeNames.Feature))
        {
            var name = data.FirstString();
            if (string.IsNullOrEmpty(name))
            {
                diagnostics.Add(DiagnosticInfo.Of(Diagnostics.FeatureWithoutName, type.Place(), type.Name));
                continue;
            }
            if (data.Named<INamedTypeSymbol>("Context") is { } contextType)
                AddExplicit(contextType);
            else if (!hasHandlers)
                diagnostics.Add(DiagnosticInfo.Of(Diagnostics.FeatureWithoutHandler, type.Place(), type.Name, name!));

            void AddExplicit(INamedTypeSymbol contextType)
            {
                if (HandlerReader.ContextOf(contextType) is not { } context)
                    diagnostics.Add(DiagnosticInfo.Of(Diagnostics.UnknownContext, type.Place(), type.Name, contextType.Name));
                else if (!data.Named<bool>("Hidden"))
                    features.Add(new FeatureModel(name!, context));
            }
        }
        return new ReadFeatures(features.ToEquatableArray(), diagnostics.ToEquatableArray());
    }

    /// <summary>What is wrong with a class that is marked as a context.</summary>
    public static EquatableArray<DiagnosticInfo> CheckContext(INamedTypeSymbol type) => type.DerivesFrom(AttributeNames.StanzaTurn)
        ? default
        : EquatableArray.Of(DiagnosticInfo.Of(Diagnostics.ContextNotTurn, type.Place(), type.Name));

    private static bool IsHandler(IMethodSymbol method) =>
        method.Has(AttributeNames.OnIq) || method.Has(AttributeNames.OnMessage) || method.Has(AttributeNames.OnPresence);
}
