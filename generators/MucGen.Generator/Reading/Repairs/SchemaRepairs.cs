using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace MucGen.Generator.Reading.Repairs;

/// <summary>
/// Mends the tree of a schema before it is read, by rules for the mistakes that published schemas make. A rule applies where there is one sensible reading only; what has none stays, and is an
/// error of the reader. Each use is reported at its line.
/// </summary>
internal sealed class SchemaRepairs(XmlSource source)
{
    private static readonly XNamespace Xsd = XsdVocabulary.Xsd;

    /// <summary>Mends the schema.</summary>
    public void Run()
    {
        var root = source.Root!;
        foreach (var element in root.Descendants().Where(element => element.Name.Namespace == XNamespace.None && XsdVocabulary.Attributes.ContainsKey(element.Name.LocalName)))
        {
            Report(RepairRule.MissingPrefix, element);
            element.Name = Xsd + element.Name.LocalName;
        }
        var elements = root.DescendantsAndSelf().Where(element => element.Name.Namespace == Xsd).ToList();
        new NameRepairs(this, root).Run(elements);
        foreach (var element in elements)
            Mend(element);
    }

    public void Report(RepairRule rule, XElement element) => source.Report(Diagnostics.Repaired, element, rule.Id, OverlayReader.Describe(element), rule.Reading);

    private void Mend(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "schema":
                MendHead(element);
                break;
            case "annotations":
                Report(RepairRule.Annotations, element);
                element.Remove();
                break;
            case "element":
                MendLooseParts(element);
                MendTypeAndAttributes(element);
                break;
            case "attribute":
                MendAttributeType(element);
                break;
            case "complexType":
                MendLooseParticles(element);
                MendLooseExtension(element);
                break;
            case "simpleContent":
                MendSimpleContent(element);
                break;
            case "simpleType" when element.Attribute("base") is { } named && !Parts(element).Any(part => IsOne(part, "restriction", "union", "list")):
                Report(RepairRule.LooseEnumeration, element);
                var restriction = New("restriction", element, new XAttribute(named));
                named.Remove();
                Move(Parts(element), restriction);
                element.Add(restriction);
                break;
        }
    }

    private void MendHead(XElement root)
    {
        var element = root.Attribute("elementFormDefault");
        var attribute = root.Attribute("attributeFormDefault");
        if (element?.Value == "qualified" && attribute is not { Value: "qualified" })
            return;
        Report(RepairRule.ElementForm, root);
        root.SetAttributeValue("elementFormDefault", "qualified");
        attribute?.Remove();
    }

    /// <summary>An element that has parts of a complex type directly inside.</summary>
    private void MendLooseParts(XElement element)
    {
        var particles = Parts(element).Where(IsParticle).ToList();
        var attributes = Parts(element).Where(IsAttribute).ToList();
        if (particles.Count == 0 && attributes.Count == 0)
            return;
        Report(particles.Count > 0 ? RepairRule.LooseParticles : RepairRule.LooseAttributes, (particles.FirstOrDefault() ?? attributes[0]));
        var type = element.Element(Xsd + "complexType");
        if (type is null)
            element.Add(type = New("complexType", element));
        Move(particles, type);
        // Attributes of a type with simple or complex content belong to what it extends.
        Move(attributes, type.Elements().SelectMany(content => content.Elements(Xsd + "extension")).FirstOrDefault() ?? type);
        if (type.Annotation<CreatedNode>() is not null)
            MendLooseParticles(type);
    }

    /// <summary>A named type and a complex one of attributes only: simple or complex content that is extended by them.</summary>
    private void MendTypeAndAttributes(XElement element)
    {
        if (element.Attribute("type") is not { } named || element.Element(Xsd + "complexType") is not { } type || !Parts(type).All(IsAttribute))
            return;
        if (type.Annotation<CreatedNode>() is null)
            Report(RepairRule.TypeAndAttributes, type);
        var isComplex = element.Document!.Root!.Elements(Xsd + "complexType").Any(declared => (string?)declared.Attribute("name") == named.Value);
        var extension = New("extension", type, new XAttribute("base", named.Value));
        named.Remove();
        Move(Parts(type), extension);
        type.Add(New(isComplex ? "complexContent" : "simpleContent", type, extension));
    }

    /// <summary>A restriction without the type around it; a type that stands behind; and a type beside one that restricts it.</summary>
    private void MendAttributeType(XElement attribute)
    {
        if (attribute.ElementsAfterSelf().FirstOrDefault() is { } behind && IsOne(behind, "simpleType") && behind.Attribute("name") is null && TakesAnyText(attribute))
        {
            attribute.Attribute("type")?.Remove();
            Move([behind], attribute);
            Report(RepairRule.TypeBehindAttribute, behind);
        }
        if (attribute.Element(Xsd + "restriction") is { } loose)
        {
            Report(RepairRule.LooseEnumeration, loose);
            loose.Remove();
            attribute.Add(New("simpleType", attribute, loose));
        }
        if (attribute.Attribute("type") is { } named && attribute.Element(Xsd + "simpleType")?.Element(Xsd + "restriction")?.Attribute("base")?.Value == named.Value)
        {
            Report(RepairRule.TypeAndRestriction, attribute);
            named.Remove();
        }
    }

    private void MendLooseParticles(XElement type)
    {
        if (type.Elements().Any(part => IsOne(part, "simpleContent", "complexContent")))
            return;
        var parts = Parts(type).ToList();
        var particles = parts.Where(IsParticle).ToList();
        if (particles.Count == 0)
            return;
        if (particles.Count > 1 || particles[0].Name.LocalName is "element" or "any")
        {
            Report(RepairRule.LooseParticles, particles[0]);
            var sequence = New("sequence", particles[0]);
            Move(particles, sequence);
            type.AddFirst(sequence);
        }
        else if (parts[0] != particles[0])
        {
            Report(RepairRule.AttributesFirst, particles[0]);
            particles[0].Remove();
            type.AddFirst(particles[0]);
        }
    }

    private void MendLooseExtension(XElement type)
    {
        if (type.Element(Xsd + "extension") is not { } extension)
            return;
        Report(RepairRule.LooseExtension, extension);
        extension.Remove();
        type.Add(New(Parts(extension).Any(IsParticle) ? "complexContent" : "simpleContent", extension, extension));
    }

    private void MendSimpleContent(XElement content)
    {
        var parts = Parts(content).ToList();
        var inner = parts.FirstOrDefault(part => IsOne(part, "extension", "restriction"));
        var attributes = parts.Where(IsAttribute).ToList();
        var particles = parts.Where(IsParticle).ToList();
        if (inner is not null && attributes.Count == 0 && particles.Count == 0)
            return;
        Report(RepairRule.SimpleContent, content);
        if (particles.Count > 0)
        {
            var type = content.Parent!;
            Move(particles.Concat(attributes), type);
            content.Remove();
            MendLooseParticles(type);
            return;
        }
        if (inner is null)
            content.Add(inner = New("extension", content, new XAttribute("base", StringName(content))));
        else if (inner.Name.LocalName == "restriction" && !inner.HasElements)
            inner.Name = Xsd + "extension";
        Move(attributes, inner);
    }

    /// <summary>Whether an attribute's declaration leaves open what its text is.</summary>
    private static bool TakesAnyText(XElement attribute) =>
        attribute.Attribute("ref") is null && !Parts(attribute).Any() && (attribute.Attribute("type") is not { } type || type.Value == StringName(attribute));

    /// <summary>The name of xs:string as this place has to write it.</summary>
    private static string StringName(XElement place) => place.GetPrefixOfNamespace(Xsd) is { Length: > 0 } prefix ? prefix + ":string" : "string";

    private XElement New(string name, XElement like, params object[] content)
    {
        var element = new XElement(Xsd + name, content);
        element.AddAnnotation(new CreatedNode());
        source.Adopt(element, like);
        return element;
    }

    private static void Move(IEnumerable<XElement> parts, XElement target)
    {
        foreach (var part in parts.ToList())
        {
            part.Remove();
            target.Add(part);
        }
    }

    private static IEnumerable<XElement> Parts(XElement parent) => parent.Elements().Where(part => part.Name.Namespace == Xsd && part.Name.LocalName is not "annotation");

    private static bool IsParticle(XElement part) => IsOne(part, "element", "sequence", "choice", "all", "group", "any");

    private static bool IsAttribute(XElement part) => IsOne(part, "attribute", "attributeGroup", "anyAttribute");

    private static bool IsOne(XElement part, params string[] names) => part.Name.Namespace == Xsd && names.Contains(part.Name.LocalName);

    /// <summary>Marks an element that a rule has made.</summary>
    private sealed class CreatedNode;
}
