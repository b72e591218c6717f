using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>
/// Reads one schema file to its model. Structure only: names are resolved when all files are known. Written over LINQ to XML instead of
/// XmlSchemaSet, which refuses a third of the published schemas, tells no places for what it accepts and cannot carry the overlay.
/// </summary>
internal sealed class XsdReader
{
    private readonly XmlSource source;
    private readonly OverlayReader overlays;
    private readonly XsdTypeReader types;
    private readonly HeadReader head;
    private readonly XElement root;

    private XsdReader(XmlSource source, HeadReader head)
    {
        this.source = source;
        this.head = head;
        root = source.Root!;
        overlays = new OverlayReader(source);
        types = new XsdTypeReader(source, overlays, TargetNamespace);
    }

    private string TargetNamespace => root.Attribute("targetNamespace")?.Value ?? "";

    /// <summary>Reads a schema.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="beside">The overlay file beside it; null when there is none.</param>
    public static SchemaFile Read(string path, SourceText text, (string Path, SourceText Text)? beside = null)
    {
        var file = XmlSource.Load(path, text);
        var overlay = beside is { } given ? XmlSource.Load(given.Path, given.Text) : null;
        var model = file.Root is null ? null : new XsdReader(file, new HeadReader(file, overlay)).ReadSchema();
        var problems = file.Diagnostics.Concat(overlay?.Diagnostics ?? default).ToEquatableArray();
        return new SchemaFile(problems.IsEmpty ? model : null, problems, file.Places);
    }

    private SchemaModel? ReadSchema()
    {
        if (root.Name != XsdVocabulary.Xsd + "schema")
        {
            source.Report(Diagnostics.NotASchema, root, source.Origin, "the root element is not xs:schema");
            return null;
        }
        overlays.CheckAttributes(root);
        head.CheckOverlayFile();
        CheckHead();

        var imports = new List<ImportModel>();
        var elements = new List<ElementModel>();
        var groups = new List<ParticleModel>();
        var simpleTypes = new List<SimpleTypeModel>();
        var complexTypes = new List<ComplexTypeModel>();
        var attributeGroups = new List<AttributeGroupModel>();
        foreach (var child in types.Parts(root))
        {
            switch (child.Name.LocalName)
            {
                case "import":
                    imports.Add(new ImportModel(source.NodeOf(child), child.Attribute("namespace")?.Value ?? ""));
                    break;
                case "element" when types.RequireName(child):
                    elements.Add(types.ReadElement(child));
                    break;
                case "group" when types.RequireName(child):
                    groups.Add(types.ReadGroup(child));
                    break;
                case "simpleType" when types.RequireName(child):
                    simpleTypes.Add(types.ReadSimpleType(child));
                    break;
                case "complexType" when types.RequireName(child):
                    complexTypes.Add(types.ReadComplexType(child));
                    break;
                case "attributeGroup" when types.RequireName(child):
                    attributeGroups.Add(types.ReadAttributeGroup(child));
                    break;
                case "element" or "group" or "simpleType" or "complexType" or "attributeGroup":
                    break;
                default:
                    types.Unsupported(child, "declare it inside an element or a type");
                    break;
            }
        }

        var xep = head.Text("xep");
        var specification = xep is null ? head.Text("spec") ?? "" : "XEP-" + xep;
        return new SchemaModel(
            source.Path,
            source.Origin,
            TargetNamespace,
            head.Name("prefix") ?? "",
            specification,
            head.Text("version") ?? "",
            xep is null ? CSharp.Pascal(specification.ToLowerInvariant()) : "Xep" + xep,
            head.Text("wire-prefix"),
            Words(head.Text("ns")),
            imports.ToEquatableArray(),
            elements.ToEquatableArray(),
            groups.ToEquatableArray(),
            simpleTypes.ToEquatableArray(),
            complexTypes.ToEquatableArray(),
            attributeGroups.ToEquatableArray());
    }

    private void CheckHead()
    {
        if (TargetNamespace.Length == 0)
            source.Report(Diagnostics.NotASchema, root, source.Origin, "it has no targetNamespace");
        if (root.Attribute("elementFormDefault")?.Value != "qualified")
            source.Report(Diagnostics.NotASchema, root, source.Origin, "elements of XMPP are always in a namespace; add elementFormDefault=\"qualified\"");
        if (root.Attribute("attributeFormDefault") is { Value: not "unqualified" } form)
            source.Report(Diagnostics.UnsupportedAttribute, form, "attributeFormDefault", "schema", source.Origin, "attributes of XMPP are in no namespace");

        var xep = head.Text("xep");
        if (xep is null && head.Text("spec") is null && !head.IsUnknown)
            source.Report(Diagnostics.NotASchema, root, source.Origin, "it names no specification; add mg:xep=\"0045\" or mg:spec=\"RFC 6120\"");
        else if (xep is not null && (xep.Length != 4 || !xep.All(c => c is >= '0' and <= '9')))
            head.Bad("xep", $"'{xep}' is not the four digits of a XEP");
    }

    private static EquatableArray<string> Words(string? text) =>
        (text ?? "").Split([' ', '\t', '\r', '\n'], System.StringSplitOptions.RemoveEmptyEntries).ToEquatableArray();
}
