using System;
using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>Links one element: its attributes and its content model, flattened to children with cardinalities.</summary>
internal sealed class ContentLinker(Declarations declarations, ValueResolver values)
{
    private readonly List<(ElementUse Use, string TypeName)> locals = [];

    /// <summary>The local elements with views that the last links came across.</summary>
    public List<(ElementUse Use, string TypeName)> TakeLocals()
    {
        var taken = locals.ToList();
        locals.Clear();
        return taken;
    }

    public static string GlobalTypeName(SchemaModel schema, ElementModel element) =>
        element.Overlay.Name ?? schema.Prefix + CSharp.Pascal(element.Name);

    /// <summary>An element declaration with its type followed and its shape decided.</summary>
    public ElementUse Use(SchemaModel schema, ElementModel element)
    {
        var type = element.Type;
        if (type.Complex is { } inline)
            return new ElementUse(schema, element, inline, schema, ShapeOf(element, inline));
        if (type.Name is { } name && declarations.ComplexTypes.TryGetValue(name, out var declared))
            return new ElementUse(schema, element, declared.Declaration, declared.Schema, ShapeOf(element, declared.Declaration));
        var isFlag = type == TypeUse.Absent ? element.Overlay.Type is null && element.Overlay.TypeReference is null : values.IsEmpty(type);
        return new ElementUse(schema, element, null, schema, isFlag ? Shape.Flag : Shape.Text);
    }

    public ElementSpec Link(ElementUse use, string typeName)
    {
        var schema = use.Schema;
        var place = new Place(schema, use.Declaration.Node, "element", use.Declaration.Name);
        var members = new MemberNames(typeName, declarations);
        var attributes = Attributes(use, typeName, members);
        ValueSpec? value = use switch
        {
            { Shape: Shape.Text, Type: null } => values.Resolve(use.Declaration.Type, use.Declaration.Overlay, place, typeName + "Value"),
            { Type.SimpleContent: { } content } => values.Resolve(content, use.Type.ContentOverlay, place, typeName + "Value"),
            _ => null,
        };
        if (value is not null)
            members.Take("Value", place);

        var model = new ContentModel(declarations, this, use, typeName, members);
        if (use.Type?.Content is { } particle)
            model.Add(particle);
        return new ElementSpec(
            typeName,
            use.Name,
            schema.Origin,
            ValueResolver.Specification(schema),
            schema.HintPrefix,
            use.Declaration.Documentation,
            HasList: false,
            TakesNamespace: !schema.OlderNamespaces.IsEmpty,
            attributes,
            value,
            model.Children.ToEquatableArray(),
            model.Choices.ToEquatableArray(),
            model.Conditions.ToEquatableArray(),
            model.OthersOrder >= 0 ? model.OthersOrder : use.Declaration.Overlay.Keep || use.Type?.Keep == true ? 0 : -1);
    }

    /// <summary>One child of a content model: a property there, or a view of its own.</summary>
    public ChildSpec? Child(ElementUse parent, string parentType, SchemaModel where, ElementModel element, int min, int max, int order, MemberNames members)
    {
        var use = element.Reference is null ? Use(where, element) : Referenced(where, element, parentType);
        if (use is null)
            return null;
        var overlay = element.Overlay;
        var isLocal = element.Reference is null;
        var singular = overlay.Name ?? CSharp.Pascal(use.Declaration.Name);
        var plural = overlay.Plural ?? use.Declaration.Overlay.Plural ?? CSharp.Plural(singular);
        var place = new Place(where, element.Node, "element", use.Declaration.Name);
        var kind = use.Shape switch { Shape.Flag => ChildKind.Flag, Shape.Text => ChildKind.Text, Shape.LanguageText => ChildKind.LanguageText, _ => ChildKind.View };

        string? typeName = null;
        ValueSpec? value = null;
        EquatableArray<FieldSpec> attributes = default;
        var isWhole = false;
        if (kind == ChildKind.View)
        {
            typeName = isLocal ? where.Prefix + singular : GlobalTypeName(use.Schema, use.Declaration);
            if (isLocal)
                locals.Add((use, typeName));
            attributes = Attributes(use, typeName, new MemberNames(typeName, declarations, isSilent: true));
            isWhole = use.Type!.Content is null;
            if (use.Type.SimpleContent is { } content)
                value = values.Resolve(content, use.Type.ContentOverlay, place, typeName + "Value");
        }
        else if (kind != ChildKind.Flag)
        {
            var type = use.Type?.SimpleContent ?? use.Declaration.Type;
            var typeOverlay = use.Type?.SimpleContent is null ? use.Declaration.Overlay : use.Type.ContentOverlay;
            value = values.Resolve(type, typeOverlay, place, parentType + singular);
        }
        if (kind == ChildKind.Flag && max > 1)
            declarations.Report(where, element.Node, Diagnostics.UnsupportedConstruct, "element", use.Declaration.Name, "an empty element is there or not; remove maxOccurs");
        if (kind == ChildKind.Text && max > 1 && value!.Kind is not (ValueKind.Text or ValueKind.Language or ValueKind.Nick or ValueKind.Base64 or ValueKind.Hex))
            declarations.Report(where, element.Node, Diagnostics.UnsupportedConstruct, "element", use.Declaration.Name, "repeated texts are plain; give the element an attribute for the value");

        members.Take(max > 1 ? plural : singular, place);
        return new ChildSpec(
            kind, use.Name, use.Name.Namespace == parent.Schema.Namespace, max > 1 ? plural : singular, singular, typeName, value,
            overlay.Required ? Math.Max(1, min) : min, max, order, isWhole, attributes, use.Declaration.Documentation);
    }

    public ElementUse? Referenced(SchemaModel where, ElementModel element, string owner)
    {
        if (declarations.Elements.TryGetValue(element.Reference!, out var declared))
            return Use(declared.Schema, declared.Declaration);
        declarations.Report(where, element.Node, Diagnostics.UnknownReference, element.Reference!.ToString(), owner);
        return null;
    }

    public void DeclareConditionEnum(SchemaModel schema, int node, string name, EquatableArray<EnumMember> members) =>
        values.DeclareEnum(schema, node, name, null, members, parsesText: false, name);

    private static Shape ShapeOf(ElementModel element, ComplexTypeModel type)
    {
        if (element.Overlay.Language && type is { SimpleContent: not null, Content: null } && type.Attributes.All(a => a.IsLanguage) && type.AttributeGroups.IsEmpty)
            return Shape.LanguageText;
        var hasAttributes = !type.Attributes.IsEmpty || !type.AttributeGroups.IsEmpty;
        if (hasAttributes || type.Content is not null || type.Keep)
            return Shape.View;
        return type.SimpleContent is null ? Shape.Flag : Shape.Text;
    }

    private EquatableArray<FieldSpec> Attributes(ElementUse use, string typeName, MemberNames members)
    {
        var fields = new List<FieldSpec>();
        if (use.Type is null)
            return default;
        foreach (var (schema, attribute) in AllAttributes(use.TypeSchema, use.Type.Attributes, use.Type.AttributeGroups, [], typeName))
        {
            var place = new Place(schema, attribute.Node, "attribute", attribute.Name);
            var property = attribute.Overlay.Name ?? (attribute.IsLanguage ? "Lang" : CSharp.Pascal(attribute.Name));
            var value = values.Resolve(attribute.Type, attribute.Overlay, place, typeName + property);
            var fallback = attribute.Default is null ? null : values.Constant(value, attribute.Default, place);
            if (attribute.Fixed is not null)
                values.Constant(value, attribute.Fixed, place);
            if (attribute.Fixed is null)
                members.Take(property, place);
            fields.Add(new FieldSpec(attribute.Name, property, CSharp.Camel(property), value, attribute.Required, fallback, attribute.Fixed, attribute.Documentation));
        }
        return fields.ToEquatableArray();
    }

    private List<(SchemaModel Schema, AttributeModel Attribute)> AllAttributes(
        SchemaModel schema, EquatableArray<AttributeModel> own, EquatableArray<NodeReference> groups, HashSet<QualifiedName> open, string owner)
    {
        var result = own.Select(a => (Schema: schema, Attribute: a)).ToList();
        foreach (var reference in groups)
        {
            if (!declarations.AttributeGroups.TryGetValue(reference.Name, out var group))
                declarations.Report(schema, reference.Node, Diagnostics.UnknownReference, reference.Name.ToString(), owner);
            else if (!open.Add(reference.Name))
                declarations.Report(schema, reference.Node, Diagnostics.RecursiveType, reference.Name.Local);
            else
                result.AddRange(AllAttributes(group.Schema, group.Declaration.Attributes, group.Declaration.References, open, owner));
        }
        return result;
    }
}
