using System.Collections.Generic;
using System.Xml.Linq;

namespace MucGen.Generator.Reading;

/// <summary>
/// The part of XML Schema, and of the overlay, that the generator understands: for each element the attributes it may have. What is not
/// here is an error at its line.
/// </summary>
internal static class XsdVocabulary
{
    public static readonly XNamespace Xsd = "http://www.w3.org/2001/XMLSchema";
    public static readonly XNamespace Overlay = "urn:mucgen:schema";

    /// <summary>Attributes of XML Schema by element; the key is the local name.</summary>
    public static readonly IReadOnlyDictionary<string, HashSet<string>> Attributes = new Dictionary<string, HashSet<string>>
    {
        ["schema"] = ["targetNamespace", "elementFormDefault", "attributeFormDefault", "blockDefault", "finalDefault", "version", "id"],
        ["import"] = ["namespace", "schemaLocation", "id"],
        ["include"] = ["schemaLocation", "id"],
        ["element"] = ["name", "ref", "type", "minOccurs", "maxOccurs", "nillable", "abstract", "substitutionGroup", "form", "block", "final", "id"],
        ["complexType"] = ["name", "mixed", "abstract", "block", "final", "id"],
        ["simpleType"] = ["name", "final", "id"],
        ["simpleContent"] = ["id"],
        ["complexContent"] = ["mixed", "id"],
        ["extension"] = ["base", "id"],
        ["restriction"] = ["base", "id"],
        ["union"] = ["memberTypes", "id"],
        ["list"] = ["itemType", "id"],
        ["sequence"] = ["minOccurs", "maxOccurs", "id"],
        ["choice"] = ["minOccurs", "maxOccurs", "id"],
        ["all"] = ["minOccurs", "maxOccurs", "id"],
        ["group"] = ["name", "ref", "minOccurs", "maxOccurs", "id"],
        ["any"] = ["namespace", "processContents", "minOccurs", "maxOccurs", "id"],
        ["anyAttribute"] = ["namespace", "processContents", "id"],
        ["attribute"] = ["name", "ref", "type", "use", "default", "fixed", "form", "id"],
        ["attributeGroup"] = ["name", "ref", "id"],
        ["enumeration"] = ["value", "id"],
        ["minInclusive"] = ["value", "fixed", "id"],
        ["maxInclusive"] = ["value", "fixed", "id"],
        ["minExclusive"] = ["value", "fixed", "id"],
        ["maxExclusive"] = ["value", "fixed", "id"],
        ["minLength"] = ["value", "fixed", "id"],
        ["maxLength"] = ["value", "fixed", "id"],
        ["length"] = ["value", "fixed", "id"],
        ["pattern"] = ["value", "id"],
        ["whiteSpace"] = ["value", "fixed", "id"],
    };

    /// <summary>Overlay attributes by element. <c>mend</c>, a reason for a visible difference from the published schema, may be anywhere.</summary>
    public static readonly IReadOnlyDictionary<string, HashSet<string>> OverlayAttributes = new Dictionary<string, HashSet<string>>
    {
        ["schema"] = ["xep", "spec", "version", "prefix", "ns", "wire-prefix"],
        ["element"] = ["name", "plural", "type", "type-ref", "error", "open", "lenient", "keep", "lang", "required", "max"],
        ["attribute"] = ["name", "type", "type-ref", "error", "open", "lenient", "required", "max"],
        ["extension"] = ["type", "type-ref", "error", "open", "lenient", "max"],
        ["complexType"] = ["keep"],
        ["simpleType"] = ["name"],
        ["enumeration"] = ["name"],
        ["choice"] = ["enum", "name"],
    };

    /// <summary>The kinds of mg:type.</summary>
    public static readonly HashSet<string> Types = ["jid", "jid-bare", "jid-full", "nick", "base64", "hex", "instant", "int", "language"];

    /// <summary>Constructs with the reason why they are refused and what to write instead; others are merely unknown.</summary>
    public static readonly IReadOnlyDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["redefine"] = "declare the type as it is needed",
        ["notation"] = "remove it",
        ["key"] = "remove it; identity is checked by handlers",
        ["keyref"] = "remove it; identity is checked by handlers",
        ["unique"] = "remove it; identity is checked by handlers",
        ["totalDigits"] = "use minInclusive and maxInclusive",
        ["fractionDigits"] = "use a pattern",
        ["assert"] = "remove it; what depends on several fields is checked by handlers",
    };
}
