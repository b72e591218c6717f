using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;
using MucGen.Generator.Reading.Repairs;

namespace MucGen.Generator.Reading;

/// <summary>
/// Reads one schema file to its model. Structure only: names are resolved when all files are known. Written over LINQ to XML instead of
/// XmlSchemaSet, which refuses a third of the published schemas, tells no places for what it accepts and cannot carry the overlay.
/// </summary>
internal sealed class XsdReader
{
    private readonly XmlSource source;
    private readonly OverlayReader overlays;
    private readonly XsdParts parts;
    private readonly XsdTypeReader types;
    private readonly HeadReader head;
    private readonly OverlayFile? overlay;
    private readonly XElement root;

    private XsdReader(XmlSource source, OverlayFile? overlay)
    {
        this.source = source;
        this.overlay = overlay;
        head = new HeadReader(source, overlay);
        root = source.Root!;
        overlays = new OverlayReader(source);
        parts = new XsdParts(source, overlays, TargetNamespace);
        types = new XsdTypeReader(source, overlays, parts);
    }

    private string TargetNamespace => root.Attribute("targetNamespace")?.Value ?? "";

    /// <summary>Reads a schema.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">Its text.</param>
    /// <param name="beside">The overlay file beside it; null when there is none.</param>
    public static SchemaFile Read(string path, SourceText text, (string Path, SourceText Text)? beside = null)
    {
        var annotations = beside is { } given ? new OverlayFile(XmlSource.Load(given.Path, given.Text)) : null;
        var patched = PatchedText.Of(text);
        var file = XmlSource.Load(path, annotations?.Patch(patched) ?? patched);
        var model = file.Root is null ? null : new XsdReader(file, annotations).ReadSchema();
        var problems = file.Diagnostics.Concat(annotations?.Source.Diagnostics ?? default).ToEquatableArray();
        var hasErrors = file.HasErrors || annotations?.Source.HasErrors == true;
        return new SchemaFile(hasErrors ? null : model, problems, file.Places);
    }

    private SchemaModel? ReadSchema()
    {
        if (root.Name != XsdVocabulary.Xsd + "schema")
        {
            source.Report(Diagnostics.NotASchema, root, source.Origin, "the root element is not xs:schema");
            return null;
        }
        new SchemaRepairs(source).Run();
        overlay?.Annotate(root);
        overlays.CheckAttributes(root);
        head.CheckOverlayFile();
        CheckHead();

        var imports = new List<ImportModel>();
        var includes = new List<IncludeModel>();
        var elements = new List<ElementModel>();
        var groups = new List<ParticleModel>();
        var simpleTypes = new List<SimpleTypeModel>();
        var complexTypes = new List<ComplexTypeModel>();
        var attributeGroups = new List<AttributeGroupModel>();
        var attributes = new List<AttributeModel>();
        foreach (var child in parts.Of(root))
        {
            switch (child.Name.LocalName)
            {
                case "import":
                    imports.Add(new ImportModel(source.NodeOf(child), child.Attribute("namespace")?.Value ?? ""));
                    break;
                case "include":
                    includes.Add(new IncludeModel(source.NodeOf(child), child.Attribute("schemaLocation")?.Value ?? ""));
                    break;
                case "element" when parts.RequireName(child):
                    elements.Add(types.ReadElement(child));
                    break;
                case "group" when parts.RequireName(child):
                    groups.Add(types.ReadGroup(child));
                    break;
                case "simpleType" when parts.RequireName(child):
                    simpleTypes.Add(types.ReadSimpleType(child));
                    break;
                case "complexType" when parts.RequireName(child):
                    complexTypes.Add(types.ReadComplexType(child));
                    break;
                case "attributeGroup" when parts.RequireName(child):
                    attributeGroups.Add(types.ReadAttributeGroup(child));
                    break;
                case "attribute" when parts.RequireName(child):
                    attributes.Add(types.ReadAttribute(child));
                    break;
                case "element" or "group" or "simpleType" or "complexType" or "attributeGroup" or "attribute":
                    break;
                default:
                    parts.Unsupported(child, "declare it inside an element or a type");
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
            XsdParts.Words(head.Text("ns")).ToEquatableArray(),
            imports.ToEquatableArray(),
            includes.ToEquatableArray(),
            elements.ToEquatableArray(),
            groups.ToEquatableArray(),
            simpleTypes.ToEquatableArray(),
            complexTypes.ToEquatableArray(),
            attributeGroups.ToEquatableArray(),
            attributes.ToEquatableArray());
    }

    private void CheckHead()
    {
        if (TargetNamespace.Length == 0)
            source.Report(Diagnostics.NotASchema, root, source.Origin, "it has no targetNamespace");

        var xep = head.Text("xep");
        if (xep is null && head.Text("spec") is null && !head.IsUnknown)
            source.Report(Diagnostics.NotASchema, root, source.Origin, "it names no specification; add mg:xep=\"0045\" or mg:spec=\"RFC 6120\"");
        else if (xep is not null && (xep.Length != 4 || !xep.All(c => c is >= '0' and <= '9')))
            head.Bad("xep", $"'{xep}' is not the four digits of a XEP");
    }
}
