using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads one attributed method to a handler, or to the reasons why it cannot be one.</summary>
internal static class HandlerReader
{
    private const string ViewSuffix = "View";

    public static ReadHandler ReadIq(IMethodSymbol method)
    {
        var diagnostics = new List<DiagnosticInfo>();
        var kinds = new List<HandlerKind>();
        foreach (var data in method.Attributes(AttributeNames.OnIq))
        {
            if (KindOf(data, out var name) is { } kind)
                kinds.Add(kind);
            else
                diagnostics.Add(DiagnosticInfo.Of(Diagnostics.IqTypeNotRequest, method.Place(), method.ShortName(), name));
        }
        return Read(method, kinds, isIq: true, order: 0, diagnostics);
    }

    public static ReadHandler ReadMessage(IMethodSymbol method) => ReadOrdered(method, HandlerKind.Message, AttributeNames.OnMessage);

    public static ReadHandler ReadPresence(IMethodSymbol method) => ReadOrdered(method, HandlerKind.Presence, AttributeNames.OnPresence);

    /// <summary>A context by its type; null when the type is none.</summary>
    public static ContextModel? ContextOf(ITypeSymbol type) =>
        type.Has(AttributeNames.DispatchContext) && type.DerivesFrom(AttributeNames.StanzaTurn) ? new ContextModel(type.ToTypeName(), type.IsPublic()) : null;

    private static ReadHandler ReadOrdered(IMethodSymbol method, HandlerKind kind, string attribute)
    {
        var order = method.Attributes(attribute).First().Named<int>("Order");
        return Read(method, [kind], isIq: false, order, []);
    }

    private static ReadHandler Read(IMethodSymbol method, List<HandlerKind> kinds, bool isIq, int order, List<DiagnosticInfo> diagnostics)
    {
        var place = method.Place();
        var name = method.ShortName();
        if (!method.IsStatic)
            diagnostics.Add(DiagnosticInfo.Of(Diagnostics.HandlerNotStatic, place, name));
        if (!method.IsAccessible())
            diagnostics.Add(DiagnosticInfo.Of(Diagnostics.HandlerNotAccessible, place, name));

        if (!HasSignature(method, isIq))
        {
            diagnostics.Add(DiagnosticInfo.Of(Diagnostics.HandlerSignature, place, name, Signature(method, isIq)));
            return new ReadHandler(default, place, diagnostics.ToEquatableArray());
        }

        var contextType = method.Parameters[0].Type;
        var context = ContextOf(contextType);
        if (context is null)
            diagnostics.Add(DiagnosticInfo.Of(Diagnostics.UnknownContext, place, name, contextType.Name));
        var payload = method.Parameters[1].Type;
        if (!IsView(payload))
            diagnostics.Add(DiagnosticInfo.Of(Diagnostics.PayloadNotView, place, name, payload.Name));
        if (diagnostics.Count > 0 || context is null)
            return new ReadHandler(default, place, diagnostics.ToEquatableArray());

        var features = FeatureReader.NamesFor(method.ContainingType, context);
        var handlers = kinds.Select(kind => new HandlerModel(
            kind,
            context,
            payload.ToTypeName(),
            method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            method.Name,
            !method.ReturnsVoid,
            method.Parameters[1].RefKind == RefKind.In,
            order,
            features));
        return new ReadHandler(handlers.ToEquatableArray(), place, default);
    }

    private static HandlerKind? KindOf(AttributeData data, out string name)
    {
        name = "?";
        if (data.ConstructorArguments.Length == 0 || data.ConstructorArguments[0] is not { Kind: TypedConstantKind.Enum, Type: { } type } argument)
            return null;
        name = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, argument.Value))?.Name ?? "?";
        return name switch
        {
            "Get" => HandlerKind.IqGet,
            "Set" => HandlerKind.IqSet,
            _ => null,
        };
    }

    private static bool HasSignature(IMethodSymbol method, bool isIq) =>
        !method.IsGenericMethod && !method.ContainingType.IsGenericType
        && method.Parameters.Length == 2
        && method.Parameters[0].RefKind == RefKind.None
        && method.Parameters[1].RefKind is RefKind.None or RefKind.In
        && (method.ReturnType.SpecialType == SpecialType.System_Boolean || (isIq && method.ReturnsVoid));

    private static string Signature(IMethodSymbol method, bool isIq) =>
        $"static {(isIq ? "void" : "bool")} {method.Name}(context, view)";

    /// <summary>A view has a constant Key and a TryRead. One that does not exist yet is emitted from a schema of this same assembly: its name has to do.</summary>
    private static bool IsView(ITypeSymbol type) => type.TypeKind == TypeKind.Error
        ? type.Name.Length > ViewSuffix.Length && type.Name.EndsWith(ViewSuffix, System.StringComparison.Ordinal)
        : type.IsRefLikeType
            && type.GetMembers("Key").OfType<IFieldSymbol>().Any(field => field.IsConst)
            && type.GetMembers("TryRead").OfType<IMethodSymbol>().Any(method => method.IsStatic);
}
