using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Linking;

namespace MucGen.Generator.Reading.Repairs;

/// <summary>The rules about single attributes: misspelt ones, and names of types that lead nowhere.</summary>
internal sealed class NameRepairs(SchemaRepairs repairs, XElement root)
{
    private static readonly XNamespace Xsd = XsdVocabulary.Xsd;
    private static readonly string[] TypeAttributes = ["type", "base", "itemType"];

    private readonly HashSet<string> declared =
        [.. root.Elements().Where(element => element.Name.LocalName is "simpleType" or "complexType").Select(element => element.Attribute("name")?.Value ?? "")];

    public void Run(IEnumerable<XElement> elements)
    {
        foreach (var element in elements)
        {
            MendOccurs(element);
            foreach (var name in TypeAttributes)
            {
                if (element.Attribute(name) is { } reference && MendedTypeName(element, reference.Value.Trim()) is { } mended)
                    reference.Value = mended;
            }
            if (element.Attribute("memberTypes") is { } members)
                members.Value = string.Join(" ", XsdParts.Words(members.Value).Select(member => MendedTypeName(element, member) ?? member));
            switch (element.Name.LocalName)
            {
                case "element":
                    MendElement(element);
                    break;
                case "attribute":
                    MendAttribute(element);
                    break;
                case "simpleType" or "complexType" when element.Attribute("abstract") is { } isAbstract && IsUsed(element):
                    repairs.Report(RepairRule.AbstractType, element);
                    isAbstract.Remove();
                    break;
                case "pattern" when element.Attribute("value") is { } pattern:
                    MendPattern(element, pattern);
                    break;
            }
        }
    }

    private void MendOccurs(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.None).ToList())
        {
            var name = attribute.Name.LocalName;
            if (name is "minOccurs" or "maxOccurs" || !(name.StartsWith("minOccur", StringComparison.OrdinalIgnoreCase) || name.StartsWith("maxOccur", StringComparison.OrdinalIgnoreCase)))
                continue;
            repairs.Report(RepairRule.MisspeltOccurs, element);
            attribute.Remove();
            element.SetAttributeValue(name.Substring(0, 3) + "Occurs", attribute.Value);
        }
    }

    private void MendElement(XElement element)
    {
        if (element.Attribute("use") is { Value: "optional" or "required" } use)
        {
            repairs.Report(RepairRule.UseOfElement, element);
            use.Remove();
            if (use.Value == "optional" && element.Attribute("minOccurs") is null)
                element.SetAttributeValue("minOccurs", "0");
        }
        if (element.Attribute("form") is { Value: not "qualified" } form)
        {
            repairs.Report(RepairRule.ElementForm, element);
            form.Remove();
        }
        if (element.Attribute("namespace") is not { } ns || element.Attribute("name") is not { } name || element.Attribute("type") is not null || element.HasElements)
            return;
        repairs.Report(RepairRule.NamespaceOfElement, element);
        element.SetAttributeValue(XNamespace.Xmlns + "mended", ns.Value);
        element.SetAttributeValue("ref", "mended:" + name.Value);
        ns.Remove();
        name.Remove();
    }

    private void MendAttribute(XElement attribute)
    {
        if (attribute.Attribute("required") is { Value: "true" } required && attribute.Attribute("use") is null)
        {
            repairs.Report(RepairRule.RequiredAttribute, attribute);
            required.Remove();
            attribute.SetAttributeValue("use", "required");
        }
        if (attribute.Attribute("form") is { Value: not "unqualified" } form)
        {
            repairs.Report(RepairRule.ElementForm, attribute);
            form.Remove();
        }
        if (attribute.Attribute("name") is { Value: "xml:lang" } name)
        {
            repairs.Report(RepairRule.XmlName, attribute);
            name.Remove();
            attribute.Attribute("type")?.Remove();
            attribute.SetAttributeValue("ref", "xml:lang");
        }
        else if (attribute.Attribute("name") is { Value: "xmlns" })
        {
            repairs.Report(RepairRule.XmlName, attribute);
            attribute.Remove();
        }
    }

    private void MendPattern(XElement element, XAttribute pattern)
    {
        var text = pattern.Value;
        var start = text.StartsWith("^", StringComparison.Ordinal) ? 1 : 0;
        var end = text.EndsWith("$", StringComparison.Ordinal) && !text.EndsWith("\\$", StringComparison.Ordinal) ? 1 : 0;
        if (start + end == 0 || text.Length < 2)
            return;
        repairs.Report(RepairRule.Anchors, element);
        pattern.Value = text.Substring(start, text.Length - start - end);
    }

    /// <summary>The name of a type as it leads to where it must, when it is declared in one place only; null when it is right as it is, or has no sensible reading.</summary>
    private string? MendedTypeName(XElement element, string text)
    {
        var colon = text.LastIndexOf(':');
        var local = text.Substring(colon + 1);
        var prefix = text.Substring(0, Math.Max(0, text.IndexOf(':')));
        var ns = colon < 0 ? element.GetDefaultNamespace() : element.GetNamespaceOfPrefix(prefix);
        var isBuiltIn = BuiltInTypes.Find(local) is not null;
        if (ns is null && prefix is "xs" or "xsd" && isBuiltIn)
            return Mended(RepairRule.MissingPrefix, element, Name(XsdPrefix(element), local));
        if (ns == Xsd && isBuiltIn)
            return text.IndexOf(':') == colon ? null : Mended(RepairRule.BuiltInName, element, Name(XsdPrefix(element), local));
        if (ns == Xsd && colon < 0 && declared.Contains(local))
            return Mended(RepairRule.MissingPrefix, element, Name(TargetPrefix(element), local));
        if (ns == Xsd && local != "anyType")
            return BuiltInTypes.Like(local) is { } like ? Mended(RepairRule.BuiltInName, element, Name(XsdPrefix(element), like)) : null;
        var isOwn = colon < 0 && (ns == XNamespace.None || ns!.NamespaceName == root.Attribute("targetNamespace")?.Value);
        return isOwn && isBuiltIn && !declared.Contains(local) ? Mended(RepairRule.MissingPrefix, element, Name(XsdPrefix(element), local)) : null;
    }

    private string Mended(RepairRule rule, XElement element, string name)
    {
        repairs.Report(rule, element);
        return name;
    }

    private bool IsUsed(XElement type)
    {
        var name = type.Attribute("name")?.Value;
        return name is not null && root.Descendants(Xsd + "element").Any(element => element.Attribute("type") is { } used && used.Value.Substring(used.Value.IndexOf(':') + 1) == name);
    }

    /// <summary>A prefix of the schema's own namespace; a new one when it has none.</summary>
    private string TargetPrefix(XElement element)
    {
        var target = root.Attribute("targetNamespace")?.Value ?? "";
        if (element.GetPrefixOfNamespace(target) is { Length: > 0 } prefix)
            return prefix;
        root.SetAttributeValue(XNamespace.Xmlns + "mended-target", target);
        return "mended-target";
    }

    private static string XsdPrefix(XElement element) => element.GetPrefixOfNamespace(Xsd) ?? "";

    private static string Name(string prefix, string local) => prefix.Length == 0 ? local : prefix + ":" + local;
}
