using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Corpus.Proofs;

/// <summary>What a specification says of a name in XML.</summary>
internal static class SpecNames
{
    public static XName ToXName(this ElementName name) => XName.Get(name.Local, name.Namespace);

    public static XName ToXName(this FieldSpec field) => field.WireName.StartsWith("xml:", StringComparison.Ordinal)
        ? XNamespace.Xml + field.WireName["xml:".Length..]
        : XName.Get(field.WireName, field.Namespace ?? "");

    /// <summary>The attribute of that name; null when the element has none.</summary>
    public static FieldSpec? Attribute(this ElementSpec element, XName name) => element.Attributes.FirstOrDefault(field => field.ToXName() == name);

    /// <summary>The child of that name; null when the element has none, be it that a choice that is read as an enumeration has it.</summary>
    public static ChildSpec? Child(this ElementSpec element, XName name) => element.Children.FirstOrDefault(child => child.Name.ToXName() == name);

    /// <summary>Whether the element names a child so.</summary>
    public static bool Names(this ElementSpec element, XName name) =>
        element.Child(name) is not null || element.Conditions.Any(condition => condition.Values.Any(value => value.Name.ToXName() == name));
}
