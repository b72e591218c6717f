using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>Turns simple types, built-in or declared, into the values that are emitted. Enumerations are collected by their C# names.</summary>
internal sealed class ValueResolver(Declarations declarations)
{
    private const string Xsd = "http://www.w3.org/2001/XMLSchema";
    private const string BadRequest = "bad-request";
    private const string JidMalformed = "jid-malformed";

    /// <summary>Types of text whose lexical rules XMPP software does not keep and the reader does not enforce; the README says so.</summary>
    private static readonly HashSet<string> TextTypes =
        ["string", "normalizedString", "token", "NCName", "NMTOKEN", "Name", "ID", "anyURI", "anySimpleType"];

    private static readonly Dictionary<string, (long Min, long Max)> NumberTypes = new()
    {
        ["byte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["unsignedByte"] = (0, byte.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["unsignedShort"] = (0, ushort.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["unsignedInt"] = (0, uint.MaxValue),
        ["long"] = (long.MinValue, long.MaxValue),
        ["integer"] = (int.MinValue, int.MaxValue),
        ["nonNegativeInteger"] = (0, int.MaxValue),
        ["positiveInteger"] = (1, int.MaxValue),
    };

    private readonly Dictionary<string, (EnumSpec Spec, string Owner)> enums = [];
    private readonly HashSet<SimpleTypeModel> resolving = [];

    public IEnumerable<EnumSpec> Enums => enums.Values.Select(e => e.Spec);

    /// <summary>Declares the enumerations that have names of their own, before anything refers to them.</summary>
    public void DeclareNamedEnums(SchemaModel schema)
    {
        foreach (var type in schema.SimpleTypes)
        {
            if (type.Overlay.Name is { } name && !IsEmptyType(type))
                DeclareEnum(schema, type.Node, name, type.Documentation, Members(schema, type), parsesText: true, owner: type.Name ?? name);
        }
    }

    /// <summary>The type that stands for "nothing inside": a string whose only value is the empty one.</summary>
    public bool IsEmpty(TypeUse use) => use switch
    {
        { Simple: { } simple } => IsEmptyType(simple),
        { Name: { } name } when declarations.SimpleTypes.TryGetValue(name, out var declared) => IsEmptyType(declared.Declaration),
        _ => false,
    };

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

    /// <summary>Adds an enumeration; one name for two different lists of values is an error.</summary>
    public void DeclareEnum(
        SchemaModel schema, int node, string name, string? documentation, EquatableArray<EnumMember> members, bool parsesText, string owner)
    {
        var spec = new EnumSpec(name, schema.Origin, Specification(schema), schema.HintPrefix, documentation, parsesText, members);
        if (!enums.TryGetValue(name, out var known))
            enums.Add(name, (spec, owner));
        else if (known.Spec with { Documentation = spec.Documentation } != spec)
            declarations.Report(schema, node, Diagnostics.DuplicateTypeName, owner, name, known.Owner);
    }

    public static string Specification(SchemaModel schema) => schema.Version.Length == 0 ? schema.Specification : schema.Specification + " " + schema.Version;

    /// <summary>A default or fixed value as C#; null, and a report, when the type does not allow it.</summary>
    public string? Constant(ValueSpec value, string text, Place place)
    {
        switch (value.Kind)
        {
            case ValueKind.Enumeration when enums.TryGetValue(value.EnumType!, out var known):
                var member = known.Spec.Members.FirstOrDefault(m => m.Wire == text);
                if (member is not null)
                    return value.EnumType + "." + member.Name;
                place.Report(declarations, Diagnostics.BadDefault, text, place.Name, "it is not in the enumeration");
                return null;
            case ValueKind.Number or ValueKind.LongNumber:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && !(number < value.Facets.MinInclusive) && !(number > value.Facets.MaxInclusive))
                    return CSharp.Number(number) + (value.Kind == ValueKind.LongNumber ? "L" : "");
                place.Report(declarations, Diagnostics.BadDefault, text, place.Name, "it is not a number in the type's range");
                return null;
            case ValueKind.Boolean:
                if (text is "true" or "1" or "false" or "0")
                    return text is "true" or "1" ? "true" : "false";
                place.Report(declarations, Diagnostics.BadDefault, text, place.Name, "it is neither true nor false");
                return null;
            case ValueKind.Text or ValueKind.Language:
                return CSharp.Utf8(text);
            default:
                place.Report(declarations, Diagnostics.BadDefault, text, place.Name, "this type takes no default");
                return null;
        }
    }

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

    private static ValueSpec Of(ValueKind kind, Facets? facets = null, string? enumType = null) =>
        new(kind, enumType, facets ?? Facets.None, null, false, false, BadRequest);

    private ValueSpec Enumeration(string reference, Place place)
    {
        // A name with a dot is an enumeration written by hand; the compiler checks it.
        if (reference.Contains('.'))
            return Of(ValueKind.Enumeration, enumType: "global::" + reference);
        if (!enums.ContainsKey(reference))
            place.Report(declarations, Diagnostics.UnknownEnumeration, reference, place.Name);
        return Of(ValueKind.Enumeration, enumType: reference);
    }

    private ValueSpec Declared(TypeUse use, Place place, string owner)
    {
        if (use.Simple is { } inline)
            return FromSimpleType(inline, place, owner);
        if (use.Name is not { } name)
            return Of(ValueKind.Text);
        if (name.Namespace == Xsd)
            return BuiltIn(name.Local, place);
        if (declarations.SimpleTypes.TryGetValue(name, out var declared))
            return FromSimpleType(declared.Declaration, place with { Schema = declared.Schema, Node = declared.Declaration.Node }, owner);
        place.Report(declarations, Diagnostics.UnknownType, name.ToString(), place.Name);
        return Of(ValueKind.Text);
    }

    private ValueSpec BuiltIn(string name, Place place)
    {
        if (TextTypes.Contains(name))
            return Of(ValueKind.Text);
        if (NumberTypes.TryGetValue(name, out var range))
        {
            var isLong = range.Min < int.MinValue || range.Max > int.MaxValue;
            return Of(isLong ? ValueKind.LongNumber : ValueKind.Number, Facets.None with { MinInclusive = range.Min, MaxInclusive = range.Max });
        }
        switch (name)
        {
            case "boolean":
                return Of(ValueKind.Boolean);
            case "dateTime":
                return Of(ValueKind.Instant);
            case "base64Binary":
                return Of(ValueKind.Base64);
            case "hexBinary":
                return Of(ValueKind.Hex);
            case "language":
                return Of(ValueKind.Language);
            default:
                place.Report(declarations, Diagnostics.UnknownType, "xs:" + name, place.Name);
                return Of(ValueKind.Text);
        }
    }

    private ValueSpec FromSimpleType(SimpleTypeModel type, Place place, string owner)
    {
        if (!resolving.Add(type))
        {
            place.Report(declarations, Diagnostics.RecursiveType, type.Name ?? place.Name);
            return Of(ValueKind.Text);
        }
        try
        {
            if (!type.Union.IsEmpty)
                return FromUnion(type, place, owner);
            if (!type.Values.IsEmpty)
            {
                var name = type.Overlay.Name ?? owner;
                DeclareEnum(place.Schema, type.Node, name, type.Documentation, Members(place.Schema, type), parsesText: true, type.Name ?? place.Name);
                return Of(ValueKind.Enumeration, enumType: name);
            }
            return Restrict(Declared(type.Base, place, owner), type, place);
        }
        finally
        {
            resolving.Remove(type);
        }
    }

    /// <summary>A union of enumerations is the enumeration of all their values; anything else is ambiguous when it is read.</summary>
    private ValueSpec FromUnion(SimpleTypeModel type, Place place, string owner)
    {
        var values = new List<EnumerationModel>();
        foreach (var member in type.Union)
        {
            var declared = member.Simple
                ?? (member.Name is { } name && declarations.SimpleTypes.TryGetValue(name, out var found) ? found.Declaration : null);
            if (declared is null || declared.Values.IsEmpty)
            {
                declarations.Report(place.Schema, type.Node, Diagnostics.UnsupportedConstruct, "union", place.Name,
                    "only a union of enumerations is; for other texts use an enumeration with mg:open=\"true\"");
                return Of(ValueKind.Text);
            }
            values.AddRange(declared.Values);
        }
        var enumName = type.Overlay.Name ?? owner;
        var merged = type with { Values = values.ToEquatableArray() };
        DeclareEnum(place.Schema, type.Node, enumName, type.Documentation, Members(place.Schema, merged), parsesText: true, type.Name ?? place.Name);
        return Of(ValueKind.Enumeration, enumType: enumName);
    }

    private ValueSpec Restrict(ValueSpec value, SimpleTypeModel type, Place place)
    {
        var facets = type.Facets;
        var isNumber = value.Kind is ValueKind.Number or ValueKind.LongNumber;
        if (!isNumber && (facets.MinInclusive ?? facets.MaxInclusive) is not null)
            declarations.Report(place.Schema, type.Node, Diagnostics.BadFacet, "minInclusive, maxInclusive", place.Name, "the type is not a number");
        if (value.Kind != ValueKind.Text && (facets.MinLength ?? facets.MaxLength) is not null)
            declarations.Report(place.Schema, type.Node, Diagnostics.BadFacet, "length", place.Name, "the type is not text; for a number use minInclusive and maxInclusive");
        return value with
        {
            Facets = new Facets(
                facets.MinInclusive ?? value.Facets.MinInclusive,
                facets.MaxInclusive ?? value.Facets.MaxInclusive,
                facets.MinLength ?? value.Facets.MinLength,
                facets.MaxLength ?? value.Facets.MaxLength),
        };
    }

    private EquatableArray<EnumMember> Members(SchemaModel schema, SimpleTypeModel type)
    {
        var members = new List<EnumMember>();
        foreach (var value in type.Values)
        {
            var member = new EnumMember(value.Name ?? CSharp.Pascal(value.Value), value.Value, value.Documentation);
            if (members.Any(m => m.Name == member.Name || m.Wire == member.Wire))
                declarations.Report(schema, value.Node, Diagnostics.DuplicateValue, value.Value, type.Name ?? type.Overlay.Name ?? "enumeration");
            else
                members.Add(member);
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
