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
        ["schema"] = ["targetNamespace", "elementFormDefault", "attributeFormDefault", "version", "id"],
        ["import"] = ["namespace", "schemaLocation"],
        ["element"] = ["name", "ref", "type", "minOccurs", "maxOccurs", "id"],
        ["complexType"] = ["name", "id"],
        ["simpleType"] = ["name", "id"],
        ["simpleContent"] = [],
        ["extension"] = ["base"],
        ["restriction"] = ["base"],
        ["union"] = ["memberTypes"],
        ["sequence"] = ["minOccurs", "maxOccurs"],
        ["choice"] = ["minOccurs", "maxOccurs"],
        ["all"] = ["minOccurs", "maxOccurs"],
        ["group"] = ["name", "ref", "minOccurs", "maxOccurs"],
        ["any"] = ["namespace", "processContents", "minOccurs", "maxOccurs"],
        ["attribute"] = ["name", "ref", "type", "use", "default", "fixed"],
        ["attributeGroup"] = ["name", "ref"],
        ["enumeration"] = ["value"],
        ["minInclusive"] = ["value"],
        ["maxInclusive"] = ["value"],
        ["minLength"] = ["value"],
        ["maxLength"] = ["value"],
        ["length"] = ["value"],
        ["pattern"] = ["value"],
        ["whiteSpace"] = ["value"],
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
        ["pattern"] = ["unenforced"],
    };

    /// <summary>The kinds of mg:type.</summary>
    public static readonly HashSet<string> Types = ["jid", "jid-bare", "jid-full", "nick", "base64", "hex", "instant", "int", "language"];

    /// <summary>Constructs with the reason why they are refused and what to write instead; others are merely unknown.</summary>
    public static readonly IReadOnlyDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["include"] = "put the declarations into one file, or import another namespace",
        ["redefine"] = "declare the type as it is needed",
        ["notation"] = "remove it",
        ["complexContent"] = "write the whole content model in place",
        ["anyAttribute"] = "unknown attributes are always allowed when reading; remove it",
        ["list"] = "use xs:string and split it where it is used",
        ["key"] = "remove it; identity is checked by handlers",
        ["keyref"] = "remove it; identity is checked by handlers",
        ["unique"] = "remove it; identity is checked by handlers",
        ["totalDigits"] = "use minInclusive and maxInclusive",
        ["fractionDigits"] = "use xs:string",
        ["minExclusive"] = "use minInclusive",
        ["maxExclusive"] = "use maxInclusive",
    };
}
