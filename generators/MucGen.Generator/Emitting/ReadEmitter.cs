using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits <c>TryRead</c>, and the check behind it: one walk over the attributes and one over the children, with the exact error of the first that is wrong. What needs
/// no check is not looked at, and nothing is noted for later: an accessor finds its field when it is asked for.
/// </summary>
internal static class ReadEmitter
{
    public static void Emit(SourceWriter w, ElementSpec element, PatternNames patterns)
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
            EmitAttributes(w, element, patterns);
            if (element.Value is { } value && Shapes.IsInvalid(value, "element.Text", "number", patterns) is { } invalid)
                EmitCheck(w, invalid, "null", "BadValue", value.Condition);
            EmitChildren(w, element, patterns);
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

    private static void EmitAttributes(SourceWriter w, ElementSpec element, PatternNames patterns)
    {
        var plain = element.Attributes.Where(f => f.Namespace is null && (f.Required || Invalid(f, "attribute.Value", patterns) is not null)).ToList();
        if (plain.Count > 1)
            EmitAttributeWalk(w, plain, patterns);
        else
            EmitLookups(w, plain, patterns); // found sooner than by a walk over all that there are
        EmitLookups(w, element.Attributes.Where(f => f.Namespace is not null), patterns); // by both names: a prefix is not to be relied on
        if (!element.IsNillable)
            return;
        w.Line($"if ({Variable(element.Attributes[element.Attributes.Count - 1].PropertyName)}Attribute.TryParseBoolean(out var isNil) && isNil)");
        using (w.Indent())
            w.Line("return true;");
    }

    private static void EmitLookups(SourceWriter w, IEnumerable<FieldSpec> attributes, PatternNames patterns)
    {
        foreach (var field in attributes)
        {
            var variable = Variable(field.PropertyName) + "Attribute";
            w.Line($"var {variable} = {Shapes.Attribute("element", field)};");
            var invalid = Invalid(field, variable, patterns);
            if (field.Required && invalid is not null && field.Fixed is null && Shapes.IsStruct(field.Value))
            {
                // What is absent is no value of such a type: one check on the way, and only what fails it is told apart.
                w.Line($"if ({invalid})");
                using (w.Indent())
                {
                    w.Line($"return {variable}.IsPresent");
                    using (w.Indent())
                    {
                        w.Line($"? {Fail(CSharp.Literal(field.WireName), "BadValue", field.Value.Condition)}");
                        w.Line($": {Fail(CSharp.Literal(field.WireName), "Missing", "bad-request")};");
                    }
                }
                continue;
            }
            if (field.Required)
                EmitCheck(w, $"!{variable}.IsPresent", CSharp.Literal(field.WireName), "Missing", "bad-request");
            if (invalid is not null)
                EmitCheck(w, field.Required ? invalid : $"{variable}.IsPresent && {invalid}", CSharp.Literal(field.WireName), "BadValue", field.Value.Condition);
        }
    }

    private static void EmitAttributeWalk(SourceWriter w, IReadOnlyList<FieldSpec> attributes, PatternNames patterns)
    {
        foreach (var field in attributes.Where(f => f.Required))
            w.Line($"var {Has(field.PropertyName)} = false;");
        using (w.Block("foreach (var attribute in element.Attributes)"))
        {
            var start = "if";
            foreach (var field in attributes)
            {
                using (w.Block($"{start} (attribute.Is({CSharp.AttributeName(field.WireName)}))"))
                {
                    if (Invalid(field, "attribute.Value", patterns) is { } invalid)
                        EmitCheck(w, invalid, CSharp.Literal(field.WireName), "BadValue", field.Value.Condition);
                    if (field.Required)
                        w.Line($"{Has(field.PropertyName)} = true;");
                }
                start = "else if";
            }
        }
        foreach (var field in attributes.Where(f => f.Required))
            EmitCheck(w, "!" + Has(field.PropertyName), CSharp.Literal(field.WireName), "Missing", "bad-request");
    }

    private static string? Invalid(FieldSpec field, string text, PatternNames patterns) => field.Fixed is { } constant
        ? $"!{text}.Equals({CSharp.Utf8(constant)})"
        : Shapes.IsInvalid(field.Value, text, Variable(field.PropertyName) + "Value", patterns);

    private static void EmitChildren(SourceWriter w, ElementSpec element, PatternNames patterns)
    {
        if (element.Children.All(c => c.IsRepeated && !NeedsCount(element, c) && !NeedsCheck(c, patterns)) && element.Conditions.IsEmpty)
            return;
        var seen = new SeenFlags(element);
        seen.Declare(w);
        foreach (var child in element.Children.Where(c => NeedsCount(element, c)))
            w.Line($"var {Counter(child)} = 0;");
        using (w.Block("foreach (var child in element.Children)"))
        {
            using (w.Block("switch (child.Key)"))
            {
                foreach (var child in element.Children)
                    EmitCase(w, element, child, patterns, seen);
                EmitDefault(w, element, seen);
            }
        }
        foreach (var child in element.Children.Where(c => c.Min > 0 && !InChoice(element, c)))
            EmitCheck(w, child.Min == 1 ? IsAbsent(child, seen) : $"{Counter(child)} < {child.Min}", CSharp.Literal(child.Name.Local), "Missing", "bad-request");
        foreach (var choice in element.Choices)
            EmitChoice(w, element, choice, seen);
        foreach (var rule in element.Rules)
            EmitRule(w, element, rule, seen);
        foreach (var condition in element.Conditions.Where(c => c.Required))
            EmitCheck(w, seen.IsNot(condition.PropertyName), CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Missing", "bad-request");
    }

    private static void EmitCase(SourceWriter w, ElementSpec element, ChildSpec child, PatternNames patterns, SeenFlags seen)
    {
        if (child.IsRepeated && !NeedsCount(element, child) && !NeedsCheck(child, patterns))
            return;
        w.Line($"case {Shapes.KeyName(child)}:");
        using (w.Indent())
        {
            var name = CSharp.Literal(child.Name.Local);
            if (!child.IsRepeated)
                EmitCheck(w, seen.Is(child.PropertyName), name, "Duplicate", "bad-request");
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
            else if (child.Kind is ChildKind.Text or ChildKind.LanguageText && child.Value is { } value && Shapes.IsInvalid(value, "child.Text", Variable(child.PropertyName) + "Value", patterns) is { } invalid)
            {
                EmitCheck(w, invalid, name, "BadValue", value.Condition);
            }
            if (!child.IsRepeated)
                w.Line(seen.Note(child.PropertyName));
            w.Line("break;");
        }
    }

    private static void EmitDefault(SourceWriter w, ElementSpec element, SeenFlags seen)
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
                    EmitCheck(w, seen.Is(condition.PropertyName), CSharp.Literal(condition.PropertyName.ToLowerInvariant()), "Duplicate", "bad-request");
                    w.Line(seen.Note(condition.PropertyName));
                }
            }
            w.Line("break;");
        }
    }

    private static void EmitChoice(SourceWriter w, ElementSpec element, ChoiceSpec choice, SeenFlags seen)
    {
        var children = choice.Children.Select(i => element.Children[i]).ToList();
        if (choice.Exclusive && children.Count > 1)
        {
            var kinds = string.Join(" + ", children.Select(c => $"({IsAbsent(c, seen)} ? 0 : 1)"));
            EmitCheck(w, $"{kinds} > 1", "null", "Unexpected", "bad-request");
        }
        if (choice.Required)
            EmitCheck(w, string.Join(" && ", children.Select(c => IsAbsent(c, seen))), CSharp.Literal(string.Join("|", children.Select(c => c.Name.Local))), "Missing", "bad-request");
    }

    /// <summary>What holds of several children: nothing of them at all is reported as missing, any other combination as unexpected.</summary>
    private static void EmitRule(SourceWriter w, ElementSpec element, RuleSpec rule, SeenFlags seen)
    {
        var children = rule.Children.Select(i => element.Children[i]).ToList();
        using (w.Block($"if (!({Condition(element, rule.Rule, seen)}))"))
        {
            var absent = string.Join(" && ", children.Select(c => IsAbsent(c, seen)));
            w.Line($"return {absent}");
            using (w.Indent())
            {
                w.Line($"? {Fail(CSharp.Literal(string.Join("|", children.Select(c => c.Name.Local))), "Missing", "bad-request")}");
                w.Line($": {Fail("null", "Unexpected", "bad-request")};");
            }
        }
    }

    private static string Condition(ElementSpec element, Rule rule, SeenFlags seen) => rule.Kind switch
    {
        RuleKind.Present => IsPresent(element.Children[rule.Child], seen),
        RuleKind.Absent => IsAbsent(element.Children[rule.Child], seen),
        RuleKind.All => string.Join(" && ", rule.Items.Select(item => item.Kind == RuleKind.OneOf ? $"({Condition(element, item, seen)})" : Condition(element, item, seen))),
        _ => string.Join(" || ", rule.Items.Select(item => item.Kind == RuleKind.All ? $"({Condition(element, item, seen)})" : Condition(element, item, seen))),
    };

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

    private static bool InRule(ElementSpec element, ChildSpec child) => element.Rules.Any(r => r.Children.Any(i => ReferenceEquals(element.Children[i], child)));

    private static bool InChoice(ElementSpec element, ChildSpec child) => element.Choices.Any(c => c.Children.Any(i => ReferenceEquals(element.Children[i], child)));

    /// <summary>Whether a child that may be repeated has to be counted.</summary>
    private static bool NeedsCount(ElementSpec element, ChildSpec child) =>
        child.IsRepeated && (child.Min > 0 || child.Max != ParticleModel.Unbounded || InChoice(element, child) || InRule(element, child));

    private static string IsAbsent(ChildSpec child, SeenFlags seen) => child.IsRepeated ? $"{Counter(child)} == 0" : seen.IsNot(child.PropertyName);

    private static string IsPresent(ChildSpec child, SeenFlags seen) => child.IsRepeated ? $"{Counter(child)} > 0" : seen.Is(child.PropertyName);

    private static bool NeedsCheck(ChildSpec child, PatternNames patterns) =>
        child.Kind == ChildKind.View || (child.Value is { } value && Shapes.IsValid(value, "child.Text", "_", patterns) is not null);

    private static string Has(string propertyName) => "has" + propertyName;

    private static string Counter(ChildSpec child) => Variable(child.PropertyName) + "Count";

    private static string Variable(string propertyName) => CSharp.Camel(propertyName).TrimStart('@');

    private static void EmitCheck(SourceWriter w, string failed, string field, string problem, string condition)
    {
        w.Line($"if ({failed})");
        using (w.Indent())
            w.Line($"return {Fail(field, problem, condition)};");
    }

    private static string Fail(string field, string problem, string condition) =>
        $"Fail({field}, ReadProblem.{problem}, StanzaErrorCondition.{CSharp.Pascal(condition)}, ref error)";
}
