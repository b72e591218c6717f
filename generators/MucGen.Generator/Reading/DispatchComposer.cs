using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Sorts the handlers and features of an assembly by context, and finds those that contradict each other.</summary>
internal static class DispatchComposer
{
    public static EquatableArray<DispatchModel> Compose(
        EquatableArray<HandlerModel> handlers, EquatableArray<FeatureModel> features, string rootNamespace)
    {
        return handlers.Select(handler => handler.Context)
            .Concat(features.Select(feature => feature.Context))
            .Distinct()
            .OrderBy(context => context)
            .Select(context => new DispatchModel(
                rootNamespace,
                context,
                WithoutDuplicates(HandlerModel.Sort(handlers.Where(handler => handler.Context == context))).ToEquatableArray(),
                handlers.Where(handler => handler.Context == context).SelectMany(handler => handler.Features)
                    .Concat(features.Where(feature => feature.Context == context).Select(feature => feature.Name))
                    .Distinct()
                    .OrderBy(name => name, StringComparer.Ordinal)
                    .ToEquatableArray()))
            .ToEquatableArray();
    }

    public static ExtensionModel Extension(EquatableArray<DispatchModel> dispatches, bool hasSchemas, string rootNamespace) => new(
        rootNamespace,
        hasSchemas,
        dispatches.Select(dispatch => new DispatchContextModel(
            dispatch.Context,
            dispatch.Handlers.Any(handler => handler.Kind is HandlerKind.IqGet or HandlerKind.IqSet),
            dispatch.Handlers.Any(handler => handler.Kind == HandlerKind.Message),
            dispatch.Handlers.Any(handler => handler.Kind == HandlerKind.Presence))).ToEquatableArray());

    /// <summary>Two handlers of one request, or two of one message or presence whose order is left open.</summary>
    public static IEnumerable<DiagnosticInfo> FindContradictions(ImmutableArray<ReadHandler> read)
    {
        var placed = read.SelectMany(item => item.Handlers.Select(handler => (Handler: handler, item.Location)));
        foreach (var same in placed.GroupBy(item => SlotOf(item.Handler)).Where(group => group.Count() > 1))
        {
            var ordered = same.OrderBy(item => item.Handler.DeclaringType, StringComparer.Ordinal)
                .ThenBy(item => item.Handler.Method, StringComparer.Ordinal).ToList();
            foreach (var (handler, location) in ordered.Skip(1))
                yield return Contradiction(ordered[0].Handler, handler, location);
        }
    }

    /// <summary>The emitted code must compile even when a request has two handlers, so that the one true error is the only one.</summary>
    private static IEnumerable<HandlerModel> WithoutDuplicates(IEnumerable<HandlerModel> handlers) =>
        handlers.GroupBy(SlotOf).Select(group => group.First());

    private static (HandlerKind, ContextModel, TypeName, int) SlotOf(HandlerModel handler) =>
        (handler.Kind, handler.Context, handler.Payload, handler.Order);

    private static DiagnosticInfo Contradiction(HandlerModel first, HandlerModel second, LocationInfo? location)
    {
        var names = (First: ShortName(first), Second: ShortName(second));
        return second.Kind switch
        {
            HandlerKind.IqGet => Duplicate("get"),
            HandlerKind.IqSet => Duplicate("set"),
            HandlerKind.Message => Ambiguous("messages"),
            _ => Ambiguous("presence"),
        };

        DiagnosticInfo Duplicate(string type) => DiagnosticInfo.Of(
            Diagnostics.DuplicateHandler, location, names.First, names.Second, type, second.Payload.Name, second.Context.Type.Name);

        DiagnosticInfo Ambiguous(string stanza) => DiagnosticInfo.Of(
            Diagnostics.AmbiguousHandlers, location, names.First, names.Second, stanza, second.Payload.Name, second.Context.Type.Name,
            Emitting.CSharp.Number(second.Order));
    }

    private static string ShortName(HandlerModel handler) =>
        handler.DeclaringType.Substring(Math.Max(handler.DeclaringType.LastIndexOf('.'), handler.DeclaringType.LastIndexOf(':')) + 1) + "." + handler.Method;
}
