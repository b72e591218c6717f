using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Emits the writer of an element. One that can hold nothing but text is written by one static call; any other is started, filled in
/// schema order and ended.
/// </summary>
internal static class WriterEmitter
{
    public static void Emit(SourceWriter w, ElementSpec element)
    {
        w.Line($"/// <summary>Writes {CSharp.Doc(Shapes.Describe(element))}</summary>");
        if (element.IsWhole)
        {
            w.Line(CSharp.GeneratedCode);
            using (w.Block($"public static partial class {element.TypeName}Writer"))
                EmitWhole(w, element);
            return;
        }
        w.Line("/// <remarks>Keep it in a variable, call in schema order, and end it: it holds the underlying writer by reference.</remarks>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block($"public ref partial struct {element.TypeName}Writer"))
            EmitStreaming(w, element);
    }

    private static void EmitWhole(SourceWriter w, ElementSpec element)
    {
        EmitStartDocs(w, element, "Writes the element whole.");
        using (w.Block($"public static void Write(ref XmppWriter writer{Parameters(element)})"))
        {
            EmitStartTag(w, element, "writer");
            w.Line($"WriteRest(ref writer{Arguments(element.Attributes, element.Value)}{OthersArgument(element.OtherAttributes is not null)});");
        }
        w.Line();
        w.Line("/// <summary>Writes what follows the name in the start tag, and the end.</summary>");
        using (w.Block($"internal static void WriteRest(ref XmppWriter writer{Parameters(element.Attributes, element.Value, optional: false)}{OthersParameter(element, optional: false)})"))
        {
            EmitAttributes(w, element);
            if (element.Value is not { } value)
            {
                w.Line("writer.Raw(\"/>\"u8);");
                return;
            }
            using (w.Block($"if ({Absent(value, "value")})"))
            {
                w.Line("writer.Raw(\"/>\"u8);");
                w.Line("return;");
            }
            w.Line("writer.Raw(\">\"u8);");
            EmitText(w, value, "value", "writer");
            w.Line($"writer.Raw({CSharp.Utf8($"</{element.Name.Tag}>")});");
        }
    }

    private static void EmitStreaming(SourceWriter w, ElementSpec element)
    {
        var name = element.TypeName + "Writer";
        var isOrdered = IsOrdered(element);
        w.Line("private readonly ref XmppWriter writer;");
        w.Line("private readonly int content;");
        if (isOrdered)
            w.Line("private int step;");
        w.Line();
        using (w.Block($"private {name}(ref XmppWriter writer)"))
        {
            w.Line("this.writer = ref writer;");
            w.Line("content = writer.WrittenBytes;");
        }
        w.Line();
        EmitStartDocs(w, element, "Writes the start tag.");
        using (w.Block($"public static {name} Start(ref XmppWriter writer{Parameters(element)})"))
        {
            EmitStartTag(w, element, "writer");
            w.Line($"return StartRest(ref writer{Arguments(element.Attributes, null)}{OthersArgument(element.OtherAttributes is not null)});");
        }
        w.Line();
        w.Line("/// <summary>Writes what follows the name in the start tag.</summary>");
        using (w.Block($"internal static {name} StartRest(ref XmppWriter writer{Parameters(element.Attributes, null, optional: false)}{OthersParameter(element, optional: false)})"))
        {
            EmitAttributes(w, element);
            w.Line("writer.Raw(\">\"u8);");
            w.Line($"return new {name}(ref writer);");
        }
        foreach (var part in Parts(element))
        {
            w.Line();
            part(w);
        }
        w.Line();
        w.Line("/// <summary>Writes the end; an element in which nothing was written becomes an empty one.</summary>");
        w.Line($"public readonly void End() => writer.EndElement({CSharp.Utf8($"</{element.Name.Tag}>")}, content);");
        if (!isOrdered)
            return;
        w.Line();
        w.Line("[System.Diagnostics.Conditional(\"DEBUG\")]");
        using (w.Block("private void Expect(int order)"))
        {
            w.Line($"System.Diagnostics.Debug.Assert(order >= step, {CSharp.Literal($"The children of {element.Name.Local} are not written in schema order.")});");
            w.Line("step = order;");
        }
    }

    /// <summary>The methods that write what is inside, in schema order.</summary>
    private static IEnumerable<System.Action<SourceWriter>> Parts(ElementSpec element)
    {
        var isOrdered = IsOrdered(element);
        string? Open(int order, int later = -1) => !isOrdered ? null : later > order ? $"Expect(step > {order} ? {later} : {order});" : $"Expect({order});";
        var parts = element.Children.Select(c => (c.Order, Emit: (System.Action<SourceWriter>)(w => EmitChild(w, element, c, Open(c.Order, c.LaterOrder)))))
            .Concat(element.Conditions.Select(c => (c.Order, Emit: (System.Action<SourceWriter>)(w => EmitCondition(w, element, c, Open(c.Order))))));
        if (element.HasOthers)
            parts = parts.Concat([(element.OthersOrder, w => EmitAny(w, element, Open(element.OthersOrder)))]);
        if (element.IsMixed)
            parts = parts.Concat([(int.MaxValue, EmitMixedText)]);
        return parts.OrderBy(p => p.Order).Select(p => p.Emit);
    }

    /// <summary>Whether at least two parts have different places in a sequence.</summary>
    private static bool IsOrdered(ElementSpec element)
    {
        var orders = element.Children.Select(c => c.Order).Concat(element.Conditions.Select(c => c.Order));
        return (element.HasOthers ? orders.Concat([element.OthersOrder]) : orders).Distinct().Skip(1).Any();
    }

    private static void EmitChild(SourceWriter w, ElementSpec parent, ChildSpec child, string? open)
    {
        var tag = $"<c>{child.Name.Local}</c>";
        var start = CSharp.Utf8("<" + child.Name.Tag + Namespace(child.Name, child.SameNamespace));
        var method = child.MethodName;
        switch (child.Kind)
        {
            case ChildKind.Flag:
                w.Line($"/// <summary>Writes an empty {tag}.</summary>");
                using (w.Block($"public void {method}()"))
                {
                    Expect(w, open);
                    w.Line($"writer.Raw({CSharp.Utf8("<" + child.Name.Tag + Namespace(child.Name, child.SameNamespace) + "/>")});");
                }
                break;
            case ChildKind.Foreign:
                EmitForeign(w, parent, child, open);
                break;
            case ChildKind.Text or ChildKind.LanguageText:
                EmitTextChild(w, child, open, start, tag);
                break;
            case ChildKind.View when child.IsWhole:
                w.Line($"/// <summary>Writes {tag} whole.</summary>");
                using (w.Block($"public void {method}({Trim(Parameters(child.Attributes, child.Value, optional: true) + OthersParameter(child, optional: true))})"))
                {
                    Expect(w, open);
                    w.Line($"writer.Raw({start});");
                    w.Line($"{child.TypeName}Writer.WriteRest(ref writer{Arguments(child.Attributes, child.Value)}{OthersArgument(child.TakesOtherAttributes)});");
                }
                break;
            default:
                w.Line($"/// <summary>Starts {tag}; end it before writing on here.</summary>");
                using (w.Block($"public {child.TypeName}Writer Start{method}({Trim(Parameters(child.Attributes, null, optional: true) + OthersParameter(child, optional: true))})"))
                {
                    Expect(w, open);
                    w.Line($"writer.Raw({start});");
                    w.Line($"return {child.TypeName}Writer.StartRest(ref writer{Arguments(child.Attributes, null)}{OthersArgument(child.TakesOtherAttributes)});");
                }
                break;
        }
    }

    private static void EmitTextChild(SourceWriter w, ChildSpec child, string? open, string start, string tag)
    {
        var value = child.Value!;
        var isLanguage = child.Kind == ChildKind.LanguageText;
        w.Line($"/// <summary>Writes {tag}; nothing when the value is absent.</summary>");
        using (w.Block($"public void {child.MethodName}({Parameter(value, "value", isRequired: false, isOptional: false)}{(isLanguage ? ", scoped XmlText lang = default" : "")})"))
        {
            w.Line($"if ({Absent(value, "value")})");
            using (w.Indent())
                w.Line("return;");
            Expect(w, open);
            w.Line($"writer.Raw({start});");
            if (isLanguage)
                w.Line("writer.Attribute(\"xml:lang\"u8, lang);");
            if (!Shapes.IsStruct(value))
            {
                using (w.Block("if (value.IsEmpty)"))
                {
                    w.Line("writer.Raw(\"/>\"u8);");
                    w.Line("return;");
                }
            }
            w.Line("writer.Raw(\">\"u8);");
            EmitText(w, value, "value", "writer");
            w.Line($"writer.Raw({CSharp.Utf8($"</{child.Name.Tag}>")});");
        }
    }

    private static void EmitCondition(SourceWriter w, ElementSpec element, ConditionSpec condition, string? open)
    {
        w.Line($"/// <summary>Writes the element of <paramref name=\"value\"/>{(condition.HasText ? ", with a text where its schema has one" : "")}.</summary>");
        using (w.Block($"public void {condition.PropertyName}({condition.EnumType} value{(condition.HasText ? ", scoped XmlText text = default" : "")})"))
        {
            var first = condition.Values[0].Name;
            Expect(w, open);
            w.Line("writer.Raw(\"<\"u8);");
            w.Line("writer.Raw(value.ToUtf8());");
            var ns = Namespace(first, condition.SameNamespace);
            if (ns.Length > 0)
                w.Line($"writer.Raw({CSharp.Utf8(ns)});");
            if (condition.HasText)
            {
                var withText = string.Join(" or ", condition.Values.Where(v => v.HasText).Select(v => condition.EnumType + "." + v.Member));
                using (w.Block($"if (!text.IsEmpty && value is {withText})"))
                {
                    w.Line("writer.Raw(\">\"u8);");
                    w.Line("writer.Text(text);");
                    w.Line("writer.Raw(\"</\"u8);");
                    w.Line("writer.Raw(value.ToUtf8());");
                    w.Line("writer.Raw(\">\"u8);");
                    w.Line("return;");
                }
            }
            w.Line("writer.Raw(\"/>\"u8);");
        }
    }

    private static void EmitMixedText(SourceWriter w)
    {
        w.Line("/// <summary>Writes text between the children.</summary>");
        w.Line("public readonly void Text(scoped XmlText text) => writer.Text(text);");
    }

    private static void EmitForeign(SourceWriter w, ElementSpec parent, ChildSpec child, string? open)
    {
        w.Line($"/// <summary>Copies <c>{child.Name.Local}</c>; nothing when it is absent.</summary>");
        using (w.Block($"public void {child.MethodName}(in ElementView element)"))
        {
            w.Line("if (!element.IsPresent)");
            using (w.Indent())
                w.Line("return;");
            Expect(w, open);
            w.Line(Copy(parent, "element"));
        }
    }

    /// <summary>Copies an element to where the namespace of its new parent is the default one, unless that has a prefix.</summary>
    private static string Copy(ElementSpec parent, string element) => parent.Name.DeclaresNamespace && !parent.TakesNamespace
        ? $"writer.Element({element}, {CSharp.Utf8(parent.Name.Namespace)});"
        : $"writer.Element({element});";

    private static void EmitAny(SourceWriter w, ElementSpec element, string? open)
    {
        w.Line("/// <summary>Copies an element that the schema does not name.</summary>");
        using (w.Block("public void Any(in ElementView payload)"))
        {
            w.Line("if (!payload.IsPresent)");
            using (w.Indent())
                w.Line("return;");
            Expect(w, open);
            w.Line(Copy(element, "payload"));
        }
        w.Line();
        w.Line("/// <summary>The underlying writer, for the writers of other schemas' elements.</summary>");
        using (w.Block("public ref XmppWriter Any()"))
        {
            Expect(w, open);
            w.Line("return ref writer;");
        }
    }

    private static void Expect(SourceWriter w, string? check)
    {
        if (check is not null)
            w.Line(check);
    }

    private static void EmitStartDocs(SourceWriter w, ElementSpec element, string summary)
    {
        w.Line($"/// <summary>{summary}</summary>");
        w.Line("/// <param name=\"writer\">Where to write.</param>");
        foreach (var field in Ordered(element.Attributes))
            w.Line($"/// <param name=\"{field.ParameterName.TrimStart('@')}\">Attribute '{field.WireName}'{(field.Required ? "" : "; left out when absent")}.</param>");
        if (element.Value is not null && element.IsWhole)
            w.Line("/// <param name=\"value\">The text inside.</param>");
        if (element.OtherAttributes is not null)
            w.Line("/// <param name=\"others\">Attributes that the schema does not name.</param>");
        if (element.TakesNamespace)
            w.Line("/// <param name=\"xmlns\">The version of the namespace to answer in; the newest when absent.</param>");
    }

    private static void EmitStartTag(SourceWriter w, ElementSpec element, string writer)
    {
        if (!element.TakesNamespace)
        {
            w.Line($"{writer}.Raw({CSharp.Utf8("<" + element.Name.Tag + (element.Name.DeclaresNamespace ? Declaration(element.Name) : ""))});");
            return;
        }
        w.Line($"{writer}.Raw({CSharp.Utf8("<" + element.Name.Tag)});");
        w.Line($"{writer}.Attribute(\"xmlns\"u8, xmlns.IsPresent ? xmlns : new XmlText({CSharp.Utf8(element.Name.Namespace)}));");
    }

    private static string Declaration(ElementName name) => $" xmlns='{name.Namespace}'";

    /// <summary>Inside a parent: what differs from its namespace declares its own, be it the content namespace.</summary>
    private static string Namespace(ElementName name, bool sameNamespace) => sameNamespace || name.Prefix is not null ? "" : Declaration(name);

    private static void EmitAttributes(SourceWriter w, ElementSpec element)
    {
        for (var i = 0; i < element.Attributes.Count; i++)
            EmitAttribute(w, element.Attributes[i], i);
        if (element.OtherAttributes is null)
            return;
        w.Line("var count = 0;");
        w.Line("foreach (var attribute in others)");
        using (w.Indent())
            w.Line("writer.Attribute(attribute, count++);");
    }

    private static void EmitAttribute(SourceWriter w, FieldSpec field, int number)
    {
        var parameter = field.ParameterName;
        var isEnum = field.Value.Kind == ValueKind.Enumeration;
        var value = field.Fixed is { } constant ? $"new XmlText({CSharp.Utf8(constant)})"
            : !isEnum ? parameter
            : field.Required ? $"new XmlText({parameter}.ToUtf8())"
            : $"new XmlText({parameter.TrimStart('@')}Value.ToUtf8())";
        var name = field.Namespace is null ? field.WireName : $"a{CSharp.Number(number)}:{field.WireName}";
        var write = $"writer.Attribute({CSharp.Utf8(name)}, {value});";
        var condition = field.Fixed is not null || field.Required ? null
            : isEnum ? $"{parameter} is {{ }} {parameter.TrimStart('@')}Value"
            : field.Namespace is null ? null
            : Shapes.IsStruct(field.Value) ? $"{parameter} is not null" : $"{parameter}.IsPresent";
        if (field.Namespace is { } ns)
        {
            using (w.Block(condition is null ? null : $"if ({condition})"))
            {
                w.Line($"writer.Raw({CSharp.Utf8($" xmlns:a{CSharp.Number(number)}='{ns}'")});");
                w.Line(write);
            }
        }
        else if (condition is null)
        {
            w.Line(write);
        }
        else
        {
            w.Line($"if ({condition})");
            using (w.Indent())
                w.Line(write);
        }
    }

    private static void EmitText(SourceWriter w, ValueSpec value, string expression, string writer)
    {
        var inner = Shapes.IsStruct(value) ? expression + ".Value" : expression;
        w.Line(value.Kind switch
        {
            ValueKind.Enumeration => $"{writer}.Raw({inner}.ToUtf8());",
            _ when Shapes.IsNumber(value) => $"{writer}.Number({inner});",
            ValueKind.Boolean => $"{writer}.Raw({inner} ? \"true\"u8 : \"false\"u8);",
            ValueKind.Instant => $"{writer}.Instant({inner});",
            _ => $"{writer}.Text({inner});",
        });
    }

    private static string Absent(ValueSpec value, string expression) => Shapes.IsStruct(value) ? $"{expression} is null" : $"!{expression}.IsPresent";

    private static string Parameters(ElementSpec element) =>
        Parameters(element.Attributes, element.IsWhole ? element.Value : null, optional: true) + OthersParameter(element, optional: true) + (element.TakesNamespace ? ", scoped XmlText xmlns = default" : "");

    /// <summary>Attributes as parameters: required ones first, each named after its attribute; then the text.</summary>
    private static string Parameters(EquatableArray<FieldSpec> fields, ValueSpec? value, bool optional)
    {
        var parameters = Ordered(fields).Select(f => ", " + Parameter(f.Value, f.ParameterName, f.Required, optional && !f.Required));
        return string.Concat(value is null ? parameters : parameters.Concat([", " + Parameter(value, "value", isRequired: false, optional)]));
    }

    private static string OthersParameter(ElementSpec element, bool optional) => element.OtherAttributes is null ? "" : OthersParameter(element.TypeName, optional);

    private static string OthersParameter(ChildSpec child, bool optional) => child.TakesOtherAttributes ? OthersParameter(child.TypeName!, optional) : "";

    private static string OthersParameter(string typeName, bool optional) => $", scoped {typeName}View.OtherAttributeList others{(optional ? " = default" : "")}";

    private static string OthersArgument(bool takesOthers) => takesOthers ? ", others" : "";

    private static string Parameter(ValueSpec value, string name, bool isRequired, bool isOptional)
    {
        var type = Shapes.IsStruct(value) ? Shapes.Type(value) + (isRequired ? "" : "?") : "scoped XmlText";
        return $"{type} {name}{(isOptional ? Shapes.IsStruct(value) ? " = null" : " = default" : "")}";
    }

    private static string Arguments(EquatableArray<FieldSpec> fields, ValueSpec? value)
    {
        var names = Ordered(fields).Select(f => ", " + f.ParameterName);
        return string.Concat(value is null ? names : names.Concat([", value"]));
    }

    private static IEnumerable<FieldSpec> Ordered(EquatableArray<FieldSpec> fields) => fields.Where(f => f.Fixed is null).OrderBy(f => f.Required ? 0 : 1);

    private static string Trim(string parameters) => parameters.Length == 0 ? "" : parameters.Substring(2);
}
