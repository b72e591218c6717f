using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits the lists of what may be repeated: views, and values that are more than text.</summary>
internal static class ListEmitter
{
    /// <summary>Whether a child is a repeated value of a type of its own; repeated texts have a list already.</summary>
    public static bool HasValueList(ChildSpec child) => child.Kind == ChildKind.Text && child.IsRepeated && Shapes.Type(child.Value!) != "XmlText";

    public static void EmitValues(SourceWriter w, ChildSpec child)
    {
        var list = child.MethodName + "List";
        var key = Shapes.KeyName(child);
        var type = Shapes.Type(child.Value!);
        w.Line($"/// <summary>The values of every <c>{child.Name.Local}</c>, in the order of the wire.</summary>");
        using (w.Block($"public readonly ref struct {list}"))
        {
            w.Line("private readonly ElementView parent;");
            w.Line();
            w.Line($"internal {list}(ElementView parent) => this.parent = parent;");
            w.Line();
            w.Line("/// <summary>Starts before the first one.</summary>");
            w.Line("public Enumerator GetEnumerator() => new(parent.Children);");
            w.Line();
            w.Line("/// <summary>Walks the values.</summary>");
            using (w.Block("public ref struct Enumerator"))
            {
                w.Line("private ChildEnumerator children;");
                w.Line();
                w.Line("internal Enumerator(ChildEnumerator children) => this.children = children;");
                w.Line();
                w.Line($"/// <summary>The value reached{(Shapes.IsStruct(child.Value!) ? "; the default when it is none that is understood" : "")}.</summary>");
                w.Line(Shapes.IsStruct(child.Value!)
                    ? $"public readonly {type} Current => {Shapes.TryParse(child.Value!, "children.Current.Text", "value")} ? value : default;"
                    : $"public readonly {type} Current => new(children.Current.Text);");
                w.Line();
                w.Line("/// <summary>Goes to the next one.</summary>");
                w.Line($"public bool MoveNext() => children.MoveNext({key});");
            }
        }
    }

    public static void EmitViews(SourceWriter w, ElementSpec element)
    {
        var view = element.TypeName + "View";
        var list = element.TypeName + "List";
        w.Line($"/// <summary>Every <c>{element.Name.Local}</c> directly inside an element, in the order of the wire.</summary>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block($"public readonly ref struct {list}"))
        {
            w.Line("private readonly ElementView parent;");
            w.Line();
            w.Line($"internal {list}(ElementView parent) => this.parent = parent;");
            w.Line();
            w.Line("/// <summary>Whether there is none.</summary>");
            w.Line($"public bool IsEmpty => !parent.HasChild({view}.Key);");
            w.Line();
            w.Line("/// <summary>How many there are; counted at every call.</summary>");
            using (w.Block("public int Count"))
            using (w.Block("get"))
            {
                w.Line("var count = 0;");
                w.Line("foreach (var _ in this)");
                using (w.Indent())
                    w.Line("count++;");
                w.Line("return count;");
            }
            w.Line();
            w.Line("/// <summary>The first; absent when there is none.</summary>");
            w.Line($"public {view} First => new(parent.Child({view}.Key));");
            w.Line();
            w.Line("/// <summary>Starts before the first one.</summary>");
            w.Line("public Enumerator GetEnumerator() => new(parent.Children);");
            w.Line();
            w.Line("/// <summary>Walks the elements.</summary>");
            using (w.Block("public ref struct Enumerator"))
            {
                w.Line("private ChildEnumerator children;");
                w.Line();
                w.Line("internal Enumerator(ChildEnumerator children) => this.children = children;");
                w.Line();
                w.Line("/// <summary>The element reached.</summary>");
                w.Line($"public readonly {view} Current => new(children.Current);");
                w.Line();
                w.Line("/// <summary>Goes to the next one.</summary>");
                w.Line($"public bool MoveNext() => children.MoveNext({view}.Key);");
            }
        }
    }
}
