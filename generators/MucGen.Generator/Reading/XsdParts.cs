using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>What all declarations of a schema have in common: parts, names, documentation.</summary>
internal sealed class XsdParts(XmlSource source, OverlayReader overlays, string targetNamespace)
{
    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    public string TargetNamespace => targetNamespace;

    /// <summary>The parts of a schema element in order, without annotations; what is no part of the vocabulary is reported and left out.</summary>
    public IEnumerable<XElement> Of(XElement parent)
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
    public XElement? Only(XElement parent, string reason, params string[] kinds)
    {
        var reported = source.ErrorCount;
        var parts = Of(parent).ToList();
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

    public void Unsupported(XAttribute attribute, string reason) => source.Report(
        Diagnostics.UnsupportedAttribute, attribute, attribute.Name.LocalName, attribute.Parent!.Name.LocalName, OverlayReader.Describe(attribute.Parent), reason);

    /// <summary>An attribute that is true or false.</summary>
    public bool Flag(XElement element, string name)
    {
        var attribute = element.Attribute(name);
        if (attribute is not null && attribute.Value is not ("true" or "1" or "false" or "0"))
            Unsupported(attribute, "it is neither true nor false");
        return attribute?.Value is "true" or "1";
    }

    public IEnumerable<QualifiedName> Names(XAttribute? list) => list is null ? [] : Words(list.Value).Select(word => Resolve(list, word));

    public QualifiedName Resolve(XAttribute name) => Resolve(name, name.Value.Trim());

    public QualifiedName? ResolveOrNull(XAttribute? name) => name is null ? null : Resolve(name);

    public static string[] Words(string? text) => (text ?? "").Split(WhiteSpace, System.StringSplitOptions.RemoveEmptyEntries);

    public static string? Name(XElement element) => element.Attribute("name")?.Value;

    public static string? Documentation(XElement element)
    {
        var text = element.Element(XsdVocabulary.Xsd + "annotation")?.Element(XsdVocabulary.Xsd + "documentation")?.Value;
        return string.IsNullOrWhiteSpace(text) ? null : string.Join(" ", Words(text));
    }

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
}
