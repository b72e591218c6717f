using System.Collections.Generic;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;
using MucGen.Generator.Reading.Repairs;

namespace MucGen.Generator.Linking;

/// <summary>Links the attributes of an element's type to fields.</summary>
internal sealed class AttributeLinker(Declarations declarations, ValueResolver values)
{
    /// <summary>The namespace of <c>xsi:nil</c>.</summary>
    public const string InstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    public EquatableArray<FieldSpec> Link(ElementUse use, string typeName, MemberNames members)
    {
        var fields = new List<FieldSpec>();
        foreach (var attribute in use.Type?.Attributes ?? [])
        {
            if (attribute.Declaration.Use != AttributeUse.Prohibited)
                fields.Add(Link(attribute.Schema, attribute.Declaration, typeName, members, fields));
        }
        if (use.Declaration.IsNillable)
            fields.Add(Nil(use, typeName, members));
        return fields.ToEquatableArray();
    }

    private FieldSpec Link(SchemaModel schema, AttributeModel attribute, string typeName, MemberNames members, List<FieldSpec> before)
    {
        var place = new Place(schema, attribute.Node, "attribute", attribute.Name);
        var meant = Meant(schema, attribute, typeName);
        var wire = attribute.Reference is { Namespace: AttributeModel.XmlNamespace } ? "xml:" + attribute.Name : attribute.Name;
        var ns = attribute.Reference is null || wire != attribute.Name ? null : attribute.Reference.Namespace;
        if (before.Exists(field => field.WireName == wire && field.Namespace == ns))
            place.Report(declarations, Diagnostics.DuplicateDeclaration, attribute.Name, typeName);
        var property = attribute.Overlay.Name ?? CSharp.Pascal(attribute.Name);
        var value = values.Resolve(meant.Type, attribute.Overlay, place, typeName + property);
        var fallback = Default(attribute.Default ?? meant.Default, value, place);
        var constant = attribute.Fixed ?? meant.Fixed;
        if (constant is not null)
            values.Constant(value, constant, place);
        else
            property = members.Take(property, place, attribute.Overlay.Name is not null, "Attribute");
        return new FieldSpec(wire, ns, property, Parameter(property), value, attribute.Use == AttributeUse.Required, fallback, constant, attribute.Documentation ?? meant.Documentation);
    }

    private string? Default(string? text, ValueSpec value, Place place)
    {
        if (text is null)
            return null;
        if (text.Length > 0 || !Shapes.IsStruct(value) || (value.Kind == ValueKind.Enumeration && values.HasMember(value, text)))
            return values.Constant(value, text, place);
        place.Report(declarations, Diagnostics.Repaired, RepairRule.EmptyDefault.Id, place.Name, RepairRule.EmptyDefault.Reading);
        return null;
    }

    /// <summary>What a declaration refers to; itself when it refers to nothing, or to an attribute that is text because no schema describes it.</summary>
    private AttributeModel Meant(SchemaModel schema, AttributeModel attribute, string owner)
    {
        if (attribute.Reference is not { } name)
            return attribute;
        if (declarations.Attributes.TryGetValue(name, out var known))
            return known.Declaration with { Overlay = attribute.Overlay };
        if (name.Namespace == AttributeModel.XmlNamespace)
            return attribute;
        if (declarations.Knows(name.Namespace))
            declarations.Report(schema, attribute.Node, Diagnostics.UnknownReference, name.ToString(), owner);
        return attribute;
    }

    private static FieldSpec Nil(ElementUse use, string typeName, MemberNames members)
    {
        var value = new ValueSpec(ValueKind.Boolean, null, Facets.None, null, false, false, ValueResolver.BadRequest);
        var property = members.Take("IsNil", new Place(use.Schema, use.Declaration.Node, "element", typeName), false, "Attribute");
        return new FieldSpec("nil", InstanceNamespace, property, Parameter(property), value, false, null, null, "The element stands for no value, and nothing is inside.");
    }

    /// <summary>The name of a parameter; those that emitted methods have anyway are not for attributes.</summary>
    private static string Parameter(string property) => CSharp.Camel(property) switch
    {
        "writer" => "writerAttribute",
        "value" => "valueAttribute",
        "xmlns" => "xmlnsAttribute",
        "others" => "othersAttribute",
        var name => name,
    };
}
