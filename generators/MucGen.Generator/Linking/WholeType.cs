using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>A complex type with all that it derives from, what comes first in the base first. <paramref name="Simple"/>: the value inside, where it is text alone.</summary>
internal sealed record WholeType(
    IReadOnlyList<Declared<AttributeModel>> Attributes,
    IReadOnlyList<Declared<ParticleModel>> Content,
    SimpleContent? Simple,
    Wildcard? OtherAttributes,
    bool IsMixed,
    bool IsAbstract,
    bool Keep);

/// <summary>The type of the text inside an element, with what the overlay says of it.</summary>
internal sealed record SimpleContent(SchemaModel Schema, TypeUse Type, Overlay Overlay);

/// <summary>Follows complex types to their bases, and attribute groups to their attributes.</summary>
internal sealed class WholeTypes(Declarations declarations)
{
    private readonly HashSet<ComplexTypeModel> open = [];

    public WholeType Of(SchemaModel schema, ComplexTypeModel type)
    {
        if (!open.Add(type))
        {
            declarations.Report(schema, type.Node, Diagnostics.RecursiveType, type.Name ?? "the type");
            return new WholeType([], [], null, null, false, false, false);
        }
        try
        {
            return type.SimpleContent is { } simple ? WithSimpleContent(schema, type, simple) : WithComplexContent(schema, type);
        }
        finally
        {
            open.Remove(type);
        }
    }

    /// <summary>The base of simple content is a simple type, or a complex one with simple content.</summary>
    private WholeType WithSimpleContent(SchemaModel schema, ComplexTypeModel type, TypeUse simple)
    {
        var own = Own(schema, type);
        if ((simple.Name ?? simple.Simple?.Base.Name) is not { } name || !declarations.ComplexTypes.TryGetValue(name, out var known))
            return own with { Simple = new SimpleContent(schema, simple, type.ContentOverlay) };
        var below = Of(known.Schema, known.Declaration);
        if (below.Simple is not { } inner)
        {
            // An empty type, or one with elements inside: then the attributes are all that is added to it.
            return Joined(below, own, isExtension: true);
        }
        var value = simple.Simple is { } restriction ? inner with { Type = new TypeUse(null, restriction with { Base = inner.Type }, null) } : inner;
        return Joined(below, own, simple.Simple is null) with { Simple = value };
    }

    private WholeType WithComplexContent(SchemaModel schema, ComplexTypeModel type)
    {
        var own = Own(schema, type);
        if (type.Base is not { } derivation || derivation.Name == AnyType)
            return own;
        if (declarations.ComplexTypes.TryGetValue(derivation.Name, out var known))
            return Joined(Of(known.Schema, known.Declaration), own, derivation.IsExtension);
        declarations.Report(schema, derivation.Node, Diagnostics.UnknownType, derivation.Name.ToString(), type.Name ?? "complexContent");
        return own;
    }

    private static QualifiedName AnyType { get; } = new("http://www.w3.org/2001/XMLSchema", "anyType");

    private static bool NamesAnything(ParticleModel particle) =>
        particle.Kind is ParticleKind.Element or ParticleKind.Any or ParticleKind.Group || particle.Items.Any(NamesAnything);

    /// <summary>What a type says itself.</summary>
    private WholeType Own(SchemaModel schema, ComplexTypeModel type)
    {
        var attributes = new List<Declared<AttributeModel>>();
        var any = Collect(schema, type.Attributes, attributes, [], type.Name ?? "complexType");
        IReadOnlyList<Declared<ParticleModel>> content = type.Content is null || !NamesAnything(type.Content) ? [] : [new Declared<ParticleModel>(schema, type.Content)];
        return new WholeType(attributes, content, null, any, type.IsMixed, type.IsAbstract, type.Keep);
    }

    /// <summary>An extension adds to its base; a restriction says the content anew, and of the attributes those that change.</summary>
    private static WholeType Joined(WholeType below, WholeType own, bool isExtension) => own with
    {
        Attributes =
        [
            .. below.Attributes.Where(inherited => !own.Attributes.Any(attribute => IsSame(attribute.Declaration, inherited.Declaration))),
            .. own.Attributes.Where(attribute => attribute.Declaration.Use != AttributeUse.Prohibited),
        ],
        Content = isExtension ? [.. below.Content, .. own.Content] : own.Content,
        OtherAttributes = own.OtherAttributes ?? (isExtension ? below.OtherAttributes : null),
        IsMixed = own.IsMixed || (isExtension && below.IsMixed),
        Keep = own.Keep || below.Keep,
    };

    private static bool IsSame(AttributeModel one, AttributeModel other) => one.Name == other.Name && one.Reference == other.Reference;

    /// <summary>Adds the attributes of a type or a group, and of the groups in it; gives the wildcard that stands among them.</summary>
    private Wildcard? Collect(SchemaModel schema, AttributesModel from, List<Declared<AttributeModel>> into, HashSet<QualifiedName> openGroups, string owner)
    {
        into.AddRange(from.Own.Select(attribute => new Declared<AttributeModel>(schema, attribute)));
        var any = from.Any;
        foreach (var reference in from.Groups)
        {
            if (!declarations.AttributeGroups.TryGetValue(reference.Name, out var group))
            {
                declarations.Report(schema, reference.Node, Diagnostics.UnknownReference, reference.Name.ToString(), owner);
                continue;
            }
            if (!openGroups.Add(reference.Name))
            {
                declarations.Report(schema, reference.Node, Diagnostics.RecursiveType, reference.Name.Local);
                continue;
            }
            any = Collect(group.Schema, group.Declaration.Attributes, into, openGroups, owner) ?? any;
        }
        return any;
    }
}
