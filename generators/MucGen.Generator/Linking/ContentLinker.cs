using System;
using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;
using MucGen.Generator.Reading.Repairs;

namespace MucGen.Generator.Linking;

/// <summary>An element declared inside another, which gets a view of its own. <paramref name="LongName"/>: its C# name when the first choice is taken.</summary>
internal sealed record LocalElement(ElementUse Use, string TypeName, string LongName);

/// <summary>Links one element: its attributes and its content model, flattened to children with cardinalities.</summary>
internal sealed class ContentLinker(Declarations declarations, ValueResolver values, TypeNames typeNames)
{
    private readonly WholeTypes wholeTypes = new(declarations);
    private readonly AttributeLinker attributes = new(declarations, values);
    private readonly List<LocalElement> locals = [];

    /// <summary>The local elements with views that the last links came across.</summary>
    public List<LocalElement> TakeLocals()
    {
        var taken = locals.ToList();
        locals.Clear();
        return taken;
    }

    public string GlobalTypeName(SchemaModel schema, ElementModel element) =>
        element.Overlay.Name ?? typeNames.Of(schema.Path, element.Node, schema.Prefix + CSharp.Pascal(element.Name));

    /// <summary>An element declaration with its type followed and its shape decided.</summary>
    public ElementUse Use(SchemaModel schema, ElementModel element)
    {
        var type = element.Type;
        if (type == TypeUse.Absent && element.Head is { } head && declarations.Elements.TryGetValue(head, out var headed) && headed.Declaration.Head != head)
            type = headed.Declaration.Type;
        if (type.Complex is { } inline)
            return Of(wholeTypes.Of(schema, inline));
        if (type.Name is { } name && declarations.ComplexTypes.TryGetValue(name, out var declared))
        {
            if (declared.Declaration.IsAbstract)
                declarations.Report(schema, element.Node, Diagnostics.UnsupportedAttribute, "abstract", "complexType", name.Local, "no element has an abstract type; use a type that is derived from it");
            return Of(wholeTypes.Of(declared.Schema, declared.Declaration));
        }
        if (type.Name is { Namespace: ValueResolver.Xsd, Local: "anyType" } || (type == TypeUse.Absent && element.Overlay.Keep) || element.IsNillable)
            return Of(new WholeType([], [], type == TypeUse.Absent || type.Name?.Local == "anyType" ? null : new SimpleContent(schema, type, element.Overlay), null, type.Name?.Local == "anyType", false, type.Name?.Local == "anyType"));
        var isFlag = type == TypeUse.Absent ? element.Overlay.Type is null && element.Overlay.TypeReference is null : values.IsEmpty(type, schema, element.Node);
        return new ElementUse(schema, element with { Type = type }, null, isFlag ? Shape.Flag : Shape.Text);

        ElementUse Of(WholeType whole)
        {
            if (whole.Simple is { } simple && values.IsEmpty(simple.Type, simple.Schema, element.Node))
                whole = whole with { Simple = null };
            return new ElementUse(schema, element, whole, ShapeOf(element, whole));
        }
    }

    public ElementSpec Link(ElementUse use, string typeName)
    {
        var schema = use.Schema;
        var place = new Place(schema, use.Declaration.Node, "element", use.Declaration.Name);
        var members = Members(use, typeName);
        var fields = attributes.Link(use, typeName, members);
        var value = use.Shape == Shape.Flag || use.Value is not { } simple ? null : Value(simple, place, typeName + "Value");
        var content = new ContentModel(declarations, this, use, typeName, members);
        if (use.Type is { Content.Count: > 0 } type)
            content.Add(type.Content);
        return new ElementSpec(
            typeName,
            use.Name,
            schema.Origin,
            ValueResolver.Specification(schema),
            schema.HintPrefix,
            use.Declaration.Documentation,
            HasList: false,
            TakesNamespace: !schema.OlderNamespaces.IsEmpty,
            fields,
            value,
            content.Children.ToEquatableArray(),
            content.Choices.ToEquatableArray(),
            content.Conditions.ToEquatableArray(),
            content.Rules.ToEquatableArray(),
            content.OthersOrder >= 0 ? content.OthersOrder : use.Declaration.Overlay.Keep || use.Type?.Keep == true ? 0 : -1,
            content.OthersNamespaces,
            use.Type?.OtherAttributes,
            use.Type?.IsMixed == true,
            use.Declaration.IsNillable,
            content.KeepsOrder);
    }

    /// <summary>One child of a content model: a property there, or a view of its own.</summary>
    public ChildSpec? Child(ElementUse parent, string parentType, SchemaModel where, ElementModel element, int min, int max, MemberNames members)
    {
        var use = element.Reference is null ? Use(where, element) : Referenced(where, element, parentType);
        if (use is null)
            return null;
        var overlay = element.Overlay;
        var singular = overlay.Name ?? CSharp.Pascal(use.Declaration.Name);
        var place = new Place(where, element.Node, "element", use.Declaration.Name);
        var kind = KindOf(use.Shape);

        string? typeName = null;
        ValueSpec? value = null;
        EquatableArray<FieldSpec> fields = default;
        if (kind == ChildKind.View)
        {
            typeName = element.Reference is null || !declarations.Elements.ContainsKey(use.QualifiedName) ? LocalTypeName(use, singular, parentType) : GlobalTypeName(use.Schema, use.Declaration);
            fields = attributes.Link(use, typeName, Members(use, typeName));
            value = use.Value is { } simple ? Value(simple, place, typeName + "Value") : null;
        }
        else if (kind is ChildKind.Text or ChildKind.LanguageText)
        {
            value = Value(use.Value!, place, parentType + singular);
        }

        var isGiven = overlay.Name is not null || (max > 1 && overlay.Plural is not null);
        var plural = overlay.Plural ?? use.Declaration.Overlay.Plural ?? CSharp.Plural(singular);
        var member = members.Take(max > 1 ? plural : singular, place, isGiven, "Element");
        return new ChildSpec(
            kind, use.Name, use.Name.Namespace == parent.Schema.Namespace, member, members.TakeMethod(singular), typeName, value,
            overlay.Required ? Math.Max(1, min) : min, max, Order: 0, LaterOrder: 0, IsWhole(use), fields, use.Type?.OtherAttributes is not null, use.Declaration.Documentation);
    }

    public ElementUse? Referenced(SchemaModel where, ElementModel element, string owner)
    {
        var name = declarations.Meant(element.Reference!);
        if (declarations.Elements.TryGetValue(name, out var declared))
            return Use(declared.Schema, declared.Declaration);
        if (declarations.FindLocal(name) is { } local)
        {
            declarations.Report(where, element.Node, Diagnostics.Repaired, RepairRule.LocalReference.Id, name.Local, RepairRule.LocalReference.Reading);
            return Use(local.Schema, local.Declaration with { Min = 1, Max = 1 });
        }
        if (!declarations.KnowsWholly(name.Namespace))
            return new ElementUse(where with { Namespace = name.Namespace, WirePrefix = null, Path = where.Path }, element with { Name = name.Local }, null, Shape.Foreign);
        declarations.Report(where, element.Node, Diagnostics.UnknownReference, element.Reference!.ToString(), owner);
        return null;
    }

    public void DeclareConditionEnum(SchemaModel schema, int node, string name, EquatableArray<EnumMember> members) =>
        values.DeclareEnum(schema, node, name, null, members, parsesText: false, name, isGiven: true);

    private ValueSpec Value(SimpleContent content, Place place, string owner) => values.Resolve(content.Type, content.Overlay, place, owner);

    private string LocalTypeName(ElementUse use, string singular, string parentType)
    {
        var typeName = typeNames.Of(use.Schema.Path, use.Declaration.Node, use.Schema.Prefix + singular);
        locals.Add(new LocalElement(use, typeName, parentType + singular));
        return typeName;
    }

    /// <summary>The names that an element's own emitted code takes before any field.</summary>
    private MemberNames Members(ElementUse use, string typeName)
    {
        var members = new MemberNames(typeName, declarations);
        if (use.Shape != Shape.Flag && use.Value is not null)
            members.Reserve("Value");
        if (use.Type?.IsMixed == true)
            members.Reserve("Text");
        if (use.Type?.OtherAttributes is not null)
            members.Reserve("OtherAttributes");
        return members;
    }

    private static ChildKind KindOf(Shape shape) => shape switch
    {
        Shape.Flag => ChildKind.Flag,
        Shape.Text => ChildKind.Text,
        Shape.LanguageText => ChildKind.LanguageText,
        Shape.Foreign => ChildKind.Foreign,
        _ => ChildKind.View,
    };

    /// <summary>Nothing can be inside but text: see <see cref="ElementSpec.IsWhole"/>.</summary>
    private static bool IsWhole(ElementUse use) => use.Type is { Content.Count: 0, Keep: false, IsMixed: false } && !use.Declaration.Overlay.Keep;

    private static Shape ShapeOf(ElementModel element, WholeType type)
    {
        if (element.Overlay.Language && type is { Simple: not null, Content.Count: 0 } && type.Attributes.All(a => a.Declaration.IsLanguage))
            return Shape.LanguageText;
        if (type.Attributes.Count > 0 || type.Content.Count > 0 || type.Keep || type.IsMixed || type.OtherAttributes is not null || element.IsNillable)
            return Shape.View;
        return type.Simple is null ? Shape.Flag : Shape.Text;
    }
}
