using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits the dispatch of one context: a switch over element keys that calls the handlers directly. No delegates, no dictionary, no container: the
/// emitted file reads as the table that it is.
/// </summary>
internal static class DispatchEmitter
{
    public static EmittedFile Emit(DispatchModel dispatch) => new(HintName(dispatch), Write(dispatch).ToString());

    /// <summary>The class that a context's dispatch is emitted to.</summary>
    public static string ClassName(ContextModel context) => context.Type.Name + "Dispatch";

    private static string HintName(DispatchModel dispatch) => $"{dispatch.Context.Type.Namespace}.{ClassName(dispatch.Context)}.g.cs";

    private static SourceWriter Write(DispatchModel dispatch)
    {
        var context = dispatch.Context;
        var writer = CSharp.OpenFile($"the handlers of {context.Type.Name}", dispatch.RootNamespace, "System.Collections.Generic", "MucGen.Protocol", "MucGen.Xml");
        writer.Line($"/// <summary>Calls the handlers that this assembly has for <see cref=\"{context.Type.QualifiedName}\"/>.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Block($"{(context.IsPublic ? "public" : "internal")} static partial class {ClassName(context)}"))
        {
            EmitFeatures(writer, dispatch);
            EmitIq(writer, dispatch);
            EmitChain(writer, dispatch, HandlerKind.Message, "Message", "message");
            EmitChain(writer, dispatch, HandlerKind.Presence, "Presence", "presence");
        }
        return writer;
    }

    private static void EmitFeatures(SourceWriter writer, DispatchModel dispatch)
    {
        writer.Line("/// <summary>The features that disco#info lists because of these handlers; sorted, each once.</summary>");
        if (dispatch.Features.IsEmpty)
        {
            writer.Line("public static IReadOnlyList<string> Features { get; } = [];");
            return;
        }
        using (writer.Block("public static IReadOnlyList<string> Features { get; } = new[]", ";"))
        {
            foreach (var feature in dispatch.Features)
                writer.Line(CSharp.Literal(feature) + ",");
        }
    }

    private static void EmitIq(SourceWriter writer, DispatchModel dispatch)
    {
        var gets = Of(dispatch, HandlerKind.IqGet);
        var sets = Of(dispatch, HandlerKind.IqSet);
        writer.Line();
        writer.Line("/// <summary>Handles an iq get or set; false when nothing here does. A payload that cannot be read is answered as its schema says.</summary>");
        var turn = dispatch.Context.Type.QualifiedName;
        if (gets.Count == 0 && sets.Count == 0)
        {
            writer.Line($"public static bool Iq({turn} turn, IqType type, ElementView payload) => false;");
            return;
        }
        using (writer.Block($"public static bool Iq({turn} turn, IqType type, ElementView payload) => type switch", ";"))
        {
            if (gets.Count > 0)
                writer.Line("IqType.Get => Get(turn, payload),");
            if (sets.Count > 0)
                writer.Line("IqType.Set => Set(turn, payload),");
            writer.Line("_ => false,");
        }
        EmitRequests(writer, dispatch, "Get", gets);
        EmitRequests(writer, dispatch, "Set", sets);
    }

    private static void EmitRequests(SourceWriter writer, DispatchModel dispatch, string method, List<HandlerModel> handlers)
    {
        if (handlers.Count == 0)
            return;
        writer.Line();
        using var body = writer.Block($"private static bool {method}({dispatch.Context.Type.QualifiedName} turn, ElementView payload)");
        using var table = writer.Block("switch (payload.Key)");
        foreach (var handler in handlers)
        {
            var view = handler.Payload.Qualify(dispatch.RootNamespace);
            writer.Line($"case {view}.Key:");
            using (writer.Block())
            {
                EmitRead(writer, view);
                if (handler.ReturnsBool)
                {
                    writer.Line($"return {Call(handler)};");
                }
                else
                {
                    writer.Line(Call(handler) + ";");
                    writer.Line("return true;");
                }
            }
        }
        writer.Line("default:");
        using (writer.Indent())
            writer.Line("return false;");
    }

    private static void EmitChain(SourceWriter writer, DispatchModel dispatch, HandlerKind kind, string method, string stanza)
    {
        var handlers = Of(dispatch, kind);
        writer.Line();
        writer.Line($"/// <summary>Offers {(kind == HandlerKind.Message ? "a message" : "presence")} to the handlers of its payloads, in the order of the payloads; false when none has dealt with it.</summary>");
        if (handlers.Count == 0)
        {
            writer.Line($"public static bool {method}({dispatch.Context.Type.QualifiedName} turn, ElementView {stanza}) => false;");
            return;
        }
        using var body = writer.Block($"public static bool {method}({dispatch.Context.Type.QualifiedName} turn, ElementView {stanza})");
        using (writer.Block($"foreach (var payload in {stanza}.Children)"))
        {
            using var table = writer.Block("switch (payload.Key)");
            foreach (var group in handlers.GroupBy(handler => handler.Payload))
            {
                var view = group.Key.Qualify(dispatch.RootNamespace);
                writer.Line($"case {view}.Key:");
                using (writer.Block())
                {
                    EmitRead(writer, view);
                    foreach (var handler in group)
                    {
                        writer.Line($"if ({Call(handler)})");
                        using (writer.Indent())
                            writer.Line("return true;");
                    }
                    writer.Line("break;");
                }
            }
        }
        writer.Line("return false;");
    }

    private static void EmitRead(SourceWriter writer, string view)
    {
        using (writer.Block($"if (!{view}.TryRead(payload, out var view, out var error))"))
        {
            writer.Line("turn.Malformed(error);");
            writer.Line("return true;");
        }
    }

    private static string Call(HandlerModel handler) =>
        $"{handler.DeclaringType}.{CSharp.Identifier(handler.Method)}(turn, {(handler.TakesReference ? "in " : "")}view)";

    private static List<HandlerModel> Of(DispatchModel dispatch, HandlerKind kind) => dispatch.Handlers.Where(handler => handler.Kind == kind).ToList();
}
