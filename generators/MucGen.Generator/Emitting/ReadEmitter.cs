using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits <c>TryRead</c>, and the check behind it: one walk over the attributes and one over the children, with the exact error of the first that is wrong. What needs
/// no check is not looked at, and nothing is noted for later: an accessor finds its field when it is asked for.
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
            w.Line("error = default;");
            w.Line("var isRight = element.Key == Key");
            using (w.Indent())
            {
                w.Line("? Check(element, ref error)");
                w.Line(": Fail(null, element.IsPresent ? ReadProblem.Unexpected : ReadProblem.Missing, StanzaErrorCondition.BadRequest, ref error);");
            }
            w.Line($"view = isRight ? new {view}(element) : default;");
            w.Line("return isRight;");
        }
        w.Line();
        w.Line("/// <summary>Checks an element of this key; <paramref name=\"error\"/> is set when the result is false.</summary>");
        // One check inlined into the next uses up what the compiler may inline, and then it calls even a step of an enumerator.
        w.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        using (w.Block("internal static bool Check(ElementView element, ref ReadError error)"))
        {
            EmitAttributes(w, element);
            if (element.Value is { } value && Shapes.IsInvalid(value, "element.Text", "number") is { } invalid)
                EmitCheck(w, invalid, "null", "BadValue", value.Condition);
            EmitChildren(w, element);
            w.Line("return true;");
        }
        foreach (var condition in element.Conditions)
            EmitConditionReader(w, condition);
        w.Line();
        using (w.Block("private static bool Fail(string? field, ReadProblem problem, StanzaErrorCondition condition, ref ReadError error)"))
        {
            w.Line("error = new ReadError(ElementName, field, problem, condition);");
            w.Line("return false;");
        }
    }

    private static void EmitAttributes(SourceWriter w, ElementSpec element)
    {
        foreach (var field in element.Attributes.Where(f => f.Required))
            w.Line($"var {Has(field.PropertyName)} = false;");
        EmitAttributeSwitch(w, element.Attributes.Where(f => f.Required || Invalid(f) is not null), field =>
        {
            if (Invalid(field) is { } invalid)
                EmitCheck(w, invalid, CSharp.Literal(field.WireName), "BadValue", field.Value.Condition);
            if (field.Required)
                w.Line($"{Has(field.PropertyName)} = true;");
        });
        foreach (var field in element.Attributes.Where(f => f.Required))
            EmitCheck(w, "!" + Has(field.PropertyName), CSharp.Literal(field.WireName), "Missing", "bad-request");
    }

    private static string? Invalid(FieldSpec field) => field.Fixed is { } constant
        ? $"!attribute.Value.Equals({CSharp.Utf8(constant)})"
        : Shapes.IsInvalid(field.Value, "attribute.Value", Variable(field.PropertyName) + "Value");

    /// <summary>A walk over the attributes of <c>element</c>, with something to do at each that is known: by length, then by name.</summary>
    private static void EmitAttributeSwitch(SourceWriter w, IEnumerable<FieldSpec> attributes, Action<FieldSpec> emitCase)
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

    private static void EmitChildren(SourceWriter w, ElementSpec element)
    {
        if (element.Children.All(c => c.IsRepeated && !NeedsCount(element, c) && !NeedsCheck(c)) && element.Conditions.IsEmpty)
            return;
        foreach (var child in element.Children.Where(c => !c.IsRepeated))
            w.Line($"var {Has(child.PropertyName)} = false;");
        foreach (var child in element.Children.Where(c => NeedsCount(element, c)))
            w.Line($"var {Counter(child)} = 0;");
        foreach (var condition in element.Conditions)
            w.Line($"var {Has(condition.PropertyName)} = false;");
        using (w.Block("foreach (var child in element.Children)"))
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
            EmitCheck(w, "!" + Has(condition.PropertyName), CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Missing", "bad-request");
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
                EmitCheck(w, Has(child.PropertyName), name, "Duplicate", "bad-request");
            else if (child.Max != ParticleModel.Unbounded)
                EmitCheck(w, $"{Counter(child)}++ >= {child.Max}", name, "TooMany", "bad-request");
            else if (NeedsCount(element, child))
                w.Line($"{Counter(child)}++;");
            if (child.Kind == ChildKind.View)
            {
                w.Line($"if (!{child.TypeName}View.Check(child, ref error))");
                using (w.Indent())
                    w.Line("return false;");
            }
            else if (child.Value is { } value && Shapes.IsInvalid(value, "child.Text", Variable(child.PropertyName) + "Value") is { } invalid)
            {
                EmitCheck(w, invalid, name, "BadValue", value.Condition);
            }
            if (!child.IsRepeated)
                w.Line($"{Has(child.PropertyName)} = true;");
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
                    EmitCheck(w, Has(condition.PropertyName), CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Duplicate", "bad-request");
                    w.Line($"{Has(condition.PropertyName)} = true;");
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

    private static string IsAbsent(ChildSpec child) => child.IsRepeated ? $"{Counter(child)} == 0" : "!" + Has(child.PropertyName);

    private static bool NeedsCheck(ChildSpec child) =>
        child.Kind == ChildKind.View || (child.Value is { } value && Shapes.IsValid(value, "child.Text", "_") is not null);

    private static string Has(string propertyName) => "has" + propertyName;

    private static string Counter(ChildSpec child) => Variable(child.PropertyName) + "Count";

    private static string Variable(string propertyName) => CSharp.Camel(propertyName).TrimStart('@');

    private static void EmitCheck(SourceWriter w, string failed, string field, string problem, string condition)
    {
        w.Line($"if ({failed})");
        using (w.Indent())
            w.Line($"return Fail({field}, ReadProblem.{problem}, StanzaErrorCondition.{CSharp.Pascal(condition)}, ref error);");
    }
}
