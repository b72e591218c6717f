using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace MucGen.Corpus;

/// <summary>The source of a XEP: its sections of code and examples, entities replaced.</summary>
/// <param name="Number">The four digits.</param>
/// <param name="Sections">The sections in their order.</param>
internal sealed partial record XepSource(string Number, IReadOnlyList<CodeSection> Sections)
{
    /// <summary>The XEPs in a folder, by number.</summary>
    public static IReadOnlyList<XepSource> FindAll(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "xep-*.xml")
            .Where(path => XepFile().IsMatch(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => new XepSource(XepFile().Match(Path.GetFileName(path)).Groups["number"].Value, Read(path))),
    ];

    private static List<CodeSection> Read(string path)
    {
        var sections = new List<CodeSection>();
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = new BesideResolver(), MaxCharactersFromEntities = 100_000_000 };
        using var reader = XmlReader.Create(path, settings);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "code" or "example", IsEmptyElement: false })
                sections.Add(ReadSection(reader));
        }
        return sections;
    }

    /// <summary>The text of a section: entities break it to pieces, of which only those of the file itself tell the line.</summary>
    private static CodeSection ReadSection(XmlReader reader)
    {
        var isExample = reader.Name == "example";
        var depth = reader.Depth;
        var text = new StringBuilder();
        var (line, column) = (0, 0);
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is not (XmlNodeType.CDATA or XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                continue;
            if (line == 0)
                (line, column) = (((IXmlLineInfo)reader).LineNumber, ((IXmlLineInfo)reader).LinePosition);
            text.Append(reader.Value.ReplaceLineEndings("\n"));
        }
        return new CodeSection(text.ToString(), line, column, isExample);
    }

    [GeneratedRegex(@"^xep-(?<number>\d{4})\.xml$", RegexOptions.ExplicitCapture)]
    private static partial Regex XepFile();

    /// <summary>Resolves the entity files that lie beside the XEPs, and nothing else.</summary>
    private sealed class BesideResolver : XmlUrlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            absoluteUri is { IsFile: true } && File.Exists(absoluteUri.LocalPath) ? base.GetEntity(absoluteUri, role, ofObjectToReturn) : new MemoryStream();
    }
}

/// <summary>A section of code or an example.</summary>
/// <param name="Text">What is in it.</param>
/// <param name="Line">The line of the XEP on which the text begins, from 1.</param>
/// <param name="Column">And the column.</param>
/// <param name="IsExample">Whether it is an example.</param>
internal sealed record CodeSection(string Text, int Line, int Column, bool IsExample)
{
    /// <summary>The text from <paramref name="start"/> on, with as much before it as the XEP has.</summary>
    public string Padded(int start)
    {
        var before = Text[..start];
        var lines = before.AsSpan().Count('\n');
        var column = lines == 0 ? Column - 1 + start : start - (before.LastIndexOf('\n') + 1);
        return new string('\n', Line - 1 + lines) + new string(' ', column) + Text[start..];
    }
}
