using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reduces symbols to names and flags; nothing that comes out of here holds a symbol.</summary>
internal static class SymbolFacts
{
    public static bool Has(this ISymbol symbol, string attribute) => symbol.Attributes(attribute).Any();

    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Where(data => data.AttributeClass?.ToDisplayString() == attribute);

    /// <summary>A type by name; one that cannot be resolved has only its own name.</summary>
    public static TypeName ToTypeName(this ITypeSymbol type) => type.TypeKind == TypeKind.Error
        ? new TypeName("", type.Name, null)
        : new TypeName(NamespaceOf(type), type.Name, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    public static string NamespaceOf(ISymbol symbol) => symbol.ContainingNamespace is { IsGlobalNamespace: false } named ? named.ToDisplayString() : "";

    public static bool DerivesFrom(this ITypeSymbol type, string baseType)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.ToDisplayString() == baseType)
                return true;
        }
        return false;
    }

    /// <summary>Whether emitted code in the same assembly can name the symbol.</summary>
    public static bool IsAccessible(this ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return false;
        }
        return true;
    }

    public static bool IsPublic(this ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
                return false;
        }
        return true;
    }

    public static T? Named<T>(this AttributeData data, string name)
    {
        foreach (var argument in data.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is T value)
                return value;
        }
        return default;
    }

    public static string? FirstString(this AttributeData data) =>
        data.ConstructorArguments.Length > 0 ? data.ConstructorArguments[0].Value as string : null;

    public static LocationInfo? Place(this ISymbol symbol) => LocationInfo.From(symbol.Locations.FirstOrDefault());

    /// <summary>How messages name a member: <c>Pings.Answer</c>.</summary>
    public static string ShortName(this ISymbol symbol) => symbol.ContainingType is null ? symbol.Name : symbol.ContainingType.Name + "." + symbol.Name;
}
