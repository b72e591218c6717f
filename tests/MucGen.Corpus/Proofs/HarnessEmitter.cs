using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Corpus.Proofs;

/// <summary>
/// Emits, for each element, a class that reads it by its view and writes it by its writer. Views cannot be reached by reflection, so that the proofs are compiled beside what
/// they prove. Values are taken from the accessors, in schema order; only where the order of children says something are these walked.
/// </summary>
internal static class HarnessEmitter
{
    /// <summary>The file for these elements.</summary>
    /// <param name="elements">The elements, whose children's elements are among them.</param>
    /// <param name="rootNamespace">That of the emitted code.</param>
    public static string Emit(IReadOnlyList<ElementSpec> elements, string rootNamespace)
    {
        var w = CSharp.OpenFile("The harness of the proofs", rootNamespace, "System", "MucGen.Corpus.Proofs", "MucGen.Xml");
        foreach (var element in elements)
        {
            EmitCode(w, element);
            w.Line();
        }
        using (w.Block("internal static class Filling"))
        {
            foreach (var element in elements.Where(element => !element.IsWhole))
                EmitFilling(w, element);
        }
        return w.ToString();
    }

    /// <summary>The name of an element's class.</summary>
    public static string NameOf(ElementSpec element) => element.TypeName + "PayloadCode";

    private static void EmitCode(SourceWriter w, ElementSpec element)
    {
        using (w.Block($"internal sealed class {NameOf(element)} : IPayloadCode"))
        {
            using (w.Block("public bool TryRewrite(ElementView element, ref XmppWriter writer, out ReadError error)"))
            {
                w.Line($"if (!{element.TypeName}View.TryRead(element, out var view, out error))");
                using (w.Indent())
                    w.Line("return false;");
                var others = element.OtherAttributes is not null;
                if (element.IsWhole)
                {
                    w.Line($"{element.TypeName}Writer.Write(ref writer{Arguments(element.Attributes, element.Value, others, "view", ", ")});");
                    w.Line("return true;");
                    return;
                }
                w.Line($"var rewritten = {element.TypeName}Writer.Start(ref writer{Arguments(element.Attributes, null, others, "view", ", ")});");
                w.Line($"Filling.{element.TypeName}(ref rewritten, view);");
                w.Line("rewritten.End();");
                w.Line("return true;");
            }
        }
    }

    private static void EmitFilling(SourceWriter w, ElementSpec element)
    {
        using (w.Block($"public static void {element.TypeName}(scoped ref {element.TypeName}Writer writer, {element.TypeName}View view)"))
        {
            if (element.IsNillable)
            {
                w.Line($"if (view.{element.Attributes[element.Attributes.Count - 1].PropertyName} == true)");
                using (w.Indent())
                    w.Line("return;");
            }
            if (element.IsMixed || element.KeepsOrder)
                EmitWalk(w, element);
            else
                EmitInOrder(w, element);
        }
    }

    private static void EmitInOrder(SourceWriter w, ElementSpec element)
    {
        var parts = element.Children.Select(child => (child.Order, Emit: (Action)(() => EmitChild(w, child))))
            .Concat(element.Conditions.Select(condition => (condition.Order, Emit: (Action)(() => EmitCondition(w, condition)))));
        if (element.HasOthers)
            parts = parts.Append((element.OthersOrder, () => EmitForEach(w, "view.Others", "writer.Any(item);")));
        foreach (var (_, emit) in parts.OrderBy(part => part.Order))
            emit();
    }

    private static void EmitChild(SourceWriter w, ChildSpec child)
    {
        var property = "view." + child.PropertyName;
        switch (child.Kind)
        {
            case ChildKind.Flag when child.IsRepeated:
                w.Line($"for (var i = {property}; i > 0; i--)");
                using (w.Indent())
                    w.Line($"writer.{child.MethodName}();");
                break;
            case ChildKind.Flag:
                w.Line($"if ({property})");
                using (w.Indent())
                    w.Line($"writer.{child.MethodName}();");
                break;
            case ChildKind.View when !child.IsRepeated:
                using (w.Block($"if ({property}.IsPresent)"))
                {
                    w.Line($"var item = {property};");
                    EmitView(w, child, "item");
                }
                break;
            case ChildKind.View:
                using (w.Block($"foreach (var item in {property})"))
                    EmitView(w, child, "item");
                break;
            case ChildKind.LanguageText when child.IsRepeated:
                EmitForEach(w, property, $"writer.{child.MethodName}(item.Text, item.Lang);");
                break;
            case ChildKind.LanguageText:
                w.Line($"writer.{child.MethodName}({property}.Text, {property}.Lang);");
                break;
            default:
                if (child.IsRepeated)
                    EmitForEach(w, property, $"writer.{child.MethodName}(item);");
                else
                    w.Line($"writer.{child.MethodName}({property});");
                break;
        }
    }

    private static void EmitForEach(SourceWriter w, string list, string statement)
    {
        w.Line($"foreach (var item in {list})");
        using (w.Indent())
            w.Line(statement);
    }

    private static void EmitView(SourceWriter w, ChildSpec child, string view)
    {
        if (child.IsWhole)
        {
            w.Line($"writer.{child.MethodName}({Arguments(child.Attributes, child.Value, child.TakesOtherAttributes, view, "")});");
            return;
        }
        w.Line($"var inner = writer.Start{child.MethodName}({Arguments(child.Attributes, null, child.TakesOtherAttributes, view, "")});");
        w.Line($"Filling.{child.TypeName}(ref inner, {view});");
        w.Line("inner.End();");
    }

    private static void EmitCondition(SourceWriter w, ConditionSpec condition)
    {
        var text = condition.HasText ? $", view.{condition.PropertyName}Text" : "";
        w.Line(condition.Required ? $"writer.{condition.PropertyName}(view.{condition.PropertyName}{text});" : $"if (view.{condition.PropertyName} is {{ }} is{condition.PropertyName})");
        if (condition.Required)
            return;
        using (w.Indent())
            w.Line($"writer.{condition.PropertyName}(is{condition.PropertyName}{text});");
    }

    /// <summary>Text and children in the order of the wire, told apart by their keys.</summary>
    private static void EmitWalk(SourceWriter w, ElementSpec element)
    {
        using (w.Block(element.IsMixed ? "foreach (var node in view.Element.Nodes)" : "foreach (var child in view.Element.Children)"))
        {
            if (element.IsMixed)
            {
                using (w.Block("if (!node.Element.IsPresent)"))
                {
                    w.Line("writer.Text(node.Text);");
                    w.Line("continue;");
                }
                w.Line("var child = node.Element;");
            }
            using (w.Block("switch (child.Key)"))
            {
                foreach (var child in element.Children)
                {
                    using (w.Block($"case {Shapes.Key(child.Name)}:"))
                    {
                        EmitWalked(w, child);
                        w.Line("break;");
                    }
                }
                foreach (var condition in element.Conditions)
                {
                    foreach (var value in condition.Values)
                    {
                        w.Line($"case {Shapes.Key(value.Name)}:");
                        using (w.Indent())
                        {
                            w.Line($"writer.{condition.PropertyName}({condition.EnumType}.{value.Member}{(condition.HasText ? ", child.Text" : "")});");
                            w.Line("break;");
                        }
                    }
                }
                w.Line("default:");
                using (w.Indent())
                {
                    if (element.HasOthers)
                        w.Line("writer.Any(child);");
                    w.Line("break;");
                }
            }
        }
    }

    private static void EmitWalked(SourceWriter w, ChildSpec child)
    {
        switch (child.Kind)
        {
            case ChildKind.Flag:
                w.Line($"writer.{child.MethodName}();");
                break;
            case ChildKind.View:
                w.Line($"var item = new {child.TypeName}View(child);");
                EmitView(w, child, "item");
                break;
            case ChildKind.LanguageText:
                w.Line("var item = new LanguageText(child);");
                w.Line($"writer.{child.MethodName}(item.Text, item.Lang);");
                break;
            case ChildKind.Text when Shapes.IsStruct(child.Value!):
                w.Line($"writer.{child.MethodName}({Shapes.TryParse(child.Value!, "child.Text", "value")} ? value : null);");
                break;
            case ChildKind.Text:
                w.Line($"writer.{child.MethodName}(child.Text);");
                break;
            default:
                w.Line($"writer.{child.MethodName}(child);");
                break;
        }
    }

    /// <summary>By name, so that their order does not matter.</summary>
    private static string Arguments(EquatableArray<FieldSpec> fields, ValueSpec? value, bool takesOthers, string view, string before)
    {
        var arguments = fields.Where(field => field.Fixed is null).Select(field => $"{field.ParameterName}: {Argument(field, view)}");
        if (value is not null)
            arguments = arguments.Append($"value: {view}.Value");
        if (takesOthers)
            arguments = arguments.Append($"others: {view}.OtherAttributes");
        var all = string.Join(", ", arguments);
        return all.Length == 0 ? "" : before + all;
    }

    /// <summary>What is absent stays so, whatever stands for it.</summary>
    private static string Argument(FieldSpec field, string view)
    {
        var property = $"{view}.{field.PropertyName}";
        if (field.Default is not null && !field.Required)
            return Shapes.IsStruct(field.Value) ? $"{view}.Has{field.PropertyName} ? {property} : null" : $"{view}.Has{field.PropertyName} ? (XmlText){property} : default";
        return field is { Required: true, Default: null } && Shapes.IsStruct(field.Value) && (field.Value.Open || field.Value.Lenient) ? property + ".GetValueOrDefault()" : property;
    }
}
