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
    EquatableArray<ElementModel> Elements,
    EquatableArray<ParticleModel> Groups,
    EquatableArray<SimpleTypeModel> SimpleTypes,
    EquatableArray<ComplexTypeModel> ComplexTypes,
    EquatableArray<AttributeGroupModel> AttributeGroups);

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

/// <summary>An element declaration or a reference to one.</summary>
internal sealed record ElementModel(
    int Node, string Name, QualifiedName? Reference, TypeUse Type, int Min, int Max, Overlay Overlay, string? Documentation);

/// <summary>How a declaration names its type: by name or in place; nothing at all is the empty element.</summary>
internal sealed record TypeUse(QualifiedName? Name, SimpleTypeModel? Simple, ComplexTypeModel? Complex)
{
    public static TypeUse Absent { get; } = new(null, null, null);
}

internal sealed record AttributeModel(
    int Node, string Name, bool IsLanguage, TypeUse Type, bool Required, string? Default, string? Fixed, Overlay Overlay, string? Documentation);

internal sealed record AttributeGroupModel(int Node, string Name, EquatableArray<AttributeModel> Attributes, EquatableArray<NodeReference> References);

/// <summary>A reference to a global declaration by name.</summary>
internal sealed record NodeReference(int Node, QualifiedName Name);

internal sealed record SimpleTypeModel(
    int Node,
    string? Name,
    Overlay Overlay,
    TypeUse Base,
    EquatableArray<EnumerationModel> Values,
    Facets Facets,
    EquatableArray<TypeUse> Union,
    string? Documentation);

internal sealed record EnumerationModel(int Node, string Value, string? Name, string? Documentation);

/// <summary>The limits of a simple type; null is no limit.</summary>
internal sealed record Facets(long? MinInclusive, long? MaxInclusive, int? MinLength, int? MaxLength)
{
    public static Facets None { get; } = new(null, null, null, null);
}

internal sealed record ComplexTypeModel(
    int Node,
    string? Name,
    bool Keep,
    TypeUse? SimpleContent,
    Overlay ContentOverlay,
    ParticleModel? Content,
    EquatableArray<AttributeModel> Attributes,
    EquatableArray<NodeReference> AttributeGroups);

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
    Overlay Overlay)
{
    /// <summary><c>maxOccurs="unbounded"</c>.</summary>
    public const int Unbounded = int.MaxValue;
}
