using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads simple types: restrictions with their facets, unions, lists.</summary>
internal sealed class XsdSimpleTypeReader(XmlSource source, OverlayReader overlays, XsdParts parts)
{
    private readonly FacetReader facets = new(source);

    public SimpleTypeModel Read(XElement type)
    {
        var empty = new SimpleTypeModel(source.NodeOf(type), XsdParts.Name(type), overlays.Read(type), TypeUse.Absent, default, Facets.None, default, null, XsdParts.Documentation(type));
        var only = parts.Only(type, "a simple type is a restriction, a union or a list", "restriction", "union", "list");
        return only?.Name.LocalName switch
        {
            "restriction" => ReadRestriction(only, empty),
            "union" => ReadUnion(only, empty),
            "list" => ReadList(only, empty),
            _ => empty,
        };
    }

    /// <summary>What a restriction says of a simple type; parts that are no facets, such as attributes of simple content, are left to <paramref name="others"/>.</summary>
    public SimpleTypeModel ReadRestriction(XElement restriction, SimpleTypeModel type, List<XElement>? others = null)
    {
        var values = new List<EnumerationModel>();
        var inner = TypeUse.Absent;
        var limits = new List<XElement>();
        foreach (var part in parts.Of(restriction))
        {
            switch (part.Name.LocalName)
            {
                case "simpleType":
                    inner = new TypeUse(null, Read(part), null);
                    break;
                case "enumeration":
                    values.Add(new EnumerationModel(source.NodeOf(part), part.Attribute("value")?.Value ?? "", overlays.Read(part).Name, XsdParts.Documentation(part)));
                    break;
                case "attribute" or "attributeGroup" or "anyAttribute" when others is not null:
                    others.Add(part);
                    break;
                default:
                    limits.Add(part);
                    break;
            }
        }
        var baseType = restriction.Attribute("base") is { } named ? new TypeUse(parts.Resolve(named), null, null) : inner;
        return type with { Base = baseType, Values = values.ToEquatableArray(), Facets = facets.Read(limits) };
    }

    private SimpleTypeModel ReadUnion(XElement union, SimpleTypeModel type)
    {
        var members = parts.Names(union.Attribute("memberTypes")).Select(name => new TypeUse(name, null, null))
            .Concat(parts.Of(union).Where(part => part.Name.LocalName == "simpleType").Select(part => new TypeUse(null, Read(part), null)))
            .ToEquatableArray();
        if (members.IsEmpty)
            parts.Unsupported(union, "a union has members");
        return type with { Union = members };
    }

    private SimpleTypeModel ReadList(XElement list, SimpleTypeModel type)
    {
        if (list.Attribute("itemType") is { } named)
            return type with { Item = new TypeUse(parts.Resolve(named), null, null) };
        return parts.Only(list, "a list has an itemType, or a simple type inside", "simpleType") is { } inner
            ? type with { Item = new TypeUse(null, Read(inner), null) }
            : type;
    }
}
