using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits the lists of what a schema does not name but lets in: children and attributes. A wildcard for other namespaces lets in unknown children of the element's own as well, which newer
/// versions of its specification may have; one that names namespaces lets in these.
/// </summary>
internal static class OthersEmitter
{
    public static void EmitElements(SourceWriter w, ElementSpec element)
    {
        var known = KnownKeys(element).ToList();
        var named = element.OthersNamespaces.Contains(Wildcard.Other) ? default : element.OthersNamespaces;
        w.Line($"/// <summary>The children of {CSharp.Doc(element.Name.Local)} that its schema does not name.</summary>");
        ListEmitter.EmitList(w, ListFrame.OfChildren("OtherElements", "children"), () =>
        {
            w.Line("/// <summary>The child reached.</summary>");
            w.Line("public readonly ElementView Current => children.Current;");
            w.Line();
            w.Line("/// <summary>Goes to the next child that the schema does not name.</summary>");
            using (w.Block("public bool MoveNext()"))
            {
                var isOther = string.Join(" && ", new[] { known.Count > 0 ? "!IsNamed(children.Current.Key)" : "", named.IsEmpty ? "" : "IsOf(children.Current.Namespace)" }.Where(condition => condition.Length > 0));
                using (w.Block("while (children.MoveNext())"))
                {
                    if (isOther.Length > 0)
                    {
                        w.Line($"if ({isOther})");
                        using (w.Indent())
                            w.Line("return true;");
                    }
                    else
                    {
                        w.Line("return true;");
                    }
                }
                w.Line("return false;");
            }
            if (known.Count > 0)
            {
                w.Line();
                w.Line($"private static bool IsNamed(ElementKey key) => key is {string.Join(" or ", known)};");
            }
            if (!named.IsEmpty)
            {
                w.Line();
                w.Line($"private static bool IsOf(ReadOnlySpan<byte> ns) => {IsIn(named, "ns")};");
            }
        });
    }

    public static void EmitAttributes(SourceWriter w, ElementSpec element, Wildcard wildcard)
    {
        var named = wildcard.Namespaces.Contains(Wildcard.Other) ? default : wildcard.Namespaces;
        w.Line($"/// <summary>The attributes of {CSharp.Doc(element.Name.Local)} that its schema does not name.</summary>");
        ListEmitter.EmitList(w, ListFrame.OfAttributes("OtherAttributeList"), () =>
        {
            w.Line("/// <summary>The attribute reached.</summary>");
            w.Line("public readonly AttributeView Current => attributes.Current;");
            w.Line();
            w.Line("/// <summary>Goes to the next attribute that the schema does not name.</summary>");
            using (w.Block("public bool MoveNext()"))
            {
                using (w.Block("while (attributes.MoveNext())"))
                {
                    w.Line("var attribute = attributes.Current;");
                    w.Line($"if (!IsNamed(attribute){(named.IsEmpty ? "" : " && " + IsIn(named, "attribute.Namespace"))})");
                    using (w.Indent())
                        w.Line("return true;");
                }
                w.Line("return false;");
            }
            w.Line();
            w.Line($"private static bool IsNamed(AttributeView attribute) => {IsNamed(element)};");
        });
    }

    private static string IsNamed(ElementSpec element)
    {
        var names = element.Attributes.Select(field => field.Namespace is null
            ? $"attribute.Name.SequenceEqual({CSharp.Utf8(field.WireName)})"
            : $"(attribute.LocalName.SequenceEqual({CSharp.Utf8(field.WireName)}) && attribute.Namespace.SequenceEqual({CSharp.Utf8(field.Namespace)}))");
        return element.Attributes.IsEmpty ? "false" : string.Join(" || ", names);
    }

    private static string IsIn(EquatableArray<string> namespaces, string ns) => namespaces.Count == 1
        ? One(namespaces[0], ns)
        : "(" + string.Join(" || ", namespaces.Select(name => One(name, ns))) + ")";

    private static string One(string name, string ns) => name == Wildcard.Local ? ns + ".IsEmpty" : $"{ns}.SequenceEqual({CSharp.Utf8(name)})";

    private static IEnumerable<string> KnownKeys(ElementSpec element) =>
        element.Children.Select(Shapes.KeyName).Concat(element.Conditions.SelectMany(c => c.Values).Select(v => Shapes.Key(v.Name)));
}
