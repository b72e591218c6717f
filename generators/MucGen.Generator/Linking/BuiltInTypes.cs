using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>The simple types of XML Schema itself.</summary>
internal static class BuiltInTypes
{
    private const string Zone = @"(Z|[+\-]\d{2}:\d{2})?";

    /// <summary>Types of text whose lexical rules XMPP software does not keep and the reader does not enforce; the README says so.</summary>
    private static readonly HashSet<string> Texts =
        ["string", "normalizedString", "token", "NCName", "NMTOKEN", "Name", "QName", "NOTATION", "ID", "IDREF", "ENTITY", "anyURI", "anySimpleType"];

    /// <summary>Texts of words.</summary>
    private static readonly HashSet<string> Lists = ["NMTOKENS", "IDREFS", "ENTITIES"];

    private static readonly Dictionary<string, (ValueKind Kind, decimal Least, decimal Most)> Numbers = new()
    {
        ["byte"] = (ValueKind.Number, sbyte.MinValue, sbyte.MaxValue),
        ["unsignedByte"] = (ValueKind.Number, 0, byte.MaxValue),
        ["short"] = (ValueKind.Number, short.MinValue, short.MaxValue),
        ["unsignedShort"] = (ValueKind.Number, 0, ushort.MaxValue),
        ["int"] = (ValueKind.Number, int.MinValue, int.MaxValue),
        ["unsignedInt"] = (ValueKind.LongNumber, 0, uint.MaxValue),
        ["long"] = (ValueKind.LongNumber, long.MinValue, long.MaxValue),
        ["unsignedLong"] = (ValueKind.UnsignedLong, 0, ulong.MaxValue),
        ["integer"] = (ValueKind.Number, int.MinValue, int.MaxValue),
        ["nonNegativeInteger"] = (ValueKind.Number, 0, int.MaxValue),
        ["positiveInteger"] = (ValueKind.Number, 1, int.MaxValue),
        ["nonPositiveInteger"] = (ValueKind.Number, int.MinValue, 0),
        ["negativeInteger"] = (ValueKind.Number, int.MinValue, -1),
    };

    private static readonly Dictionary<string, ValueKind> Others = new()
    {
        ["boolean"] = ValueKind.Boolean,
        ["dateTime"] = ValueKind.Instant,
        ["base64Binary"] = ValueKind.Base64,
        ["hexBinary"] = ValueKind.Hex,
        ["language"] = ValueKind.Language,
        ["decimal"] = ValueKind.Decimal,
        ["double"] = ValueKind.Double,
        ["float"] = ValueKind.Double,
    };

    /// <summary>Times that are no instants stay texts; XEP-0082 has dates and times of its own, which fit.</summary>
    private static readonly Dictionary<string, string> Patterns = new()
    {
        ["date"] = @"\-?\d{4,}\-\d{2}\-\d{2}" + Zone,
        ["time"] = @"\d{2}:\d{2}:\d{2}(\.\d+)?" + Zone,
        ["duration"] = @"\-?P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?",
        ["gYear"] = @"\-?\d{4,}" + Zone,
        ["gYearMonth"] = @"\-?\d{4,}\-\d{2}" + Zone,
        ["gMonth"] = @"\-\-\d{2}" + Zone,
        ["gMonthDay"] = @"\-\-\d{2}\-\d{2}" + Zone,
        ["gDay"] = @"\-\-\-\d{2}" + Zone,
    };

    /// <summary>A built-in type; null when there is none of that name.</summary>
    public static ValueSpec? Find(string name)
    {
        if (Texts.Contains(name))
            return Of(ValueKind.Text);
        if (Lists.Contains(name))
            return Of(ValueKind.Text) with { Item = Of(ValueKind.Text) };
        if (Numbers.TryGetValue(name, out var number))
            return Of(number.Kind, Facets.Between(number.Least, number.Most));
        if (Patterns.TryGetValue(name, out var pattern))
            return Of(ValueKind.Text, Facets.None with { Patterns = EquatableArray.Of(pattern) });
        return Others.TryGetValue(name, out var kind) ? Of(kind) : null;
    }

    /// <summary>The built-in type that is meant by a name with letters of the wrong case, by one with a letter too few or too many, or by that of a DTD; null when there is none, or several.</summary>
    public static string? Like(string name)
    {
        if (name == "CDATA")
            return "string";
        var all = Texts.Concat(Lists).Concat(Numbers.Keys).Concat(Patterns.Keys).Concat(Others.Keys).ToList();
        if (all.FirstOrDefault(known => Misspelling.HasSameLetters(known, name)) is { } sameLetters)
            return sameLetters;
        var near = all.Where(known => Misspelling.IsLike(known, name)).ToList();
        return near.Count == 1 ? near[0] : null;
    }

    public static ValueSpec Of(ValueKind kind, Facets? facets = null, string? enumType = null) =>
        new(kind, enumType, facets ?? Facets.None, null, false, false, ValueResolver.BadRequest);
}
