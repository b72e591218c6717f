using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Model;
using MucGen.Xml;

namespace MucGen.Generator.Reading;

/// <summary>Reads the limits of a restriction. A facet that cannot be enforced is an error.</summary>
internal sealed class FacetReader(XmlSource source)
{
    public Facets Read(IReadOnlyCollection<XElement> parts)
    {
        var facets = Facets.None;
        var patterns = new List<string>();
        foreach (var part in parts)
        {
            var text = part.Attribute("value")?.Value ?? "";
            switch (part.Name.LocalName)
            {
                case "minInclusive" or "minExclusive":
                    facets = facets with { Least = ReadLimit(part, text) };
                    break;
                case "maxInclusive" or "maxExclusive":
                    facets = facets with { Most = ReadLimit(part, text) };
                    break;
                case "minLength":
                    facets = facets with { MinLength = Length(part, text) };
                    break;
                case "maxLength":
                    facets = facets with { MaxLength = Length(part, text) };
                    break;
                case "length":
                    facets = facets with { MinLength = Length(part, text), MaxLength = Length(part, text) };
                    break;
                case "pattern":
                    patterns.Add(text);
                    CheckPattern(part, text);
                    break;
                case "whiteSpace":
                    if (text is not ("preserve" or "collapse" or "replace"))
                        Bad(part, $"'{text}' is not preserve, replace or collapse");
                    break;
                default:
                    source.Report(Diagnostics.UnsupportedConstruct, part, part.Name.LocalName, OverlayReader.Describe(part), "it is no facet of a restriction");
                    break;
            }
        }
        if (facets.Least?.Value > facets.Most?.Value || facets.MinLength > facets.MaxLength)
            Bad(parts.First(), "the lower limit is above the upper one");
        // Patterns of one restriction are alternatives; those of the types below it have to match as well.
        return patterns.Count == 0 ? facets : facets with { Patterns = EquatableArray.Of(patterns.Count == 1 ? patterns[0] : string.Join("|", patterns.Select(pattern => $"({pattern})"))) };
    }

    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private void CheckPattern(XElement part, string pattern)
    {
        if (PatternProgram.Problem(pattern) is { } problem)
            Bad(part, problem);
    }

    private Limit? ReadLimit(XElement part, string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return new Limit(value, part.Name.LocalName.EndsWith("Exclusive", System.StringComparison.Ordinal));
        Bad(part, $"'{text}' is not a number");
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
