using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits what a view knows of its fields: the row of every field that occurs once, so that an accessor is no search. <c>TryRead</c> hands the rows over; a view of
/// an element inside another one, checked with it, finds them itself when it is asked for.
/// </summary>
internal static class RowEmitter
{
    /// <summary>The names of the fields that hold rows.</summary>
    public static IReadOnlyList<string> Rows(ElementSpec element) =>
    [
        .. Attributes(element).Select(Shapes.Row),
        .. Children(element).Select(Shapes.Row),
        .. element.Conditions.Select(Shapes.Row),
    ];

    public static void EmitConstructors(SourceWriter w, ElementSpec element)
    {
        var rows = Rows(element);
        if (rows.Count == 0)
        {
            w.Line($"internal {element.TypeName}View(ElementView element) => Element = element;");
            return;
        }
        w.Line("// Where the fields stand in the stanza's table; 0 for those that are not there.");
        foreach (var row in rows)
            w.Line($"private readonly int {row};");
        w.Line();
        if (element.IsChild)
        {
            w.Line("/// <summary>Finds the fields of an element that was checked with the one around it.</summary>");
            using (w.Block($"internal {element.TypeName}View(ElementView element)"))
            {
                w.Line("Element = element;");
                EmitAttributeSwitch(w, Attributes(element), field => w.Line($"{Shapes.Row(field)} = attribute.Row;"));
                EmitFindChildren(w, element);
            }
            w.Line();
        }
        using (w.Block($"private {element.TypeName}View({string.Join(", ", rows.Select(row => "int " + row).Prepend("ElementView element"))})"))
        {
            w.Line("Element = element;");
            foreach (var row in rows)
                w.Line($"this.{row} = {row};");
        }
    }

    /// <summary>A walk over the attributes of <c>element</c>, with something to do at each that is known: by length, then by name.</summary>
    public static void EmitAttributeSwitch(SourceWriter w, IEnumerable<FieldSpec> attributes, Action<FieldSpec> emitCase)
    {
        var byLength = attributes.OrderBy(a => Encoding.UTF8.GetByteCount(a.WireName)).ToList();
        if (byLength.Count == 0)
            return;
        using (w.Block("foreach (var attribute in element.Attributes)"))
        {
            w.Line("var name = attribute.Name;");
            using (w.Block("switch (name.Length)"))
            {
                foreach (var field in byLength)
                {
                    w.Line($"case {Encoding.UTF8.GetByteCount(field.WireName)} when name.SequenceEqual({CSharp.Utf8(field.WireName)}):");
                    using (w.Indent())
                    {
                        emitCase(field);
                        w.Line("break;");
                    }
                }
            }
        }
    }

    private static void EmitFindChildren(SourceWriter w, ElementSpec element)
    {
        var children = Children(element);
        if (children.Count == 0 && element.Conditions.IsEmpty)
            return;
        using (w.Block("foreach (var child in element.Children)"))
        using (w.Block("switch (child.Key)"))
        {
            foreach (var child in children)
            {
                w.Line($"case {Shapes.KeyName(child)}:");
                using (w.Indent())
                {
                    w.Line($"{Shapes.Row(child)} = child.Row;");
                    w.Line("break;");
                }
            }
            if (element.Conditions.IsEmpty)
                return;
            w.Line("default:");
            using (w.Indent())
            {
                foreach (var condition in element.Conditions)
                {
                    w.Line($"if (TryRead{condition.PropertyName}(child.Key, out _))");
                    using (w.Indent())
                        w.Line($"{Shapes.Row(condition)} = child.Row;");
                }
                w.Line("break;");
            }
        }
    }

    private static List<FieldSpec> Attributes(ElementSpec element) => element.Attributes.Where(a => a.Fixed is null).ToList();

    private static List<ChildSpec> Children(ElementSpec element) => element.Children.Where(c => !c.IsRepeated).ToList();
}
