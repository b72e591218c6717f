using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MucGen.Corpus;

/// <summary>
/// One schema as a XEP publishes it: a code section whose root is a schema. <paramref name="Text"/> has as many lines before it as the XEP has, so that messages give the
/// lines of the XEP.
/// </summary>
/// <param name="Xep">The four digits.</param>
/// <param name="Number">Which schema of the XEP it is, from 1.</param>
/// <param name="Text">Its text, without XML declaration.</param>
internal sealed partial record PublishedSchema(string Xep, int Number, string Text)
{
    private static readonly XNamespace Xsd = "http://www.w3.org/2001/XMLSchema";

    /// <summary>How messages name it.</summary>
    public string Name => $"xep-{Xep}.xml#{Number}";

    /// <summary>The path under which the generator sees it.</summary>
    public string Path => $"/published/xep-{Xep}.xml.{Number}.xsd";

    /// <summary>What the overlay beside it says; published schemas know nothing of us.</summary>
    public string Overlay => PatchText is null
        ? $"""<overlay xmlns="urn:mucgen:schema" xep="{Xep}" prefix="{Prefix}"/>"""
        : PatchText.Replace("<overlay ", $"""<overlay xep="{Xep}" prefix="{Prefix}" """, StringComparison.Ordinal);

    /// <summary>The overlay with patches that is kept for it; null when it needs none.</summary>
    public string? PatchText { get; init; }

    /// <summary>Whether it is XML at all; one that is not can only be patched.</summary>
    public bool IsWellFormed { get; init; }

    /// <summary>Whether the generator can be given it beside others: one that is no XML would keep it from linking them.</summary>
    public bool IsReadable => IsWellFormed || PatchText is not null;

    /// <summary>The namespace that it describes; null when it is not well-formed or names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The namespaces that it imports, or has a prefix for: some forget to import what they refer to.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>What the C# names of its elements begin with.</summary>
    public string Prefix => $"Xep{Xep}{(char)('A' + Number - 1)}";

    /// <summary>All schemas of the XEPs, by number.</summary>
    /// <param name="xeps">The sources.</param>
    /// <param name="patches">The folder with the overlays that patch some.</param>
    public static IReadOnlyList<PublishedSchema> FindAll(IEnumerable<XepSource> xeps, string patches) => [.. xeps.SelectMany(FindIn).Select(schema => WithPatch(schema, patches))];

    /// <summary>What a schema says of namespaces: the one that it describes, and those that it imports.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static (string? Namespace, IReadOnlyList<string> Imports) HeadOf(string text)
    {
        var root = XDocument.Parse(text).Root!;
        var imports = root.Elements(Xsd + "import").Select(import => (string?)import.Attribute("namespace")).OfType<string>();
        var bound = root.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Value != Xsd).Select(attribute => attribute.Value);
        return ((string?)root.Attribute("targetNamespace"), [.. imports.Concat(bound).Distinct()]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Namespace}");

    private static IEnumerable<PublishedSchema> FindIn(XepSource xep)
    {
        var number = 0;
        foreach (var section in xep.Sections)
        {
            var prolog = Prolog().Match(section.Text);
            var start = prolog.Length;
            if (!Root().IsMatch(section.Text[start..]))
                continue;
            number++;
            yield return Read(new PublishedSchema(xep.Number, number, section.Padded(start)));
        }
    }

    private static PublishedSchema Read(PublishedSchema schema)
    {
        try
        {
            var (name, imports) = HeadOf(schema.Text);
            return schema with { Namespace = name, Imports = imports, IsWellFormed = true };
        }
        catch (XmlException)
        {
            // The generator says at which line; others find it by what its head says.
            return schema with { Namespace = Target().Match(schema.Text) is { Success: true } target ? target.Groups["name"].Value : null };
        }
    }

    private static PublishedSchema WithPatch(PublishedSchema schema, string patches)
    {
        var path = System.IO.Path.Combine(patches, string.Create(CultureInfo.InvariantCulture, $"xep-{schema.Xep}.{schema.Number}.overlay.xml"));
        return File.Exists(path) ? schema with { PatchText = File.ReadAllText(path) } : schema;
    }

    /// <summary>White space, XML declaration and comments before the root; one XEP declares its XML by an element.</summary>
    [GeneratedRegex(@"^(\s+|<\?.*?\?>|<!--.*?-->)*", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Prolog();

    [GeneratedRegex(@"^<(\w+:)?schema\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Root();

    [GeneratedRegex("""targetNamespace=["'](?<name>[^"']+)["']""", RegexOptions.ExplicitCapture)]
    private static partial Regex Target();
}
