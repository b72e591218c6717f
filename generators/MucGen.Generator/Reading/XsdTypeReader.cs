using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads declarations: elements, attributes, types, and the particles of content models.</summary>
internal sealed class XsdTypeReader(XmlSource source, OverlayReader overlays, string targetNamespace)
{
    private static readonly XNamespace Xml = XNamespace.Xml;

    private readonly FacetReader facets = new(source);

    /// <summary>The parts of a schema element in order, without annotations; what is no part of the vocabulary is reported and left out.</summary>
    public IEnumerable<XElement> Parts(XElement parent)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Name.Namespace != XsdVocabulary.Xsd)
            {
                Unsupported(child, "definitions contain elements of XML Schema only");
                continue;
            }
            var name = child.Name.LocalName;
            if (name == "annotation")
                continue;
            if (!XsdVocabulary.Attributes.ContainsKey(name))
            {
                Unsupported(child, XsdVocabulary.Refused.TryGetValue(name, out var reason) ? reason : "the README lists what is");
                continue;
            }
            overlays.CheckAttributes(child);
            yield return child;
        }
    }

    /// <summary>The one part that an element must have, of one of some kinds; null, with one report, when it has not.</summary>
    private XElement? Only(XElement parent, string reason, params string[] kinds)
    {
        var reported = source.ErrorCount;
        var parts = Parts(parent).ToList();
        if (parts.Count == 1 && kinds.Contains(parts[0].Name.LocalName))
            return parts[0];
        if (source.ErrorCount == reported)
            Unsupported(parent, reason);
        return null;
    }

    public bool RequireName(XElement declaration)
    {
        if (!string.IsNullOrEmpty(declaration.Attribute("name")?.Value))
            return true;
        Unsupported(declaration, "a global declaration needs a name");
        return false;
    }

    public void Unsupported(XElement element, string reason) =>
        source.Report(Diagnostics.UnsupportedConstruct, element, element.Name.LocalName, OverlayReader.Describe(element), reason);

    public ElementModel ReadElement(XElement element)
    {
        var reference = element.Attribute("ref");
        var name = element.Attribute("name")?.Value ?? "";
        if ((reference is null) == (name.Length == 0))
            Unsupported(element, "an element has either a name or a ref");
        var (min, max) = ReadOccurs(element);
        var type = ReadTypeUse(element, "type");
        if (reference is not null && type != TypeUse.Absent)
            Unsupported(element, "a reference has no type of its own");
        return new ElementModel(
            source.NodeOf(element), name, reference is null ? null : Resolve(reference), type, min, max, overlays.Read(element), Documentation(element));
    }

    public ParticleModel ReadGroup(XElement group)
    {
        if (Only(group, "a named group contains one sequence, choice or all", "sequence", "choice", "all") is not { } only)
        {
            return new ParticleModel(source.NodeOf(group), ParticleKind.Sequence, Name(group), 1, 1, default, null, null, Overlay.None);
        }
        return ReadParticle(only) with { Name = Name(group) };
    }

    public AttributeGroupModel ReadAttributeGroup(XElement group)
    {
        var attributes = new List<AttributeModel>();
        var references = new List<NodeReference>();
        foreach (var part in Parts(group))
            ReadAttributePart(part, attributes, references);
        return new AttributeGroupModel(source.NodeOf(group), Name(group) ?? "", attributes.ToEquatableArray(), references.ToEquatableArray());
    }

    public SimpleTypeModel ReadSimpleType(XElement type)
    {
        var node = source.NodeOf(type);
        var only = Only(type, "a simple type is a restriction or a union", "restriction", "union");
        if (only is { Name.LocalName: "union" } union)
        {
            var members = Names(union.Attribute("memberTypes")).Select(n => new TypeUse(n, null, null))
                .Concat(Parts(union).Where(p => p.Name.LocalName == "simpleType").Select(p => new TypeUse(null, ReadSimpleType(p), null)));
            return new SimpleTypeModel(node, Name(type), overlays.Read(type), TypeUse.Absent, default, Facets.None, members.ToEquatableArray(), Documentation(type));
        }
        if (only is not { } restriction)
        {
            return new SimpleTypeModel(node, Name(type), Overlay.None, TypeUse.Absent, default, Facets.None, default, null);
        }

        var values = new List<EnumerationModel>();
        var inner = TypeUse.Absent;
        var limits = new List<XElement>();
        foreach (var part in Parts(restriction))
        {
            if (part.Name.LocalName == "simpleType")
                inner = new TypeUse(null, ReadSimpleType(part), null);
            else if (part.Name.LocalName == "enumeration")
                values.Add(new EnumerationModel(source.NodeOf(part), part.Attribute("value")?.Value ?? "", overlays.Read(part).Name, Documentation(part)));
            else
                limits.Add(part);
        }
        var baseType = restriction.Attribute("base") is { } named ? new TypeUse(Resolve(named), null, null) : inner;
        return new SimpleTypeModel(
            node, Name(type), overlays.Read(type), baseType, values.ToEquatableArray(), facets.Read(limits), default, Documentation(type));
    }

    public ComplexTypeModel ReadComplexType(XElement type)
    {
        ParticleModel? content = null;
        TypeUse? simpleContent = null;
        var contentOverlay = Overlay.None;
        var attributes = new List<AttributeModel>();
        var groups = new List<NodeReference>();
        foreach (var part in Parts(type))
        {
            switch (part.Name.LocalName)
            {
                case "sequence" or "choice" or "all" or "group" when content is null && simpleContent is null:
                    content = ReadParticle(part);
                    break;
                case "simpleContent" when content is null && simpleContent is null:
                    (simpleContent, contentOverlay) = ReadSimpleContent(part, attributes, groups);
                    break;
                default:
                    ReadAttributePart(part, attributes, groups);
                    break;
            }
        }
        return new ComplexTypeModel(
            source.NodeOf(type), Name(type), overlays.Read(type).Keep, simpleContent, contentOverlay, content,
            attributes.ToEquatableArray(), groups.ToEquatableArray());
    }

    private (TypeUse Type, Overlay Overlay) ReadSimpleContent(XElement content, List<AttributeModel> attributes, List<NodeReference> groups)
    {
        if (Only(content, "simple content is an extension with a base", "extension") is not { } extension)
            return (TypeUse.Absent, Overlay.None);
        if (extension.Attribute("base") is not { } named)
        {
            Unsupported(extension, "it has no base");
            return (TypeUse.Absent, Overlay.None);
        }
        foreach (var part in Parts(extension))
            ReadAttributePart(part, attributes, groups);
        return (new TypeUse(Resolve(named), null, null), overlays.Read(extension));
    }

    private void ReadAttributePart(XElement part, List<AttributeModel> attributes, List<NodeReference> groups)
    {
        if (part.Name.LocalName == "attribute")
            attributes.Add(ReadAttribute(part));
        else if (part.Name.LocalName == "attributeGroup" && part.Attribute("ref") is { } reference)
            groups.Add(new NodeReference(source.NodeOf(part), Resolve(reference)));
        else
            Unsupported(part, "it does not belong here");
    }

    private AttributeModel ReadAttribute(XElement attribute)
    {
        var reference = attribute.Attribute("ref");
        var isLanguage = reference is not null && Resolve(reference) == new QualifiedName(Xml.NamespaceName, "lang");
        if (reference is not null && !isLanguage)
            source.Report(Diagnostics.UnsupportedAttribute, reference, "ref", "attribute", OverlayReader.Describe(attribute), "xml:lang is the only one in a namespace; declare others by name");
        if (reference is null && attribute.Attribute("name") is null)
            Unsupported(attribute, "an attribute has a name");
        var use = attribute.Attribute("use");
        if (use is { Value: not ("optional" or "required") })
            source.Report(Diagnostics.UnsupportedAttribute, use, "use", "attribute", OverlayReader.Describe(attribute), "only optional and required are");

        var overlay = overlays.Read(attribute);
        return new AttributeModel(
            source.NodeOf(attribute),
            isLanguage ? "xml:lang" : attribute.Attribute("name")?.Value ?? "",
            isLanguage,
            ReadTypeUse(attribute, "type"),
            overlay.Required || use?.Value == "required",
            attribute.Attribute("default")?.Value,
            attribute.Attribute("fixed")?.Value,
            overlay,
            Documentation(attribute));
    }

    private ParticleModel ReadParticle(XElement particle)
    {
        var node = source.NodeOf(particle);
        if (particle.Name.LocalName == "element")
        {
            var element = ReadElement(particle);
            return new ParticleModel(node, ParticleKind.Element, null, element.Min, element.Max, default, element, null, Overlay.None);
        }
        var (min, max) = ReadOccurs(particle);
        switch (particle.Name.LocalName)
        {
            case "any":
                return new ParticleModel(node, ParticleKind.Any, null, min, max, default, null, null, Overlay.None);
            case "group":
                if (particle.Attribute("ref") is not { } reference)
                    Unsupported(particle, "a group inside a content model is a ref");
                else
                    return new ParticleModel(node, ParticleKind.Group, null, min, max, default, null, Resolve(reference), Overlay.None);
                return new ParticleModel(node, ParticleKind.Sequence, null, min, max, default, null, null, Overlay.None);
            case "sequence" or "choice" or "all":
                var kind = particle.Name.LocalName switch { "sequence" => ParticleKind.Sequence, "choice" => ParticleKind.Choice, _ => ParticleKind.All };
                var items = Parts(particle).Select(ReadParticle).ToEquatableArray();
                return new ParticleModel(node, kind, null, min, max, items, null, null, overlays.Read(particle));
            default:
                Unsupported(particle, "it is no part of a content model");
                return new ParticleModel(node, ParticleKind.Sequence, null, min, max, default, null, null, Overlay.None);
        }
    }

    private TypeUse ReadTypeUse(XElement declaration, string attribute)
    {
        var named = declaration.Attribute(attribute) is { } name ? new TypeUse(Resolve(name), null, null) : TypeUse.Absent;
        var inline = named;
        foreach (var part in Parts(declaration))
        {
            if (inline != TypeUse.Absent)
                Unsupported(part, "a declaration has one type");
            else if (part.Name.LocalName == "simpleType")
                inline = new TypeUse(null, ReadSimpleType(part), null);
            else if (part.Name.LocalName == "complexType" && declaration.Name.LocalName == "element")
                inline = new TypeUse(null, null, ReadComplexType(part));
            else
                Unsupported(part, "it does not belong here");
        }
        return inline;
    }

    private (int Min, int Max) ReadOccurs(XElement particle)
    {
        var minText = particle.Attribute("minOccurs")?.Value ?? "1";
        var maxText = particle.Attribute("maxOccurs")?.Value ?? "1";
        var max = maxText == "unbounded" ? ParticleModel.Unbounded : FacetReader.Number(maxText) ?? -1;
        if (FacetReader.Number(minText) is { } min && max > 0 && min <= max)
            return (min, max);
        source.Report(Diagnostics.BadOccurrence, particle, OverlayReader.Describe(particle), minText, maxText);
        return (0, 1);
    }

    private IEnumerable<QualifiedName> Names(XAttribute? list) => list is null
        ? []
        : list.Value.Split([' ', '\t', '\r', '\n'], System.StringSplitOptions.RemoveEmptyEntries).Select(word => Resolve(list, word));

    private QualifiedName Resolve(XAttribute name) => Resolve(name, name.Value.Trim());

    /// <summary>A prefixed name; without a prefix the default namespace, which an XSD without one leaves to mean its own.</summary>
    private QualifiedName Resolve(XAttribute place, string name)
    {
        var colon = name.IndexOf(':');
        if (colon < 0)
        {
            var ns = place.Parent!.GetDefaultNamespace();
            return new QualifiedName(ns == XNamespace.None ? targetNamespace : ns.NamespaceName, name);
        }
        var bound = place.Parent!.GetNamespaceOfPrefix(name.Substring(0, colon));
        if (bound is null)
            source.Report(Diagnostics.UnknownReference, place, name, OverlayReader.Describe(place.Parent));
        return new QualifiedName(bound?.NamespaceName ?? "", name.Substring(colon + 1));
    }

    private static string? Name(XElement element) => element.Attribute("name")?.Value;

    private static string? Documentation(XElement element)
    {
        var text = element.Element(XsdVocabulary.Xsd + "annotation")?.Element(XsdVocabulary.Xsd + "documentation")?.Value;
        return string.IsNullOrWhiteSpace(text) ? null : string.Join(" ", text!.Split([' ', '\t', '\r', '\n'], System.StringSplitOptions.RemoveEmptyEntries));
    }
}
