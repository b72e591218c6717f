using System;
using System.Collections.Generic;
using System.Linq;

namespace MucGen.Generator.Model;

/// <summary>The kinds of stanzas that are dispatched; for an iq, together with its type.</summary>
internal enum HandlerKind
{
    IqGet,
    IqSet,
    Message,
    Presence,
}

/// <summary>A C# type by name: the only trace of a symbol in a model.</summary>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="Name">Its own name.</param>
/// <param name="QualifiedName">How emitted code writes it: with <c>global::</c>; null when the type does not exist yet, because it is emitted in the same build.</param>
internal sealed record TypeName(string Namespace, string Name, string? QualifiedName)
{
    /// <summary>How emitted code writes it; a type that does not exist yet is in the assembly's root namespace.</summary>
    public string Qualify(string rootNamespace) =>
        QualifiedName ?? (rootNamespace.Length == 0 ? "global::" + Name : $"global::{rootNamespace}.{Name}");
}

/// <summary>A context: the first parameter of its handlers.</summary>
internal sealed record ContextModel(TypeName Type, bool IsPublic) : IComparable<ContextModel>
{
    public int CompareTo(ContextModel? other) => string.CompareOrdinal(Type.QualifiedName, other?.Type.QualifiedName);
}

/// <summary>One feature of a context.</summary>
internal sealed record FeatureModel(string Name, ContextModel Context);

/// <summary>One handler: what it handles, and how it is called.</summary>
internal sealed record HandlerModel(
    HandlerKind Kind,
    ContextModel Context,
    TypeName Payload,
    string DeclaringType,
    string Method,
    bool ReturnsBool,
    bool TakesReference,
    int Order,
    EquatableArray<string> Features)
{
    /// <summary>Where it stands among the others: by payload, order and name; never by its place in the source.</summary>
    public static IEnumerable<HandlerModel> Sort(IEnumerable<HandlerModel> handlers) => handlers
        .OrderBy(handler => handler.Kind)
        .ThenBy(handler => handler.Payload.Name, StringComparer.Ordinal)
        .ThenBy(handler => handler.Payload.QualifiedName, StringComparer.Ordinal)
        .ThenBy(handler => handler.Order)
        .ThenBy(handler => handler.DeclaringType, StringComparer.Ordinal)
        .ThenBy(handler => handler.Method, StringComparer.Ordinal);
}

/// <summary>Everything that one context's dispatch is emitted from.</summary>
internal sealed record DispatchModel(
    string RootNamespace,
    ContextModel Context,
    EquatableArray<HandlerModel> Handlers,
    EquatableArray<string> Features);

/// <summary>Everything that an assembly's extension is emitted from.</summary>
internal sealed record ExtensionModel(string RootNamespace, bool HasSchemas, EquatableArray<DispatchContextModel> Contexts);

/// <summary>What the extension needs to know of a context.</summary>
internal sealed record DispatchContextModel(ContextModel Context, bool HasIq, bool HasMessage, bool HasPresence);

/// <summary>What reading one attributed member yields: models for emission and, apart from them, what only diagnostics need.</summary>
internal sealed record ReadHandler(EquatableArray<HandlerModel> Handlers, LocationInfo? Location, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>What reading one class with features yields.</summary>
internal sealed record ReadFeatures(EquatableArray<FeatureModel> Features, EquatableArray<DiagnosticInfo> Diagnostics);
