using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits the catalogue: every element that the schemas know, and the specifications they come from.</summary>
internal static class CatalogueEmitter
{
    public static EmittedFile Emit(NamesSpec names, string @namespace)
    {
        var w = CSharp.OpenFile("all schemas, catalogue", @namespace, "System.Collections.Generic", "MucGen.Xml");
        w.Line("/// <summary>What this assembly's schemas define.</summary>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block("public static class ProtocolCatalogue"))
        {
            w.Line("/// <summary>The specifications that schemas and forms come from, by id.</summary>");
            w.Line("public static IReadOnlyList<CatalogueSpecification> Specifications { get; } =");
            w.Line("[");
            using (w.Indent())
            {
                foreach (var row in names.Specifications)
                    w.Line($"new({CSharp.Literal(row.Id)}, {CSharp.Literal(row.Version)}),");
            }
            w.Line("];");
            w.Line();
            w.Line("/// <summary>The elements, by namespace and name; those without a view are flags or texts of others.</summary>");
            w.Line("public static IReadOnlyList<CatalogueElement> Elements { get; } =");
            w.Line("[");
            using (w.Indent())
            {
                foreach (var ns in names.Namespaces)
                {
                    foreach (var row in ns.Elements)
                        w.Line($"new((ElementKey)0x{row.Key:x8}, {CSharp.Literal(ns.Namespace)}, {CSharp.Literal(row.Local)}, {(row.TypeName is null ? "null" : CSharp.Literal(row.TypeName))}, {CSharp.Literal(row.Specification)}),");
                }
            }
            w.Line("];");
        }
        return new EmittedFile("ProtocolCatalogue.g.cs", w.ToString());
    }
}
