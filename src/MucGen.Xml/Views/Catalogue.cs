namespace MucGen.Xml;

/// <summary>A specification that schemas or forms come from.</summary>
/// <param name="Id">Such as <c>XEP-0045</c> or <c>RFC 6120</c>.</param>
/// <param name="Version">The version that the schemas follow; empty when it has none.</param>
public sealed record CatalogueSpecification(string Id, string Version);

/// <summary>An element that schemas define.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its local name.</param>
/// <param name="TypeName">The C# name of its view and writer, without suffix; null when it is a flag or text of others.</param>
/// <param name="Specification">The id of its specification.</param>
public sealed record CatalogueElement(ElementKey Key, string Namespace, string Name, string? TypeName, string Specification);
