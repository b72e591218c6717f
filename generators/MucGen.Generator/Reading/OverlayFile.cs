using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Emitting;

namespace MucGen.Generator.Reading;

/// <summary>
/// The overlay file beside a schema that is kept as it was published: patches of its text, annotations of its declarations, and in its own attributes what a schema of ours would say of
/// itself.
/// </summary>
internal sealed class OverlayFile(XmlSource source)
{
    private static readonly XNamespace Namespace = XsdVocabulary.Overlay;
    private static readonly string[] PatchAttributes = ["reason", "times"];

    public XmlSource Source => source;

    /// <summary>Whether the file is an overlay; what is wrong otherwise is reported.</summary>
    public bool CheckRoot()
    {
        if (source.Root is not { } root)
            return false;
        if (root.Name == Namespace + "overlay")
            return true;
        Bad(root, $"its root is not <overlay> of the namespace {Namespace}");
        return false;
    }

    /// <summary>Patches the text of the schema; a patch whose text is not there, or not as often as it says, is an error.</summary>
    public PatchedText Patch(PatchedText text)
    {
        foreach (var patch in source.Root?.Elements(Namespace + "patch") ?? [])
            Apply(patch, text);
        return text;
    }

    /// <summary>Annotates the declarations that the overlay names, as if the schema did; and reports what an overlay does not have.</summary>
    public void Annotate(XElement schema)
    {
        foreach (var child in source.Root?.Elements() ?? [])
        {
            if (child.Name == Namespace + "on")
                Annotate(child, schema);
            else if (child.Name != Namespace + "patch")
                Bad(child, $"<{child.Name.LocalName}> is not known; there are <patch> and <on>");
        }
    }

    private void Apply(XElement patch, PatchedText text)
    {
        var from = patch.Element(Namespace + "from")?.Value.Trim('\n', '\r') ?? "";
        var to = patch.Element(Namespace + "to")?.Value.Trim('\n', '\r') ?? "";
        var times = patch.Attribute("times") is { } given ? FacetReader.Number(given.Value) ?? 0 : 1;
        if (string.IsNullOrWhiteSpace(patch.Attribute("reason")?.Value) || from.Length == 0 || patch.Element(Namespace + "to") is null || times == 0)
        {
            Bad(patch, "a patch has a reason, <from> with the published text, and <to>; 'times' says how often the text is there");
            return;
        }
        if (patch.Attributes().FirstOrDefault(attribute => !attribute.IsNamespaceDeclaration && !PatchAttributes.Contains(attribute.Name.ToString())) is { } unknown)
            Bad(patch, $"attribute '{unknown.Name}' of a patch is not known");
        var found = text.Replace(from, to, times);
        if (found != times)
            source.Report(Diagnostics.PatchDoesNotFit, patch, source.Origin, patch.Attribute("reason")!.Value, CSharp.Number(found), CSharp.Number(times));
    }

    /// <summary>A path leads from a global declaration inwards, by names; an attribute's has an '@'.</summary>
    private void Annotate(XElement on, XElement schema)
    {
        var path = on.Attribute("path")?.Value ?? "";
        IEnumerable<XElement> found = [schema];
        foreach (var step in path.Split('/'))
            found = found.SelectMany(declaration => Inside(declaration, step, isGlobal: declaration == schema)).ToList();
        if (found.Count() != 1)
        {
            Bad(on, $"its path '{path}' leads to {CSharp.Number(found.Count())} declarations, not to one");
            return;
        }
        foreach (var attribute in on.Attributes().Where(attribute => attribute.Name != "path" && !attribute.IsNamespaceDeclaration))
            found.Single().SetAttributeValue(Namespace + attribute.Name.LocalName, attribute.Value);
    }

    private static IEnumerable<XElement> Inside(XElement declaration, string step, bool isGlobal)
    {
        var isAttribute = step.StartsWith("@", System.StringComparison.Ordinal);
        var name = isAttribute ? step.Substring(1) : step;
        return (isGlobal ? declaration.Elements() : declaration.Descendants()).Where(inner =>
            (inner.Name.LocalName == "attribute") == isAttribute && (inner.Attribute("name")?.Value ?? LocalName(inner.Attribute("ref")?.Value)) == name);
    }

    private static string? LocalName(string? reference) => reference?.Substring(reference.IndexOf(':') + 1);

    private void Bad(XElement element, string reason) => source.Report(Diagnostics.NotAnOverlay, element, source.Origin, reason);
}
