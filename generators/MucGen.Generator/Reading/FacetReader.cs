using System.Collections.Generic;
using System.Globalization;
using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads the limits of a restriction. A facet that cannot be enforced is an error unless the overlay says why that is right.</summary>
internal sealed class FacetReader(XmlSource source)
{
    public Facets Read(IEnumerable<XElement> parts)
    {
        var facets = Facets.None;
        foreach (var part in parts)
        {
            var text = part.Attribute("value")?.Value ?? "";
            facets = part.Name.LocalName switch
            {
                "minInclusive" => facets with { MinInclusive = LongNumber(part, text) },
                "maxInclusive" => facets with { MaxInclusive = LongNumber(part, text) },
                "minLength" => facets with { MinLength = Length(part, text) },
                "maxLength" => facets with { MaxLength = Length(part, text) },
                "length" => facets with { MinLength = Length(part, text), MaxLength = Length(part, text) },
                _ => Unenforced(part, text, facets),
            };
        }
        if (facets.MinInclusive > facets.MaxInclusive || facets.MinLength > facets.MaxLength)
        {
            foreach (var part in parts)
            {
                Bad(part, "the lower limit is above the upper one");
                break;
            }
        }
        return facets;
    }

    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private Facets Unenforced(XElement part, string text, Facets facets)
    {
        var name = part.Name.LocalName;
        if (name == "pattern")
        {
            if (string.IsNullOrWhiteSpace(OverlayReader.Text(part, "unenforced")))
                Bad(part, "patterns are not enforced; say by mg:unenforced=\"reason\" why that is right, or use another type");
        }
        else if (name == "whiteSpace")
        {
            if (text is not ("preserve" or "collapse" or "replace"))
                Bad(part, $"'{text}' is not preserve, replace or collapse");
        }
        else
        {
            source.Report(Diagnostics.UnsupportedConstruct, part, name, OverlayReader.Describe(part), "it is no facet of a restriction");
        }
        return facets;
    }

    private long? LongNumber(XElement part, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        Bad(part, $"'{text}' is not a whole number of 64 bits");
        return null;
    }

    private int? Length(XElement part, string text)
    {
        if (Number(text) is { } value)
            return value;
        Bad(part, $"'{text}' is not a length");
        return null;
    }

    private void Bad(XElement part, string reason) =>
        source.Report(Diagnostics.BadFacet, part, part.Name.LocalName, OverlayReader.Describe(part), reason);
}
