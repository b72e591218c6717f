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
    private readonly XElement root;

    private XsdReader(XmlSource source)
    {
        this.source = source;
        root = source.Root!;
        overlays = new OverlayReader(source);
        types = new XsdTypeReader(source, overlays, TargetNamespace);
    }

    private string TargetNamespace => root.Attribute("targetNamespace")?.Value ?? "";

    public static SchemaFile Read(string path, SourceText text)
    {
        var file = XmlSource.Load(path, text);
        var model = file.Root is null ? null : new XsdReader(file).ReadSchema();
        return new SchemaFile(file.HasErrors ? null : model, file.Diagnostics, file.Places);
    }

    private SchemaModel? ReadSchema()
    {
        if (root.Name != XsdVocabulary.Xsd + "schema")
        {
            source.Report(Diagnostics.NotASchema, root, source.Origin, "the root element is not xs:schema");
            return null;
        }
        overlays.CheckAttributes(root);
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

        var xep = OverlayReader.Text(root, "xep");
        var specification = xep is null ? OverlayReader.Text(root, "spec") ?? "" : "XEP-" + xep;
        return new SchemaModel(
            source.Path,
            source.Origin,
            TargetNamespace,
            overlays.Name(root, "prefix") ?? "",
            specification,
            OverlayReader.Text(root, "version") ?? "",
            xep is null ? CSharp.Pascal(specification.ToLowerInvariant()) : "Xep" + xep,
            OverlayReader.Text(root, "wire-prefix"),
            Words(OverlayReader.Text(root, "ns")),
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

        var xep = root.Attribute(XsdVocabulary.Overlay + "xep");
        if (xep is null && OverlayReader.Text(root, "spec") is null)
            source.Report(Diagnostics.NotASchema, root, source.Origin, "it names no specification; add mg:xep=\"0045\" or mg:spec=\"RFC 6120\"");
        else if (xep is not null && (xep.Value.Length != 4 || !xep.Value.All(c => c is >= '0' and <= '9')))
            source.Report(Diagnostics.BadOverlay, xep, "xep", "schema", source.Origin, $"'{xep.Value}' is not the four digits of a XEP");
    }

    private static EquatableArray<string> Words(string? text) =>
        (text ?? "").Split([' ', '\t', '\r', '\n'], System.StringSplitOptions.RemoveEmptyEntries).ToEquatableArray();
}
