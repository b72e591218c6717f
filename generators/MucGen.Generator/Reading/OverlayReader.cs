using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads and checks the attributes of one schema element: those of XML Schema against the vocabulary, and the overlay.</summary>
internal sealed class OverlayReader(XmlSource source)
{
    /// <summary>Stanza error conditions, for mg:error.</summary>
    private static readonly HashSet<string> Conditions =
    [
        "bad-request", "conflict", "feature-not-implemented", "forbidden", "gone", "internal-server-error", "item-not-found", "jid-malformed",
        "not-acceptable", "not-allowed", "not-authorized", "policy-violation", "recipient-unavailable", "redirect", "registration-required",
        "remote-server-not-found", "remote-server-timeout", "resource-constraint", "service-unavailable", "subscription-required",
        "undefined-condition", "unexpected-request",
    ];

    /// <summary>Reports every attribute that the vocabulary does not have.</summary>
    public void CheckAttributes(XElement element)
    {
        var kind = element.Name.LocalName;
        XsdVocabulary.OverlayAttributes.TryGetValue(kind, out var overlay);
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            var name = attribute.Name.LocalName;
            if (attribute.Name.Namespace == XsdVocabulary.Overlay)
                CheckOverlay(attribute, kind, name, overlay);
            else if (attribute.Name.Namespace == XNamespace.None && !XsdVocabulary.Attributes[kind].Contains(name))
                source.Report(Diagnostics.UnsupportedAttribute, attribute, name, kind, Describe(element), "remove it, or say the same by what the README lists");
        }
    }

    public Overlay Read(XElement element)
    {
        if (!element.Attributes().Any(a => a.Name.Namespace == XsdVocabulary.Overlay))
            return Overlay.None;
        return new Overlay(
            Name(element, "name"),
            Name(element, "plural"),
            OneOf(element, "type", XsdVocabulary.Types),
            Text(element, "type-ref"),
            Text(element, "enum"),
            OneOf(element, "error", Conditions),
            Flag(element, "open"),
            Flag(element, "lenient"),
            Flag(element, "keep"),
            Flag(element, "lang"),
            Flag(element, "required"),
            Limit(element, "max"));
    }

    public static string? Text(XElement element, string name) => element.Attribute(XsdVocabulary.Overlay + name)?.Value;

    /// <summary>A name that becomes part of C#.</summary>
    public string? Name(XElement element, string name)
    {
        var attribute = element.Attribute(XsdVocabulary.Overlay + name);
        if (attribute is null)
            return null;
        if (CSharp.IsIdentifier(attribute.Value) && char.IsUpper(attribute.Value[0]))
            return attribute.Value;
        source.Report(Diagnostics.BadName, attribute, attribute.Value);
        return null;
    }

    /// <summary>The nearest name around a schema element, for messages.</summary>
    public static string Describe(XElement element)
    {
        for (var e = element; e is not null; e = e.Parent)
        {
            var name = e.Attribute("name")?.Value ?? e.Attribute("ref")?.Value;
            if (name is not null)
                return name;
        }
        return "schema";
    }

    private void CheckOverlay(XAttribute attribute, string kind, string name, HashSet<string>? allowed)
    {
        if (name == "mend")
        {
            if (attribute.Value.Trim().Length == 0)
                Bad(attribute, kind, "say why the published schema is mended here");
            return;
        }
        if (allowed is null || !allowed.Contains(name))
            Bad(attribute, kind, allowed is null ? "this element takes none but mg:mend" : "not one of " + string.Join(", ", allowed.OrderBy(n => n).Select(n => "mg:" + n)));
    }

    private string? OneOf(XElement element, string name, HashSet<string> values)
    {
        var attribute = element.Attribute(XsdVocabulary.Overlay + name);
        if (attribute is null || values.Contains(attribute.Value))
            return attribute?.Value;
        Bad(attribute, element.Name.LocalName, $"'{attribute.Value}' is not one of {string.Join(", ", values.OrderBy(v => v))}");
        return null;
    }

    private bool Flag(XElement element, string name)
    {
        var attribute = element.Attribute(XsdVocabulary.Overlay + name);
        if (attribute is null || attribute.Value is "true" or "false")
            return attribute?.Value == "true";
        Bad(attribute, element.Name.LocalName, $"'{attribute.Value}' is neither true nor false");
        return false;
    }

    private int? Limit(XElement element, string name)
    {
        var attribute = element.Attribute(XsdVocabulary.Overlay + name);
        if (attribute is null)
            return null;
        if (int.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0)
            return value;
        Bad(attribute, element.Name.LocalName, $"'{attribute.Value}' is not a number of bytes above 0");
        return null;
    }

    private void Bad(XAttribute attribute, string kind, string reason) =>
        source.Report(Diagnostics.BadOverlay, attribute, attribute.Name.LocalName, kind, Describe(attribute.Parent!), reason);
}
