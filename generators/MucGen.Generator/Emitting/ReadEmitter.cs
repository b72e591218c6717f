using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits <c>TryRead</c>: one walk over the attributes and one over the children, checking every field as it is met and noting its row, with the exact error of
/// the first that is wrong.
/// </summary>
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
            EmitAttributes(w, element);
            if (element.Value is { } value && Shapes.IsInvalid(value, "element.Text", "number") is { } invalid)
                EmitCheck(w, invalid, "null", "BadValue", value.Condition);
            EmitChildren(w, element);
            w.Line($"view = new {view}({string.Join(", ", RowEmitter.Rows(element).Prepend("element"))});");
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

    private static void EmitAttributes(SourceWriter w, ElementSpec element)
    {
        var noted = element.Attributes.Where(IsNoted).ToList();
        foreach (var field in noted)
            w.Line($"var {Shapes.Row(field)} = 0;");
        RowEmitter.EmitAttributeSwitch(w, element.Attributes.Where(a => IsNoted(a) || a.Fixed is not null), field =>
        {
            var invalid = field.Fixed is { } constant
                ? $"!attribute.Value.Equals({CSharp.Utf8(constant)})"
                : Shapes.IsInvalid(field.Value, "attribute.Value", Variable(field.PropertyName) + "Value");
            if (invalid is not null)
                EmitCheck(w, invalid, CSharp.Literal(field.WireName), "BadValue", field.Value.Condition);
            if (IsNoted(field))
                w.Line($"{Shapes.Row(field)} = attribute.Row;");
        });
        foreach (var field in noted.Where(f => f.Required))
            EmitCheck(w, $"{Shapes.Row(field)} == 0", CSharp.Literal(field.WireName), "Missing", "bad-request");
    }

    /// <summary>A fixed attribute has nothing to be read later, but its absence may have to be told.</summary>
    private static bool IsNoted(FieldSpec field) => field.Fixed is null || field.Required;

    private static void EmitChildren(SourceWriter w, ElementSpec element)
    {
        if (element.Children.All(c => c.IsRepeated && !NeedsCount(element, c) && !NeedsCheck(c)) && element.Conditions.IsEmpty)
            return;
        foreach (var child in element.Children.Where(c => !c.IsRepeated))
            w.Line($"var {Shapes.Row(child)} = 0;");
        foreach (var child in element.Children.Where(c => NeedsCount(element, c)))
            w.Line($"var {Counter(child)} = 0;");
        foreach (var condition in element.Conditions)
            w.Line($"var {Shapes.Row(condition)} = 0;");
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
            EmitCheck(w, child.Min == 1 ? IsAbsent(child) : $"{Counter(child)} < {child.Min}", CSharp.Literal(child.Name.Local), "Missing", "bad-request");
        foreach (var choice in element.Choices)
            EmitChoice(w, element, choice);
        foreach (var condition in element.Conditions.Where(c => c.Required))
            EmitCheck(w, $"{Shapes.Row(condition)} == 0", CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Missing", "bad-request");
    }

    private static void EmitCase(SourceWriter w, ElementSpec element, ChildSpec child)
    {
        if (child.IsRepeated && !NeedsCount(element, child) && !NeedsCheck(child))
            return;
        w.Line($"case {Shapes.KeyName(child)}:");
        using (w.Indent())
        {
            var name = CSharp.Literal(child.Name.Local);
            if (!child.IsRepeated)
                EmitCheck(w, $"{Shapes.Row(child)} != 0", name, "Duplicate", "bad-request");
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
            else if (child.Value is { } value && Shapes.IsInvalid(value, "child.Text", Variable(child.PropertyName) + "Value") is { } invalid)
            {
                EmitCheck(w, invalid, name, "BadValue", value.Condition);
            }
            if (!child.IsRepeated)
                w.Line($"{Shapes.Row(child)} = child.Row;");
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
                    EmitCheck(w, $"{Shapes.Row(condition)} != 0", CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Duplicate", "bad-request");
                    w.Line($"{Shapes.Row(condition)} = child.Row;");
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
            var kinds = string.Join(" + ", children.Select(c => $"({IsAbsent(c)} ? 0 : 1)"));
            EmitCheck(w, $"{kinds} > 1", "null", "Unexpected", "bad-request");
        }
        if (choice.Required)
            EmitCheck(w, string.Join(" && ", children.Select(IsAbsent)), CSharp.Literal(string.Join("|", children.Select(c => c.Name.Local))), "Missing", "bad-request");
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

    /// <summary>Whether a child that may be repeated has to be counted.</summary>
    private static bool NeedsCount(ElementSpec element, ChildSpec child) =>
        child.IsRepeated && (child.Min > 0 || child.Max != ParticleModel.Unbounded || InChoice(element, child));

    private static string IsAbsent(ChildSpec child) => child.IsRepeated ? $"{Counter(child)} == 0" : $"{Shapes.Row(child)} == 0";

    private static bool NeedsCheck(ChildSpec child) =>
        child.Kind == ChildKind.View || (child.Value is { } value && Shapes.IsValid(value, "child.Text", "_") is not null);

    private static string Counter(ChildSpec child) => Variable(child.PropertyName) + "Count";

    private static string Variable(string propertyName) => CSharp.Camel(propertyName).TrimStart('@');

    private static void EmitCheck(SourceWriter w, string failed, string field, string problem, string condition)
    {
        w.Line($"if ({failed})");
        using (w.Indent())
            w.Line($"return Fail({field}, ReadProblem.{problem}, StanzaErrorCondition.{CSharp.Pascal(condition)}, out view, out error);");
    }
}
