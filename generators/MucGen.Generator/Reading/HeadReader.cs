using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Emitting;

namespace MucGen.Generator.Reading;

/// <summary>
/// Reads what a schema says of itself for the generator: its specification, its prefix, its further namespaces. A schema of our own says it on xs:schema; a published
/// one, kept as it was published, in the overlay file beside it.
/// </summary>
internal sealed class HeadReader(XmlSource schema, OverlayFile? overlay)
{
    private static readonly HashSet<string> Names = XsdVocabulary.OverlayAttributes["schema"];

    private readonly XmlSource? beside = overlay?.Source;

    /// <summary>Reports every attribute of the overlay file that is not known.</summary>
    public void CheckOverlayFile()
    {
        if (overlay?.CheckRoot() != true)
            return;
        foreach (var attribute in beside!.Root!.Attributes().Where(a => !a.IsNamespaceDeclaration))
            CheckAttribute(attribute);
    }

    /// <summary>The overlay file cannot be read, which has been reported; what it would have said is not missing.</summary>
    public bool IsUnknown => beside is { Root: null };

    public string? Text(string name) => Find(name)?.Value;

    /// <summary>A name that becomes part of C#.</summary>
    public string? Name(string name)
    {
        if (Find(name) is not { } attribute)
            return null;
        if (CSharp.IsIdentifier(attribute.Value) && char.IsUpper(attribute.Value[0]))
            return attribute.Value;
        (attribute.Parent == schema.Root ? schema : beside!).Report(Diagnostics.BadName, attribute, attribute.Value);
        return null;
    }

    /// <summary>Reports a value at its place, which may be in either file.</summary>
    public void Bad(string name, string reason)
    {
        if (InPlace(name) is { } attribute)
            schema.Report(Diagnostics.BadOverlay, attribute, name, "schema", schema.Origin, reason);
        else if (beside?.Root?.Attribute(name) is { } outside)
            BadOutside(outside, reason);
    }

    private void CheckAttribute(XAttribute attribute)
    {
        var name = attribute.Name.LocalName;
        if (attribute.Name.Namespace != XNamespace.None || !Names.Contains(name))
            BadOutside(attribute, "it is not one of " + string.Join(", ", Names.OrderBy(n => n)));
        else if (InPlace(name) is not null)
            BadOutside(attribute, "the schema says it itself; remove one of them");
    }

    private void BadOutside(XAttribute attribute, string reason) =>
        beside!.Report(Diagnostics.NotAnOverlay, attribute, beside.Origin, $"attribute '{attribute.Name.LocalName}': {reason}");

    private XAttribute? Find(string name) => InPlace(name) ?? beside?.Root?.Attribute(name);

    private XAttribute? InPlace(string name) => schema.Root!.Attribute(XsdVocabulary.Overlay + name);
}
