using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>
/// One XML definition file while it is read: its elements by number, and the problems found so far. Numbers count the elements in
/// document order, so that comments and white space do not move them.
/// </summary>
internal sealed class XmlSource
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly PatchedText text;
    private readonly Dictionary<XElement, int> nodes = [];
    private readonly List<LocationInfo> places = [];
    private readonly List<DiagnosticInfo> diagnostics = [];

    private XmlSource(string path, PatchedText text)
    {
        Path = path;
        this.text = text;
    }

    public string Path { get; }

    /// <summary>The file as messages and emitted code name it: from the folder 'schemas' on, or else the file's name.</summary>
    public string Origin => OriginOf(Path);

    /// <summary>The root; null when the file is not well-formed, which has been reported then.</summary>
    public XElement? Root { get; private set; }

    public EquatableArray<DiagnosticInfo> Diagnostics => diagnostics.ToEquatableArray();

    public bool HasErrors => ErrorCount > 0;

    /// <summary>How many errors were found; tells whether a part has reported itself already.</summary>
    public int ErrorCount => diagnostics.Count(diagnostic => diagnostic.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);

    public Places Places => new(Path, places.ToEquatableArray());

    public static XmlSource Load(string path, SourceText text) => Load(path, PatchedText.Of(text));

    public static XmlSource Load(string path, PatchedText text)
    {
        var source = new XmlSource(path, text);
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.Text.ToString()), Settings);
            source.Root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root;
        }
        catch (XmlException e)
        {
            var place = source.At(e.LineNumber, e.LinePosition, 1);
            var reason = text.Text.ToString().Contains("<!DOCTYPE") ? "it has a document type, which is never read; remove it" : e.Message;
            source.diagnostics.Add(DiagnosticInfo.Of(Generator.Diagnostics.MalformedXml, place, source.Origin, reason));
            return source;
        }
        source.NumberNodes();
        return source;
    }

    public static string OriginOf(string path)
    {
        var normal = path.Replace('\\', '/');
        var folder = normal.LastIndexOf("/schemas/", StringComparison.Ordinal);
        return folder >= 0 ? normal.Substring(folder + 1) : normal.Substring(normal.LastIndexOf('/') + 1);
    }

    public int NodeOf(XElement element) => nodes[element];

    /// <summary>Gives an element that was not in the file the number, and so the place, of one that was.</summary>
    public void Adopt(XElement created, XElement like) => nodes.Add(created, nodes[like]);

    public LocationInfo PlaceOf(XElement element) => places[nodes[element]];

    public void Report(DiagnosticDescriptor descriptor, XElement element, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Of(descriptor, PlaceOf(element), arguments));

    public void Report(DiagnosticDescriptor descriptor, XAttribute attribute, params string[] arguments) =>
        diagnostics.Add(DiagnosticInfo.Of(descriptor, PlaceOf(attribute), arguments));

    /// <summary>The place of an attribute; one that was not in the file stands at its element.</summary>
    private LocationInfo PlaceOf(XAttribute attribute) =>
        ((IXmlLineInfo)attribute).HasLineInfo() ? PlaceOf(attribute, NameLength(attribute)) : PlaceOf(attribute.Parent!);

    private static int NameLength(XAttribute attribute)
    {
        var prefix = attribute.Parent?.GetPrefixOfNamespace(attribute.Name.Namespace);
        return attribute.Name.LocalName.Length + (attribute.Name.Namespace == XNamespace.None || prefix is null ? 0 : prefix.Length + 1);
    }

    private void NumberNodes()
    {
        foreach (var element in Root!.DescendantsAndSelf())
        {
            nodes.Add(element, nodes.Count);
            var prefix = element.GetPrefixOfNamespace(element.Name.Namespace);
            places.Add(PlaceOf(element, element.Name.LocalName.Length + (prefix is null ? 0 : prefix.Length + 1)));
        }
    }

    private LocationInfo PlaceOf(IXmlLineInfo info, int length) => At(info.LineNumber, info.LinePosition, length);

    private LocationInfo At(int line, int column, int length)
    {
        var lines = text.Text.Lines;
        var row = Math.Max(0, Math.Min(line - 1, lines.Count - 1));
        var start = text.OriginalOf(Math.Min(lines[row].Start + Math.Max(0, column - 1), text.Text.Length));
        var span = new TextSpan(start, Math.Min(length, text.Original.Length - start));
        return new LocationInfo(Path, span, text.Original.Lines.GetLinePositionSpan(span));
    }
}
