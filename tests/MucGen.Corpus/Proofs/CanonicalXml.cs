using System.Globalization;
using System.Text;
using System.Xml.Linq;
using MucGen.Generator.Model;
using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>
/// XML as its schema understands it, so that what means the same is the same text: names without prefixes, attributes by name, children in schema order where their order says nothing,
/// fixed values present, values in one spelling, white space between elements left out where the schema has no text. What no schema knows is taken as it is.
/// </summary>
internal sealed class CanonicalXml(CompiledSchema schema)
{
    /// <summary>The canonical text of an element.</summary>
    public string Of(XElement element, ElementSpec spec)
    {
        var text = new StringBuilder();
        Write(text, element, spec);
        return text.ToString();
    }

    private void Write(StringBuilder text, XElement element, ElementSpec spec)
    {
        var attributes = element.Attributes()
            .Where(attribute => !attribute.IsNamespaceDeclaration)
            .Select(attribute => (attribute.Name, Value: spec.Attribute(attribute.Name) is { } field ? Spelled(field.Value, attribute.Value) : attribute.Value))
            .Concat(spec.Attributes.Where(field => field.Fixed is not null && element.Attribute(field.ToXName()) is null).Select(field => (Name: field.ToXName(), Value: field.Fixed!)));
        Start(text, element, attributes);
        var saysOrder = spec.IsMixed || spec.KeepsOrder;
        foreach (var node in saysOrder ? element.Nodes() : element.Nodes().OrderBy(node => PlaceOf(node, spec)))
        {
            if (node is XElement child)
                WriteChild(text, child, spec);
            else if (node is XText { Value: var words } && (spec.IsMixed || spec.Value is not null || words.AsSpan().Trim().Length > 0))
                text.Append(spec.Value is { } value ? Spelled(value, words) : words);
        }
        text.Append("</>");
    }

    /// <summary>The same for children of one name, which stay in their order, and the last for those that the schema does not name.</summary>
    private static int PlaceOf(XNode node, ElementSpec parent) =>
        node is XElement child && parent.Children.ToList().FindIndex(known => known.Name.ToXName() == child.Name) is >= 0 and var place ? place : int.MaxValue;

    private void WriteChild(StringBuilder text, XElement child, ElementSpec parent)
    {
        switch (parent.Child(child.Name))
        {
            case { Kind: ChildKind.View } view:
                Write(text, child, schema.ViewOf(view));
                break;
            case { Kind: ChildKind.Text or ChildKind.LanguageText, Value: { } value } when !child.HasElements:
                Start(text, child, Plain(child));
                text.Append(Spelled(value, child.Value)).Append("</>");
                break;
            default:
                WritePlain(text, child);
                break;
        }
    }

    private static void WritePlain(StringBuilder text, XElement element)
    {
        Start(text, element, Plain(element));
        foreach (var node in element.Nodes())
        {
            if (node is XElement child)
                WritePlain(text, child);
            else if (node is XText words)
                text.Append(words.Value);
        }
        text.Append("</>");
    }

    private static IEnumerable<(XName Name, string Value)> Plain(XElement element) =>
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => (attribute.Name, attribute.Value));

    private static void Start(StringBuilder text, XElement element, IEnumerable<(XName Name, string Value)> attributes)
    {
        text.Append('<').Append(element.Name);
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Name.ToString(), StringComparer.Ordinal))
            text.Append(' ').Append(name).Append("=\"").Append(value.Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
        text.Append('>');
    }

    /// <summary>The one spelling of a value; a text that is no value is left as it is.</summary>
    private static string Spelled(ValueSpec value, string text)
    {
        XmlText words = text;
        return value.Kind switch
        {
            ValueKind.Boolean when words.TryParseBoolean(out var flag) => flag ? "true" : "false",
            ValueKind.Instant when words.TryParseInstant(out var instant) => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ValueKind.Number or ValueKind.LongNumber when words.TryParseInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            ValueKind.UnsignedLong when words.TryParseUInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            ValueKind.Decimal when words.TryParseDecimal(out var number) => number.ToString(CultureInfo.InvariantCulture),
            ValueKind.Double when words.TryParseDouble(out var number) => number.ToString(CultureInfo.InvariantCulture),
            ValueKind.Enumeration => text.Trim(),
            _ => text,
        };
    }
}
