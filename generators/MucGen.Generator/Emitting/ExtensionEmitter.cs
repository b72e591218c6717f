using System;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits an assembly's extension: its names and the dispatch of all its contexts, in the one shape that a host composes.</summary>
internal static class ExtensionEmitter
{
    private const string HintName = "GeneratedExtension.g.cs";

    public static EmittedFile Emit(ExtensionModel extension) => new(HintName, Write(extension).ToString());

    private static SourceWriter Write(ExtensionModel extension)
    {
        var writer = CSharp.OpenFile("the schemas and handlers of this assembly", extension.RootNamespace, "System", "System.Collections.Generic", "MucGen.Protocol", "MucGen.Xml");
        writer.Line("/// <summary>What this assembly adds to the protocol; give it to a <see cref=\"ProtocolHost\"/>.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Block("public sealed class GeneratedExtension : ProtocolExtension"))
        {
            using (writer.Block("private GeneratedExtension()"))
            {
            }
            writer.Line();
            writer.Line("/// <summary>The one instance; it has no state.</summary>");
            writer.Line("public static GeneratedExtension Instance { get; } = new();");
            if (extension.HasSchemas)
            {
                writer.Line();
                writer.Line("/// <inheritdoc/>");
                writer.Line($"public override NameTable Names => global::{Prefix(extension)}ProtocolNames.Instance;");
            }
            EmitMethod(writer, extension, context => context.HasIq, "Iq", "IqType type, ElementView payload", "type, payload");
            EmitMethod(writer, extension, context => context.HasMessage, "Message", "ElementView message", "message");
            EmitMethod(writer, extension, context => context.HasPresence, "Presence", "ElementView presence", "presence");
            EmitFeatures(writer, extension);
        }
        return writer;
    }

    private static void EmitMethod(
        SourceWriter writer, ExtensionModel extension, Func<DispatchContextModel, bool> takesPart, string method, string parameters, string arguments)
    {
        var contexts = extension.Contexts.Where(takesPart).Select(context => context.Context).ToList();
        if (contexts.Count == 0)
            return;
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        using (writer.Block($"public override bool {method}(StanzaTurn turn, {parameters}) => turn switch", ";"))
        {
            foreach (var context in contexts)
                writer.Line($"{context.Type.QualifiedName} own => {Dispatch(extension, context)}.{method}(own, {arguments}),");
            writer.Line("_ => false,");
        }
    }

    private static void EmitFeatures(SourceWriter writer, ExtensionModel extension)
    {
        if (extension.Contexts.IsEmpty)
            return;
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        using (writer.Block("public override IReadOnlyList<string> FeaturesOf(Type context)"))
        {
            foreach (var context in extension.Contexts)
            {
                writer.Line($"if (context == typeof({context.Context.Type.QualifiedName}))");
                using (writer.Indent())
                    writer.Line($"return {Dispatch(extension, context.Context)}.Features;");
            }
            writer.Line("return [];");
        }
    }

    private static string Dispatch(ExtensionModel extension, ContextModel context) => $"global::{Prefix(extension)}{DispatchEmitter.ClassName(context)}";

    private static string Prefix(ExtensionModel extension) => extension.RootNamespace.Length == 0 ? "" : extension.RootNamespace + ".";
}
