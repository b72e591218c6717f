using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;
using MucGen.Generator.Reading.Repairs;

namespace MucGen.Generator.Linking;

/// <summary>Turns simple types, built-in or declared, into the values that are emitted. Enumerations are collected by their C# names.</summary>
internal sealed class ValueResolver(Declarations declarations)
{
    public const string Xsd = "http://www.w3.org/2001/XMLSchema";
    public const string BadRequest = "bad-request";
    private const string JidMalformed = "jid-malformed";

    private readonly Dictionary<string, (EnumSpec Spec, string Owner)> enums = [];
    private readonly HashSet<SimpleTypeModel> resolving = [];

    public IEnumerable<EnumSpec> Enums => enums.Values.Select(e => e.Spec);

    /// <summary>Declares the enumerations that have names of their own, before anything refers to them.</summary>
    public void DeclareNamedEnums(SchemaModel schema)
    {
        foreach (var type in schema.SimpleTypes)
        {
            if (type.Overlay.Name is { } name && !IsEmptyType(type))
                DeclareEnum(schema, type.Node, name, type.Documentation, Members(schema, type), parsesText: true, owner: type.Name ?? name, isGiven: true);
        }
    }

    /// <summary>The type that stands for "nothing inside": a string whose only value is the empty one. Some schemas use it and forget to declare it.</summary>
    public bool IsEmpty(TypeUse use, SchemaModel schema, int node)
    {
        if (use.Simple is { } simple)
            return IsEmptyType(simple);
        if (use.Name is not { } name)
            return false;
        if (declarations.SimpleTypes.TryGetValue(name, out var declared))
            return IsEmptyType(declared.Declaration);
        var isMissing = name.Local == "empty" && name.Namespace != Xsd && declarations.Knows(name.Namespace) && !declarations.ComplexTypes.ContainsKey(name);
        if (isMissing)
            declarations.Report(schema, node, Diagnostics.Repaired, RepairRule.Empty.Id, name.Local, RepairRule.Empty.Reading);
        return isMissing;
    }

    /// <summary>The value of a declaration.</summary>
    /// <param name="use">Its type.</param>
    /// <param name="overlay">Its overlay.</param>
    /// <param name="place">Where it stands, for problems.</param>
    /// <param name="owner">The C# name that an enumeration in place gets when it has none of its own.</param>
    public ValueSpec Resolve(TypeUse use, Overlay overlay, Place place, string owner)
    {
        var value = overlay.TypeReference is { } reference ? Enumeration(reference, place) : Declared(use, place, owner);
        if (overlay.Type is { } kind)
            value = value with { Kind = Kind(kind), EnumType = null };
        var isJid = value.Kind is ValueKind.Jid or ValueKind.BareJid or ValueKind.FullJid or ValueKind.Nick;
        if (overlay.Open && value.Kind != ValueKind.Enumeration)
            place.Report(declarations, Diagnostics.BadOverlay, "open", place.Element, place.Name, "only an enumeration can be open");
        return value with
        {
            Open = overlay.Open,
            Lenient = overlay.Lenient,
            MaxBytes = overlay.MaxBytes,
            Condition = overlay.Error ?? (isJid ? JidMalformed : BadRequest),
        };
    }

    /// <summary>Adds an enumeration; a given name for two different lists of values is an error, any other gets a number.</summary>
    /// <returns>The name that it has.</returns>
    public string DeclareEnum(
        SchemaModel schema, int node, string name, string? documentation, EquatableArray<EnumMember> members, bool parsesText, string owner, bool isGiven)
    {
        var free = name;
        for (var number = 2; ; number++)
        {
            var spec = new EnumSpec(free, schema.Origin, Specification(schema), schema.HintPrefix, documentation, parsesText, members);
            if (!enums.TryGetValue(free, out var known))
                enums.Add(free, (spec, owner));
            else if (known.Spec with { Documentation = spec.Documentation } != spec && !isGiven)
            {
                free = name + number.ToString(CultureInfo.InvariantCulture);
                continue;
            }
            else if (known.Spec with { Documentation = spec.Documentation } != spec)
                declarations.Report(schema, node, Diagnostics.DuplicateTypeName, owner, name, known.Owner);
            return free;
        }
    }

    public static string Specification(SchemaModel schema) => schema.Version.Length == 0 ? schema.Specification : schema.Specification + " " + schema.Version;

    /// <summary>A default or fixed value as C#; null, and a report, when the type does not allow it.</summary>
    public string? Constant(ValueSpec value, string text, Place place)
    {
        var constant = value.Kind == ValueKind.Enumeration && enums.TryGetValue(value.EnumType!, out var known)
            ? ConstantValues.Member(known.Spec, text)
            : ConstantValues.Of(value, text);
        if (constant.Problem is { } problem)
            place.Report(declarations, Diagnostics.BadDefault, text, place.Name, problem);
        return constant.Code;
    }

    /// <summary>Whether an enumeration has a value.</summary>
    public bool HasMember(ValueSpec value, string text) => enums.TryGetValue(value.EnumType!, out var known) && known.Spec.Members.Any(member => member.Wire == text);

    private static bool IsEmptyType(SimpleTypeModel type) => type.Values.Count == 1 && type.Values[0].Value.Length == 0;

    private static ValueKind Kind(string overlayType) => overlayType switch
    {
        "jid" => ValueKind.Jid,
        "jid-bare" => ValueKind.BareJid,
        "jid-full" => ValueKind.FullJid,
        "nick" => ValueKind.Nick,
        "base64" => ValueKind.Base64,
        "hex" => ValueKind.Hex,
        "instant" => ValueKind.Instant,
        "int" => ValueKind.Number,
        _ => ValueKind.Language,
    };

    private ValueSpec Enumeration(string reference, Place place)
    {
        // A name with a dot is an enumeration written by hand; the compiler checks it.
        if (reference.Contains('.'))
            return BuiltInTypes.Of(ValueKind.Enumeration, enumType: "global::" + reference);
        if (!enums.ContainsKey(reference))
            place.Report(declarations, Diagnostics.UnknownEnumeration, reference, place.Name);
        return BuiltInTypes.Of(ValueKind.Enumeration, enumType: reference);
    }

    private ValueSpec Declared(TypeUse use, Place place, string owner)
    {
        if (use.Simple is { } inline)
            return FromSimpleType(inline, place, owner);
        if (use.Name is not { } name)
            return BuiltInTypes.Of(ValueKind.Text);
        if (name.Namespace == Xsd && BuiltInTypes.Find(name.Local) is { } builtIn)
            return builtIn;
        if (declarations.SimpleTypes.TryGetValue(name, out var declared))
            return FromSimpleType(declared.Declaration, place with { Schema = declared.Schema, Node = declared.Declaration.Node }, owner);
        if (declarations.ComplexTypes.TryGetValue(name, out _))
            place.Report(declarations, Diagnostics.UnknownType, name.ToString(), place.Name + "', which takes a simple type, not '" + name.Local);
        else
            place.Report(declarations, Diagnostics.UnknownType, name.Namespace == Xsd ? "xs:" + name.Local : name.ToString(), place.Name);
        return BuiltInTypes.Of(ValueKind.Text);
    }

    private ValueSpec FromSimpleType(SimpleTypeModel type, Place place, string owner)
    {
        if (!resolving.Add(type))
        {
            place.Report(declarations, Diagnostics.RecursiveType, type.Name ?? place.Name);
            return BuiltInTypes.Of(ValueKind.Text);
        }
        try
        {
            if (!type.Union.IsEmpty)
                return FromUnion(type, place, owner);
            if (type.Item is { } item)
                return BuiltInTypes.Of(ValueKind.Text) with { Item = Declared(item, place, owner) };
            return type.Values.IsEmpty ? Restrict(Declared(type.Base, place, owner), type, place) : Enumeration(type, type.Values, place, owner);
        }
        finally
        {
            resolving.Remove(type);
        }
    }

    private ValueSpec Enumeration(SimpleTypeModel type, EquatableArray<EnumerationModel> values, Place place, string owner)
    {
        var name = DeclareEnum(
            place.Schema, type.Node, type.Overlay.Name ?? owner, type.Documentation, Members(place.Schema, type with { Values = values }), parsesText: true, type.Name ?? place.Name,
            type.Overlay.Name is not null);
        return BuiltInTypes.Of(ValueKind.Enumeration, enumType: name);
    }

    /// <summary>A union of enumerations is the enumeration of all their values; any other is a text that one of its members allows.</summary>
    private ValueSpec FromUnion(SimpleTypeModel type, Place place, string owner)
    {
        var declared = type.Union.Select(member => member.Simple ?? (member.Name is { } name && declarations.SimpleTypes.TryGetValue(name, out var found) ? found.Declaration : null)).ToList();
        if (declared.All(member => member is { Values.IsEmpty: false }))
            return Enumeration(type, declared.SelectMany(member => member!.Values).ToEquatableArray(), place, owner);
        var members = type.Union.Select((member, i) => Declared(member, place, owner + (i + 1).ToString(CultureInfo.InvariantCulture))).ToList();
        return BuiltInTypes.Of(ValueKind.Text) with { Union = members.Any(Shapes.TakesAll) ? default : members.ToEquatableArray() };
    }

    private ValueSpec Restrict(ValueSpec value, SimpleTypeModel type, Place place)
    {
        var facets = type.Facets;
        if (!Shapes.IsNumber(value) && (facets.Least ?? facets.Most) is not null)
            declarations.Report(place.Schema, type.Node, Diagnostics.BadFacet, "minInclusive, maxInclusive", place.Name, "the type is not a number");
        if (value.Kind is not (ValueKind.Text or ValueKind.Base64 or ValueKind.Hex) && (facets.MinLength ?? facets.MaxLength) is not null)
            declarations.Report(place.Schema, type.Node, Diagnostics.BadFacet, "length", place.Name, "the type is not text; for a number use minInclusive and maxInclusive");
        return value with
        {
            Facets = new Facets(
                facets.Least ?? value.Facets.Least,
                facets.Most ?? value.Facets.Most,
                facets.MinLength ?? value.Facets.MinLength,
                facets.MaxLength ?? value.Facets.MaxLength,
                value.Facets.Patterns.Concat(facets.Patterns).ToEquatableArray()),
        };
    }

    /// <summary>The members of an enumeration. A name that is taken, since C# names lose what wire names have, gets a number.</summary>
    private EquatableArray<EnumMember> Members(SchemaModel schema, SimpleTypeModel type)
    {
        var members = new List<EnumMember>();
        foreach (var value in type.Values)
        {
            var name = value.Name ?? CSharp.Pascal(value.Value);
            for (var number = 2; value.Name is null && members.Any(m => m.Name == name); number++)
                name = CSharp.Pascal(value.Value) + number.ToString(CultureInfo.InvariantCulture);
            if (members.Any(m => m.Name == name || m.Wire == value.Value))
                declarations.Report(schema, value.Node, Diagnostics.DuplicateValue, value.Value, type.Name ?? type.Overlay.Name ?? "enumeration");
            else
                members.Add(new EnumMember(name, value.Value, value.Documentation));
        }
        return members.ToEquatableArray();
    }
}

/// <summary>Where a declaration stands: for problems.</summary>
internal readonly record struct Place(SchemaModel Schema, int Node, string Element, string Name)
{
    public void Report(Declarations declarations, Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params string[] arguments) =>
        declarations.Report(Schema, Node, descriptor, arguments);
}
