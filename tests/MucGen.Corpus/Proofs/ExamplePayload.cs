using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MucGen.Corpus.Proofs;

/// <summary>An element of an example whose namespace a published schema describes.</summary>
/// <param name="Xep">The four digits of the XEP that has the example.</param>
/// <param name="Line">The line of the XEP on which it begins, from 1.</param>
/// <param name="Element">The element.</param>
internal sealed record ExamplePayload(string Xep, int Line, XElement Element)
{
    /// <summary>Where it is, as messages say it.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"xep-{Xep}.xml({Line}): {Element.Name}");

    /// <summary>The payloads of all well-formed examples of a XEP.</summary>
    /// <param name="xep">The XEP.</param>
    /// <param name="isDescribed">Whether a schema describes a namespace.</param>
    public static IEnumerable<ExamplePayload> FindAll(XepSource xep, Func<XNamespace, bool> isDescribed) =>
        from section in xep.Sections
        where section.IsExample && section.Text.Contains('<', StringComparison.Ordinal)
        from element in Parse(section)
        from payload in Payloads(element, isDescribed)
        select new ExamplePayload(xep.Number, section.Line - 1 + ((IXmlLineInfo)payload).LineNumber, payload);

    /// <summary>The elements of an example, which are several stanzas often; none when it is not well-formed as a piece of a stream.</summary>
    private static IEnumerable<XElement> Parse(CodeSection section)
    {
        try
        {
            return Payload.ParseAll(section.Text);
        }
        catch (XmlException)
        {
            return [];
        }
    }

    /// <summary>The outermost described elements, and inside of them those of other namespaces.</summary>
    private static IEnumerable<XElement> Payloads(XElement element, Func<XNamespace, bool> isDescribed) => element.DescendantsAndSelf()
        .Where(one => isDescribed(one.Name.Namespace) && (one == element || one.Parent!.Name.Namespace != one.Name.Namespace));
}
