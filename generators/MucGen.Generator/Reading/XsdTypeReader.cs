using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads declarations: elements, attributes, complex types, and the particles of content models.</summary>
internal sealed class XsdTypeReader(XmlSource source, OverlayReader overlays, XsdParts parts)
{
    private readonly XsdSimpleTypeReader simpleTypes = new(source, overlays, parts);

    public SimpleTypeModel ReadSimpleType(XElement type) => simpleTypes.Read(type);

    public ElementModel ReadElement(XElement element)
    {
        var reference = element.Attribute("ref");
        var name = XsdParts.Name(element) ?? "";
        if ((reference is null) == (name.Length == 0))
            parts.Unsupported(element, "an element has either a name or a ref");
        if (element.Attribute("form") is { Value: not "qualified" } form)
            parts.Unsupported(form, "elements of XMPP are always in a namespace");
        var (min, max) = ReadOccurs(element);
        var type = ReadTypeUse(element);
        if (reference is not null && type != TypeUse.Absent)
            parts.Unsupported(element, "a reference has no type of its own");
        return new ElementModel(
            source.NodeOf(element), name, parts.ResolveOrNull(reference), type, min, max, parts.Flag(element, "nillable"), parts.Flag(element, "abstract"),
            parts.ResolveOrNull(element.Attribute("substitutionGroup")), overlays.Read(element), XsdParts.Documentation(element));
    }

    public ParticleModel ReadGroup(XElement group) =>
        parts.Only(group, "a named group contains one sequence, choice or all", "sequence", "choice", "all") is { } only
            ? ReadParticle(only) with { Name = XsdParts.Name(group) }
            : Nothing(group, 1, 1) with { Name = XsdParts.Name(group) };

    public AttributeGroupModel ReadAttributeGroup(XElement group) =>
        new(source.NodeOf(group), XsdParts.Name(group) ?? "", ReadAttributes(parts.Of(group)));

    public ComplexTypeModel ReadComplexType(XElement type)
    {
        var read = new ComplexTypeModel(
            source.NodeOf(type), XsdParts.Name(type), overlays.Read(type).Keep, parts.Flag(type, "mixed"), parts.Flag(type, "abstract"),
            null, null, Overlay.None, null, AttributesModel.None);
        var inside = parts.Of(type).ToList();
        var kind = inside.FirstOrDefault()?.Name.LocalName;
        if (kind is not ("simpleContent" or "complexContent"))
            return ReadContent(inside, read);
        foreach (var more in inside.Skip(1))
            parts.Unsupported(more, "it belongs into the content of the type");
        return kind == "simpleContent" ? ReadSimpleContent(inside[0], read) : ReadComplexContent(inside[0], read);
    }

    public AttributeModel ReadAttribute(XElement attribute)
    {
        var reference = parts.ResolveOrNull(attribute.Attribute("ref"));
        if ((reference is null) == (attribute.Attribute("name") is null))
            parts.Unsupported(attribute, "an attribute has either a name or a ref");
        if (attribute.Attribute("form") is { Value: not "unqualified" } form)
            parts.Unsupported(form, "attributes of XMPP are in no namespace; refer to a global one");
        var overlay = overlays.Read(attribute);
        var use = ReadUse(attribute.Attribute("use"));
        return new AttributeModel(
            source.NodeOf(attribute),
            XsdParts.Name(attribute) ?? reference?.Local ?? "",
            reference,
            ReadTypeUse(attribute),
            overlay.Required ? AttributeUse.Required : use,
            attribute.Attribute("default")?.Value,
            attribute.Attribute("fixed")?.Value,
            overlay,
            XsdParts.Documentation(attribute));
    }

    private ComplexTypeModel ReadContent(IReadOnlyCollection<XElement> inside, ComplexTypeModel type)
    {
        var first = inside.FirstOrDefault();
        return first?.Name.LocalName is "sequence" or "choice" or "all" or "group"
            ? type with { Content = ReadParticle(first), Attributes = ReadAttributes(inside.Skip(1)) }
            : type with { Attributes = ReadAttributes(inside) };
    }

    private ComplexTypeModel ReadSimpleContent(XElement content, ComplexTypeModel type)
    {
        if (ReadDerivation(content, "simple content is an extension or a restriction with a base") is not { Derived: var derived, Base: var named })
            return type;
        if (derived.Name.LocalName == "extension")
            return type with { SimpleContent = new TypeUse(parts.Resolve(named), null, null), ContentOverlay = overlays.Read(derived), Attributes = ReadAttributes(parts.Of(derived)) };
        var attributes = new List<XElement>();
        var empty = new SimpleTypeModel(source.NodeOf(derived), null, Overlay.None, TypeUse.Absent, default, Facets.None, default, null, null);
        var restricted = simpleTypes.ReadRestriction(derived, empty, attributes);
        return type with { SimpleContent = new TypeUse(null, restricted, null), ContentOverlay = overlays.Read(derived), Attributes = ReadAttributes(attributes) };
    }

    private ComplexTypeModel ReadComplexContent(XElement content, ComplexTypeModel type)
    {
        if (ReadDerivation(content, "complex content is an extension or a restriction with a base") is not { Derived: var derived, Base: var named })
            return type;
        var whole = ReadContent(parts.Of(derived).ToList(), type);
        return whole with { IsMixed = type.IsMixed || parts.Flag(content, "mixed"), Base = new Derivation(source.NodeOf(derived), parts.Resolve(named), derived.Name.LocalName == "extension") };
    }

    /// <summary>The extension or restriction in simple or complex content, and the name of its base; null, with a report, when it is not there.</summary>
    private (XElement Derived, XAttribute Base)? ReadDerivation(XElement content, string reason)
    {
        if (parts.Only(content, reason, "extension", "restriction") is not { } derived)
            return null;
        if (derived.Attribute("base") is { } named)
            return (derived, named);
        parts.Unsupported(derived, "it has no base");
        return null;
    }

    private AttributesModel ReadAttributes(IEnumerable<XElement> declarations)
    {
        var attributes = new List<AttributeModel>();
        var groups = new List<NodeReference>();
        Wildcard? any = null;
        foreach (var part in declarations)
        {
            if (part.Name.LocalName == "attribute")
                attributes.Add(ReadAttribute(part));
            else if (part.Name.LocalName == "attributeGroup" && part.Attribute("ref") is { } reference)
                groups.Add(new NodeReference(source.NodeOf(part), parts.Resolve(reference)));
            else if (part.Name.LocalName == "anyAttribute" && any is null)
                any = ReadWildcard(part);
            else
                parts.Unsupported(part, "it does not belong here");
        }
        return new AttributesModel(attributes.ToEquatableArray(), groups.ToEquatableArray(), any);
    }

    private AttributeUse ReadUse(XAttribute? use)
    {
        switch (use?.Value)
        {
            case null or "optional":
                return AttributeUse.Optional;
            case "required":
                return AttributeUse.Required;
            case "prohibited":
                return AttributeUse.Prohibited;
            default:
                parts.Unsupported(use, "it is optional, required or prohibited");
                return AttributeUse.Optional;
        }
    }

    private ParticleModel ReadParticle(XElement particle)
    {
        var node = source.NodeOf(particle);
        if (particle.Name.LocalName == "element")
        {
            var element = ReadElement(particle);
            return new ParticleModel(node, ParticleKind.Element, null, element.Min, element.Max, default, element, null, null, Overlay.None);
        }
        var (min, max) = ReadOccurs(particle);
        switch (particle.Name.LocalName)
        {
            case "any":
                return new ParticleModel(node, ParticleKind.Any, null, min, max, default, null, null, ReadWildcard(particle), Overlay.None);
            case "group" when particle.Attribute("ref") is { } reference:
                return new ParticleModel(node, ParticleKind.Group, null, min, max, default, null, parts.Resolve(reference), null, Overlay.None);
            case "group":
                parts.Unsupported(particle, "a group inside a content model is a ref");
                return Nothing(particle, min, max);
            case "sequence" or "choice" or "all":
                var kind = particle.Name.LocalName switch { "sequence" => ParticleKind.Sequence, "choice" => ParticleKind.Choice, _ => ParticleKind.All };
                var items = parts.Of(particle).Select(ReadParticle).ToEquatableArray();
                return new ParticleModel(node, kind, null, min, max, items, null, null, null, overlays.Read(particle));
            default:
                parts.Unsupported(particle, "it is no part of a content model");
                return Nothing(particle, min, max);
        }
    }

    /// <summary>What stands for a particle that cannot be read, which has been reported.</summary>
    private ParticleModel Nothing(XElement particle, int min, int max) =>
        new(source.NodeOf(particle), ParticleKind.Sequence, null, min, max, default, null, null, null, Overlay.None);

    private Wildcard ReadWildcard(XElement any)
    {
        var words = XsdParts.Words(any.Attribute("namespace")?.Value);
        return new Wildcard(words.Contains("##any") ? default : words.Select(word => word == "##targetNamespace" ? parts.TargetNamespace : word).ToEquatableArray());
    }

    private TypeUse ReadTypeUse(XElement declaration)
    {
        var type = declaration.Attribute("type") is { } name ? new TypeUse(parts.Resolve(name), null, null) : TypeUse.Absent;
        foreach (var part in parts.Of(declaration))
        {
            if (type != TypeUse.Absent)
                parts.Unsupported(part, "a declaration has one type");
            else if (part.Name.LocalName == "simpleType")
                type = new TypeUse(null, ReadSimpleType(part), null);
            else if (part.Name.LocalName == "complexType" && declaration.Name.LocalName == "element")
                type = new TypeUse(null, null, ReadComplexType(part));
            else
                parts.Unsupported(part, "it does not belong here");
        }
        return type;
    }

    private (int Min, int Max) ReadOccurs(XElement particle)
    {
        var minText = particle.Attribute("minOccurs")?.Value ?? "1";
        var maxText = particle.Attribute("maxOccurs")?.Value ?? "1";
        var max = maxText == "unbounded" ? ParticleModel.Unbounded : FacetReader.Number(maxText) ?? -1;
        if (FacetReader.Number(minText) is { } min && max >= 0 && min <= max)
            return (min, max);
        source.Report(Diagnostics.BadOccurrence, particle, OverlayReader.Describe(particle), minText, maxText);
        return (0, 1);
    }
}
