using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits the view of an element: constants, TryRead, lazy accessors, and its list where it may be repeated.</summary>
internal static class ViewEmitter
{
    public static void Emit(SourceWriter w, ElementSpec element)
    {
        var patterns = PatternNames.Of(element);
        w.Line($"/// <summary>{CSharp.Doc(Shapes.Describe(element))}</summary>");
        if (element.Documentation is { } documentation)
            w.Line($"/// <remarks>{CSharp.Doc(documentation)}</remarks>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block($"public readonly ref partial struct {element.TypeName}View"))
        {
            EmitConstants(w, element);
            w.Line();
            w.Line($"internal {element.TypeName}View(ElementView element) => Element = element;");
            w.Line();
            w.Line("/// <summary>The element itself; absent when the view is.</summary>");
            w.Line("public ElementView Element { get; }");
            w.Line();
            w.Line("/// <summary>Whether there is such an element.</summary>");
            w.Line("public bool IsPresent => Element.IsPresent;");
            EmitAccessors(w, element);
            w.Line();
            ReadEmitter.Emit(w, element, patterns);
            foreach (var child in element.Children.Where(ListEmitter.HasValueList))
            {
                w.Line();
                ListEmitter.EmitValues(w, child);
            }
            if (element.HasOthers)
            {
                w.Line();
                OthersEmitter.EmitElements(w, element);
            }
            if (element.OtherAttributes is { } wildcard)
            {
                w.Line();
                OthersEmitter.EmitAttributes(w, element, wildcard);
            }
            patterns.Emit(w);
        }
        if (element.HasList)
        {
            w.Line();
            ListEmitter.EmitViews(w, element);
        }
    }

    private static void EmitConstants(SourceWriter w, ElementSpec element)
    {
        w.Line($"/// <summary>The key of <c>{CSharp.Doc(element.Name.ToString())}</c>.</summary>");
        w.Line($"public const ElementKey Key = {Shapes.Key(element.Name)};");
        w.Line();
        w.Line("/// <summary>The namespace of the element.</summary>");
        w.Line($"public const string Namespace = {CSharp.Literal(element.Name.Namespace)};");
        w.Line();
        w.Line("/// <summary>The local name of the element.</summary>");
        w.Line($"public const string ElementName = {CSharp.Literal(element.Name.Local)};");
        var keys = element.Children.Where(c => c.Kind != ChildKind.View).ToList();
        if (keys.Count > 0)
            w.Line();
        foreach (var child in keys)
        {
            // Where the order of children matters they are walked, and told apart by their keys.
            if (element.KeepsOrder)
                w.Line($"/// <summary>The key of <c>{CSharp.Doc(child.Name.ToString())}</c>, to walk the children of the element in their order.</summary>");
            w.Line($"{(element.KeepsOrder ? "public" : "private")} const ElementKey {Shapes.KeyName(child)} = {Shapes.Key(child.Name)};{(element.KeepsOrder ? "" : " // " + child.Name)}");
        }
    }

    private static void EmitAccessors(SourceWriter w, ElementSpec element)
    {
        foreach (var field in element.Attributes.Where(f => f.Fixed is null))
            EmitField(w, field.PropertyName, $"Attribute '{field.WireName}'", field.Documentation, field.Value, field.Required, field.Default, Shapes.Attribute("Element", field));
        if (element.Value is { } value)
            EmitField(w, "Value", "The text inside", null, value, isRequired: value.Kind is ValueKind.Text, null, "Element.Text");
        if (element.IsMixed)
        {
            w.Line();
            w.Line("/// <summary>The text directly inside, without that of children; for both in their order walk <see cref=\"ElementView.Nodes\"/>.</summary>");
            w.Line("public XmlText Text => Element.Text;");
        }
        if (element.OtherAttributes is not null)
        {
            w.Line();
            w.Line("/// <summary>The attributes that the schema does not name, in the order of the wire.</summary>");
            w.Line("public OtherAttributeList OtherAttributes => new(Element);");
        }
        foreach (var child in element.Children)
            EmitChild(w, child);
        foreach (var condition in element.Conditions)
            EmitCondition(w, condition);
        if (!element.HasOthers)
            return;
        w.Line();
        w.Line("/// <summary>The children that the schema does not name, in the order of the wire.</summary>");
        w.Line("public OtherElements Others => new(Element);");
        w.Line();
        w.Line("/// <summary>The first of <see cref=\"Others\"/>; absent when there is none.</summary>");
        using (w.Block("public ElementView Payload"))
        using (w.Block("get"))
        {
            w.Line("foreach (var child in Others)");
            using (w.Indent())
                w.Line("return child;");
            w.Line("return default;");
        }
    }

    private static void EmitField(
        SourceWriter w, string property, string what, string? documentation, ValueSpec value, bool isRequired, string? fallback, string text)
    {
        var type = Shapes.Type(value);
        w.Line();
        if (!Shapes.IsStruct(value))
        {
            w.Line($"/// <summary>{Summary(what, documentation, isRequired ? null : "absent when there is none")}</summary>");
            if (fallback is not null)
            {
                using (w.Block($"public {type} {property}"))
                using (w.Block("get"))
                {
                    w.Line($"var text = {text};");
                    w.Line(type == "XmlText" ? $"return text.IsPresent ? text : new XmlText({fallback});" : $"return new(text.IsPresent ? text : new XmlText({fallback}));");
                }
            }
            else
            {
                w.Line($"public {type} {property} => {(type == "XmlText" ? text : $"new({text})")};");
            }
        }
        else
        {
            var isNullable = fallback is null && (!isRequired || value.Open || value.Lenient);
            var otherwise = fallback ?? (isNullable ? "null" : "default");
            var when = (fallback, value.Open || value.Lenient) switch
            {
                ({ }, true) => $"{otherwise} when there is none, or none that is known",
                ({ }, false) => $"{otherwise} when there is none",
                (null, true) => "null when there is none, or none that is understood",
                _ => isNullable ? "null when there is none" : null,
            };
            w.Line($"/// <summary>{Summary(what, documentation, when)}</summary>");
            w.Line($"public {type}{(isNullable ? "?" : "")} {property} => {Shapes.TryParse(value, text, "value")} ? value : {otherwise};");
        }
        if (fallback is not null)
        {
            w.Line();
            w.Line($"/// <summary>Whether {char.ToLowerInvariant(what[0])}{what.Substring(1)} is there, and not its default.</summary>");
            w.Line($"public bool Has{property} => {text}.IsPresent;");
        }
        if (value.Open)
        {
            w.Line();
            w.Line($"/// <summary>{what} as the wire has it, known or not.</summary>");
            w.Line($"public XmlText {property}Text => {text};");
        }
    }

    private static string Summary(string what, string? documentation, string? otherwise)
    {
        var text = CSharp.Doc(what) + (otherwise is null ? "" : "; " + CSharp.Doc(otherwise)) + ".";
        return documentation is null ? text : text + " " + CSharp.Doc(documentation);
    }

    private static void EmitChild(SourceWriter w, ChildSpec child)
    {
        var key = Shapes.KeyName(child);
        var found = $"Element.Child({key})";
        var tag = $"<c>{child.Name.Local}</c>";
        switch (child.Kind)
        {
            case ChildKind.Flag when child.IsRepeated:
                w.Line();
                w.Line($"/// <summary>How many {tag} there are.</summary>");
                w.Line($"public int {child.PropertyName} => new TextList(Element, {key}).Count;");
                break;
            case ChildKind.Foreign:
                w.Line();
                w.Line(child.IsRepeated ? $"/// <summary>Every {tag}, of a namespace that no schema describes.</summary>" : $"/// <summary>The {tag}, of a namespace that no schema describes; absent when there is none.</summary>");
                w.Line(child.IsRepeated ? $"public ElementList {child.PropertyName} => new(Element, {key});" : $"public ElementView {child.PropertyName} => {found};");
                break;
            case ChildKind.Flag:
                w.Line();
                w.Line($"/// <summary>Whether there is a {tag}.</summary>");
                w.Line($"public bool {child.PropertyName} => Element.HasChild({key});");
                break;
            case ChildKind.Text when ListEmitter.HasValueList(child):
                w.Line();
                w.Line($"/// <summary>The values of every {tag}, in the order of the wire.</summary>");
                w.Line($"public {child.MethodName}List {child.PropertyName} => new(Element);");
                break;
            case ChildKind.Text when child.IsRepeated:
                w.Line();
                w.Line($"/// <summary>The texts of every {tag}.</summary>");
                w.Line($"public TextList {child.PropertyName} => new(Element, {key});");
                break;
            case ChildKind.Text:
                EmitField(w, child.PropertyName, $"The text of '{child.Name.Local}'", null, child.Value!, isRequired: child.Min > 0, null, found + ".Text");
                break;
            case ChildKind.LanguageText:
                w.Line();
                w.Line(child.IsRepeated
                    ? $"/// <summary>The texts of every {tag}, by language.</summary>"
                    : $"/// <summary>The text of {tag} with its language; absent when there is none.</summary>");
                w.Line(child.IsRepeated
                    ? $"public LanguageTextList {child.PropertyName} => new(Element, {key});"
                    : $"public LanguageText {child.PropertyName} => new({found});");
                break;
            default:
                w.Line();
                w.Line(child.IsRepeated ? $"/// <summary>Every {tag}.</summary>" : $"/// <summary>The {tag}{(child.Min > 0 ? "" : "; absent when there is none")}.</summary>");
                w.Line(child.IsRepeated
                    ? $"public {child.TypeName}List {child.PropertyName} => new(Element);"
                    : $"public {child.TypeName}View {child.PropertyName} => new({found});");
                break;
        }
    }

    private static void EmitCondition(SourceWriter w, ConditionSpec condition)
    {
        w.Line();
        w.Line($"/// <summary>Which of the elements of <see cref=\"{condition.EnumType}\"/> is there{(condition.Required ? "" : "; null when none is")}.</summary>");
        var (nullable, otherwise) = condition.Required ? ("", "default") : ("?", "null");
        EmitFindCondition(w, condition, $"{condition.EnumType}{nullable} {condition.PropertyName}", "var value", "value", otherwise);
        if (!condition.HasText)
            return;
        w.Line();
        w.Line($"/// <summary>The text inside the element of <see cref=\"{condition.PropertyName}\"/>, such as an address; absent when there is no such element.</summary>");
        EmitFindCondition(w, condition, $"XmlText {condition.PropertyName}Text", "_", "child.Text", "default");
    }

    private static void EmitFindCondition(SourceWriter w, ConditionSpec condition, string property, string value, string result, string otherwise)
    {
        using (w.Block($"public {property}"))
        using (w.Block("get"))
        {
            using (w.Block("foreach (var child in Element.Children)"))
            {
                w.Line($"if (TryRead{condition.PropertyName}(child.Key, out {value}))");
                using (w.Indent())
                    w.Line($"return {result};");
            }
            w.Line($"return {otherwise};");
        }
    }
}
