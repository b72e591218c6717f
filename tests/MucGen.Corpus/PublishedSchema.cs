using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MucGen.Corpus;

/// <summary>
/// One schema as a XEP publishes it: a CDATA section whose root is a schema. <paramref name="Text"/> has as many lines before it as the XEP has, so that messages give the
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
    public string Overlay => $"""<overlay xmlns="urn:mucgen:schema" xep="{Xep}" prefix="Xep{Xep}{Letter}"/>""";

    /// <summary>The namespace that it describes; null when it is not well-formed or names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The namespaces that it imports.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    private char Letter => (char)('A' + Number - 1);

    /// <summary>All schemas of the XEPs in a folder, by number.</summary>
    public static IReadOnlyList<PublishedSchema> FindAll(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "xep-*.xml")
            .Where(path => XepFile().IsMatch(System.IO.Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .SelectMany(path => FindIn(XepFile().Match(System.IO.Path.GetFileName(path)).Groups["number"].Value, File.ReadAllText(path))),
    ];

    /// <summary>The schemas in the source of one XEP.</summary>
    public static IEnumerable<PublishedSchema> FindIn(string xep, string source)
    {
        var number = 0;
        foreach (Match section in CData().Matches(source))
        {
            var content = section.Groups["content"];
            var prolog = Prolog().Match(content.Value);
            if (!Root().IsMatch(content.Value[prolog.Length..]))
                continue;
            number++;
            var start = content.Index + prolog.Length;
            var lines = source.AsSpan(0, start).Count('\n');
            var column = start - (source.LastIndexOf('\n', start - 1) + 1);
            yield return Read(new PublishedSchema(xep, number, new string('\n', lines) + new string(' ', column) + content.Value[prolog.Length..]));
        }
    }

    /// <summary>What a schema says of namespaces: the one that it describes, and those that it imports.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static (string? Namespace, IReadOnlyList<string> Imports) HeadOf(string text)
    {
        var root = XDocument.Parse(text).Root!;
        return ((string?)root.Attribute("targetNamespace"), [.. root.Elements(Xsd + "import").Select(import => (string?)import.Attribute("namespace")).OfType<string>()]);
    }

    private static PublishedSchema Read(PublishedSchema schema)
    {
        try
        {
            var (name, imports) = HeadOf(schema.Text);
            return schema with { Namespace = name, Imports = imports };
        }
        catch (XmlException)
        {
            return schema; // the generator says at which line
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Namespace}");

    [GeneratedRegex(@"^xep-(?<number>\d{4})\.xml$", RegexOptions.ExplicitCapture)]
    private static partial Regex XepFile();

    [GeneratedRegex(@"<!\[CDATA\[(?<content>.*?)\]\]>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CData();

    /// <summary>White space, XML declaration and comments before the root.</summary>
    [GeneratedRegex(@"^(\s+|<\?.*?\?>|<!--.*?-->)*", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Prolog();

    [GeneratedRegex(@"^<(\w+:)?schema\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Root();
}
