namespace MucGen.Generator.Model;

/// <summary>A namespace and a local name.</summary>
internal sealed record QualifiedName(string Namespace, string Local)
{
    public override string ToString() => $"{{{Namespace}}}{Local}";
}

/// <summary>What a schema file says, as read: nothing is resolved yet. Node numbers lead to places; see <see cref="SchemaFile"/>.</summary>
internal sealed record SchemaModel(
    string Path,
    string Origin,
    string Namespace,
    string Prefix,
    string Specification,
    string Version,
    string HintPrefix,
    string? WirePrefix,
    EquatableArray<string> OlderNamespaces,
    EquatableArray<ImportModel> Imports,
    EquatableArray<IncludeModel> Includes,
    EquatableArray<ElementModel> Elements,
    EquatableArray<ParticleModel> Groups,
    EquatableArray<SimpleTypeModel> SimpleTypes,
    EquatableArray<ComplexTypeModel> ComplexTypes,
    EquatableArray<AttributeGroupModel> AttributeGroups,
    EquatableArray<AttributeModel> Attributes);

/// <summary>
/// A schema file after reading. The model has no places in it, so that a new comment changes nothing; the places of its nodes (elements
/// of the file, counted in document order) ride beside it for the diagnostics branch.
/// </summary>
internal sealed record SchemaFile(SchemaModel? Model, EquatableArray<DiagnosticInfo> Diagnostics, Places Places);

/// <summary>Where the nodes of a file are.</summary>
internal sealed record Places(string Path, EquatableArray<LocationInfo> Nodes)
{
    public LocationInfo? Find(int node) => node >= 0 && node < Nodes.Count ? Nodes[node] : null;
}

/// <summary>A problem found after reading: the file and node are turned into a place on the diagnostics branch.</summary>
internal sealed record Problem(string Path, int Node, Microsoft.CodeAnalysis.DiagnosticDescriptor Descriptor, EquatableArray<string> Arguments);

internal sealed record ImportModel(int Node, string Namespace);

/// <summary>A file that has more of the namespace. All files of a namespace are read together, whichever names the other; this says whether one is missing.</summary>
internal sealed record IncludeModel(int Node, string Location)
{
    public string FileName => Location.Substring(Location.LastIndexOf('/') + 1);
}

/// <summary>The overlay of one declaration; the names are those of the attributes.</summary>
internal sealed record Overlay(
    string? Name,
    string? Plural,
    string? Type,
    string? TypeReference,
    string? Enum,
    string? Error,
    bool Open,
    bool Lenient,
    bool Keep,
    bool Language,
    bool Required,
    int? MaxBytes)
{
    public static Overlay None { get; } = new(null, null, null, null, null, null, false, false, false, false, false, null);
}

/// <summary>
/// An element declaration or a reference to one. <paramref name="Head"/>: the element that it may stand for. An abstract one is never there itself, only what stands for it.
/// </summary>
internal sealed record ElementModel(
    int Node, string Name, QualifiedName? Reference, TypeUse Type, int Min, int Max, bool IsNillable, bool IsAbstract, QualifiedName? Head, Overlay Overlay, string? Documentation);

/// <summary>How a declaration names its type: by name or in place; nothing at all is the empty element.</summary>
internal sealed record TypeUse(QualifiedName? Name, SimpleTypeModel? Simple, ComplexTypeModel? Complex)
{
    public static TypeUse Absent { get; } = new(null, null, null);
}

internal enum AttributeUse
{
    Optional,
    Required,

    /// <summary>A restriction takes away what its base has.</summary>
    Prohibited,
}

/// <summary>An attribute declaration or a reference to one.</summary>
internal sealed record AttributeModel(
    int Node, string Name, QualifiedName? Reference, TypeUse Type, AttributeUse Use, string? Default, string? Fixed, Overlay Overlay, string? Documentation)
{
    public const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    public bool IsLanguage => Reference is { Namespace: XmlNamespace, Local: "lang" };
}

/// <summary>Attributes with the groups that stand among them; <paramref name="Any"/>: others may be there too.</summary>
internal sealed record AttributesModel(EquatableArray<AttributeModel> Own, EquatableArray<NodeReference> Groups, Wildcard? Any)
{
    public static AttributesModel None { get; } = new(default, default, null);
}

internal sealed record AttributeGroupModel(int Node, string Name, AttributesModel Attributes);

/// <summary>Which namespaces a wildcard lets in: the words of its <c>namespace</c>, <c>##targetNamespace</c> replaced; empty for any.</summary>
internal sealed record Wildcard(EquatableArray<string> Namespaces)
{
    public const string Other = "##other";
    public const string Local = "##local";
}

/// <summary>A reference to a global declaration by name.</summary>
internal sealed record NodeReference(int Node, QualifiedName Name);

/// <summary>A simple type: a restriction of a base, a union, or a list of items.</summary>
internal sealed record SimpleTypeModel(
    int Node,
    string? Name,
    Overlay Overlay,
    TypeUse Base,
    EquatableArray<EnumerationModel> Values,
    Facets Facets,
    EquatableArray<TypeUse> Union,
    TypeUse? Item,
    string? Documentation);

internal sealed record EnumerationModel(int Node, string Value, string? Name, string? Documentation);

/// <summary>The limits of a simple type; null is no limit. Of the patterns each has to match.</summary>
internal sealed record Facets(Limit? Least, Limit? Most, int? MinLength, int? MaxLength, EquatableArray<string> Patterns)
{
    public static Facets None { get; } = new(null, null, null, null, default);

    public static Facets Between(decimal least, decimal most) => None with { Least = new Limit(least, false), Most = new Limit(most, false) };
}

/// <summary>The least or greatest number that a type allows, or with <paramref name="IsExclusive"/> the first that it does not.</summary>
internal sealed record Limit(decimal Value, bool IsExclusive);

/// <summary>A complex type as it is written; <paramref name="Base"/>: what it derives from.</summary>
internal sealed record ComplexTypeModel(
    int Node,
    string? Name,
    bool Keep,
    bool IsMixed,
    bool IsAbstract,
    Derivation? Base,
    TypeUse? SimpleContent,
    Overlay ContentOverlay,
    ParticleModel? Content,
    AttributesModel Attributes);

/// <summary>What a complex type of complex content is derived from, and how: an extension adds to it, a restriction says all anew but the attributes.</summary>
internal sealed record Derivation(int Node, QualifiedName Name, bool IsExtension);

internal enum ParticleKind
{
    Sequence,
    Choice,
    All,
    Element,
    Group,
    Any,
}

/// <summary>A part of a content model. A named group is a particle whose name is set.</summary>
internal sealed record ParticleModel(
    int Node,
    ParticleKind Kind,
    string? Name,
    int Min,
    int Max,
    EquatableArray<ParticleModel> Items,
    ElementModel? Element,
    QualifiedName? Reference,
    Wildcard? Wildcard,
    Overlay Overlay)
{
    /// <summary><c>maxOccurs="unbounded"</c>.</summary>
    public const int Unbounded = int.MaxValue;
}
