namespace MucGen.Xml;

/// <summary>
/// Says which specification a class carries out, where no definition says it: for those without elements and forms of their own. With the catalogue of
/// definitions, these are what is supported.
/// </summary>
/// <param name="id">Such as <c>XEP-0410</c>.</param>
/// <param name="version">The version that the class follows.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SpecificationAttribute(string id, string version) : Attribute
{
    /// <summary>The specification's id.</summary>
    public string Id { get; } = id;

    /// <summary>Its version.</summary>
    public string Version { get; } = version;
}
