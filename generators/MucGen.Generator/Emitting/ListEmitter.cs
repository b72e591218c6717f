using System;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits lists: of what may be repeated, views and values that are more than text, and the frame of those in <see cref="OthersEmitter"/>.</summary>
internal static class ListEmitter
{
    /// <summary>Whether a child is a repeated value of a type of its own; repeated texts have a list already.</summary>
    public static bool HasValueList(ChildSpec child) => child.Kind == ChildKind.Text && child.IsRepeated && Shapes.Type(child.Value!) != "XmlText";

    public static void EmitValues(SourceWriter w, ChildSpec child)
    {
        var type = Shapes.Type(child.Value!);
        w.Line($"/// <summary>The values of every <c>{child.Name.Local}</c>, in the order of the wire.</summary>");
        EmitList(w, ListFrame.OfChildren(child.MethodName + "List", "values"), () =>
        {
            w.Line($"/// <summary>The value reached{(Shapes.IsStruct(child.Value!) ? "; the default when it is none that is understood" : "")}.</summary>");
            w.Line(Shapes.IsStruct(child.Value!)
                ? $"public readonly {type} Current => {Shapes.TryParse(child.Value!, "children.Current.Text", "value")} ? value : default;"
                : $"public readonly {type} Current => new(children.Current.Text);");
            w.Line();
            w.Line("/// <summary>Goes to the next one.</summary>");
            w.Line($"public bool MoveNext() => children.MoveNext({Shapes.KeyName(child)});");
        });
    }

    public static void EmitViews(SourceWriter w, ElementSpec element)
    {
        var view = element.TypeName + "View";
        w.Line($"/// <summary>Every <c>{element.Name.Local}</c> directly inside an element, in the order of the wire.</summary>");
        w.Line(CSharp.GeneratedCode);
        EmitList(
            w,
            ListFrame.OfChildren(element.TypeName + "List", "elements"),
            () =>
            {
                w.Line("/// <summary>The element reached.</summary>");
                w.Line($"public readonly {view} Current => new(children.Current);");
                w.Line();
                w.Line("/// <summary>Goes to the next one.</summary>");
                w.Line($"public bool MoveNext() => children.MoveNext({view}.Key);");
            },
            () => EmitSummaries(w, view));
    }

    /// <summary>Emits a list: what it is over, what <paramref name="emitMore"/> adds, and the enumerator, to which <paramref name="emitSteps"/> gives <c>Current</c> and <c>MoveNext</c>.</summary>
    public static void EmitList(SourceWriter w, ListFrame frame, Action emitSteps, Action? emitMore = null)
    {
        using (w.Block($"public readonly ref struct {frame.Name}"))
        {
            w.Line($"private readonly ElementView {frame.Source};");
            w.Line();
            w.Line($"internal {frame.Name}(ElementView {frame.Source}) => this.{frame.Source} = {frame.Source};");
            w.Line();
            emitMore?.Invoke();
            w.Line("/// <summary>Starts before the first one.</summary>");
            w.Line($"public Enumerator GetEnumerator() => new({frame.Source}.{CSharp.Pascal(frame.Walked)});");
            w.Line();
            w.Line($"/// <summary>Walks the {frame.Words}.</summary>");
            using (w.Block("public ref struct Enumerator"))
            {
                w.Line($"private {frame.Enumerator} {frame.Walked};");
                w.Line();
                w.Line($"internal Enumerator({frame.Enumerator} {frame.Walked}) => this.{frame.Walked} = {frame.Walked};");
                w.Line();
                emitSteps();
            }
        }
    }

    private static void EmitSummaries(SourceWriter w, string view)
    {
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
    }
}

/// <summary>What an emitted list is over. <paramref name="Walked"/>: the members of <c>ElementView</c>, in camel case. <paramref name="Words"/>: what it calls them.</summary>
internal readonly record struct ListFrame(string Name, string Source, string Walked, string Enumerator, string Words)
{
    public static ListFrame OfChildren(string name, string words) => new(name, "parent", "children", "ChildEnumerator", words);

    public static ListFrame OfAttributes(string name) => new(name, "element", "attributes", "AttributeEnumerator", "attributes");
}
