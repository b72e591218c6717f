using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits <c>TryRead</c>: one look at every field, in any order, with the exact error of the first that is wrong.</summary>
internal static class ReadEmitter
{
    public static void Emit(SourceWriter w, ElementSpec element)
    {
        var view = element.TypeName + "View";
        w.Line("/// <summary>Reads and checks the element with everything that its schema names inside; what the schema does not name is let through.</summary>");
        w.Line("/// <param name=\"element\">The element; an absent one is an error.</param>");
        w.Line("/// <param name=\"view\">The view; absent when the result is false.</param>");
        w.Line("/// <param name=\"error\">What is wrong first; meaningless when the result is true.</param>");
        using (w.Block($"public static bool TryRead(ElementView element, out {view} view, out ReadError error)"))
        {
            w.Line("if (element.Key != Key)");
            using (w.Indent())
                w.Line($"return Fail(null, element.IsPresent ? ReadProblem.Unexpected : ReadProblem.Missing, StanzaErrorCondition.BadRequest, out view, out error);");
            foreach (var field in element.Attributes)
                EmitAttribute(w, field);
            if (element.Value is { } value && Shapes.IsInvalid(value, "element.Text", "number") is { } invalid)
                EmitCheck(w, invalid, "null", "BadValue", value.Condition);
            EmitChildren(w, element);
            w.Line($"view = new {view}(element);");
            w.Line("error = default;");
            w.Line("return true;");
        }
        foreach (var condition in element.Conditions)
            EmitConditionReader(w, condition);
        w.Line();
        using (w.Block($"private static bool Fail(string? field, ReadProblem problem, StanzaErrorCondition condition, out {view} view, out ReadError error)"))
        {
            w.Line("view = default;");
            w.Line("error = new ReadError(ElementName, field, problem, condition);");
            w.Line("return false;");
        }
    }

    private static void EmitAttribute(SourceWriter w, FieldSpec field)
    {
        var local = field.ParameterName is "element" or "view" or "error" ? field.ParameterName + "Text" : field.ParameterName;
        var invalid = field.Fixed is { } constant
            ? $"!{local}.Equals({CSharp.Utf8(constant)})"
            : Shapes.IsInvalid(field.Value, local, local.TrimStart('@') + "Value");
        if (invalid is null && !field.Required)
            return;
        w.Line($"var {local} = element.Attribute({CSharp.Utf8(field.WireName)});");
        var name = CSharp.Literal(field.WireName);
        if (field.Required)
            EmitCheck(w, $"!{local}.IsPresent", name, "Missing", "bad-request");
        if (invalid is not null)
            EmitCheck(w, field.Required ? invalid : $"{local}.IsPresent && {invalid}", name, "BadValue", field.Value.Condition);
    }

    private static void EmitChildren(SourceWriter w, ElementSpec element)
    {
        var counted = element.Children.Where(c => NeedsCount(element, c)).ToList();
        if (element.Children.All(c => !NeedsCount(element, c) && !NeedsCheck(c)) && element.Conditions.IsEmpty)
            return;
        foreach (var child in counted)
            w.Line($"var {Counter(child)} = 0;");
        foreach (var condition in element.Conditions)
            w.Line($"var has{condition.PropertyName} = false;");
        w.Line("foreach (var child in element.Children)");
        using (w.Block())
        {
            using (w.Block("switch (child.Key)"))
            {
                foreach (var child in element.Children)
                    EmitCase(w, element, child);
                EmitDefault(w, element);
            }
        }
        foreach (var child in element.Children.Where(c => c.Min > 0 && !InChoice(element, c)))
            EmitCheck(w, child.Min == 1 ? $"{Counter(child)} == 0" : $"{Counter(child)} < {child.Min}", CSharp.Literal(child.Name.Local), "Missing", "bad-request");
        foreach (var choice in element.Choices)
            EmitChoice(w, element, choice);
        foreach (var condition in element.Conditions.Where(c => c.Required))
            EmitCheck(w, $"!has{condition.PropertyName}", CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Missing", "bad-request");
    }

    private static void EmitCase(SourceWriter w, ElementSpec element, ChildSpec child)
    {
        if (!NeedsCount(element, child) && !NeedsCheck(child))
            return;
        w.Line($"case {Shapes.KeyName(child)}:");
        using (w.Indent())
        {
            var name = CSharp.Literal(child.Name.Local);
            if (child.Max == 1)
                EmitCheck(w, $"{Counter(child)}++ > 0", name, "Duplicate", "bad-request");
            else if (child.Max != ParticleModel.Unbounded)
                EmitCheck(w, $"{Counter(child)}++ >= {child.Max}", name, "TooMany", "bad-request");
            else if (NeedsCount(element, child))
                w.Line($"{Counter(child)}++;");
            if (child.Kind == ChildKind.View)
            {
                using (w.Block($"if (!{child.TypeName}View.TryRead(child, out _, out error))"))
                {
                    w.Line("view = default;");
                    w.Line("return false;");
                }
            }
            else if (child.Value is { } value && Shapes.IsInvalid(value, "child.Text", Variable(child) + "Value") is { } invalid)
            {
                EmitCheck(w, invalid, name, "BadValue", value.Condition);
            }
            w.Line("break;");
        }
    }

    private static void EmitDefault(SourceWriter w, ElementSpec element)
    {
        if (element.Conditions.IsEmpty)
            return;
        w.Line("default:");
        using (w.Indent())
        {
            foreach (var condition in element.Conditions)
            {
                w.Line($"if (TryRead{condition.PropertyName}(child.Key, out _))");
                using (w.Block())
                {
                    EmitCheck(w, $"has{condition.PropertyName}", CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Duplicate", "bad-request");
                    w.Line($"has{condition.PropertyName} = true;");
                }
            }
            w.Line("break;");
        }
    }

    private static void EmitChoice(SourceWriter w, ElementSpec element, ChoiceSpec choice)
    {
        var children = choice.Children.Select(i => element.Children[i]).ToList();
        if (choice.Exclusive && children.Count > 1)
        {
            var kinds = string.Join(" + ", children.Select(c => $"({Counter(c)} > 0 ? 1 : 0)"));
            EmitCheck(w, $"{kinds} > 1", "null", "Unexpected", "bad-request");
        }
        if (choice.Required)
            EmitCheck(w, string.Join(" && ", children.Select(c => $"{Counter(c)} == 0")), CSharp.Literal(string.Join("|", children.Select(c => c.Name.Local))), "Missing", "bad-request");
    }

    private static void EmitConditionReader(SourceWriter w, ConditionSpec condition)
    {
        w.Line();
        using (w.Block($"private static bool TryRead{condition.PropertyName}(ElementKey key, out {condition.EnumType} value)"))
        {
            using (w.Block("switch (key)"))
            {
                foreach (var value in condition.Values)
                {
                    w.Line($"case {Shapes.Key(value.Name)}: // {value.Name.Local}");
                    using (w.Indent())
                    {
                        w.Line($"value = {condition.EnumType}.{value.Member};");
                        w.Line("return true;");
                    }
                }
                w.Line("default:");
                using (w.Indent())
                {
                    w.Line("value = default;");
                    w.Line("return false;");
                }
            }
        }
    }

    private static bool InChoice(ElementSpec element, ChildSpec child) => element.Choices.Any(c => c.Children.Any(i => ReferenceEquals(element.Children[i], child)));

    private static bool NeedsCount(ElementSpec element, ChildSpec child) => child.Min > 0 || child.Max != ParticleModel.Unbounded || InChoice(element, child);

    private static bool NeedsCheck(ChildSpec child) =>
        child.Kind == ChildKind.View || (child.Value is { } value && Shapes.IsValid(value, "child.Text", "_") is not null);

    private static string Counter(ChildSpec child) => Variable(child) + "Count";

    private static string Variable(ChildSpec child) => CSharp.Camel(child.PropertyName).TrimStart('@');

    private static void EmitCheck(SourceWriter w, string failed, string field, string problem, string condition)
    {
        w.Line($"if ({failed})");
        using (w.Indent())
            w.Line($"return Fail({field}, ReadProblem.{problem}, StanzaErrorCondition.{CSharp.Pascal(condition)}, out view, out error);");
    }
}
