using System.Collections.Generic;
using System.Linq;
using System.Text;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>The pieces of text that views and writers share: types, checks and the wire shape in words.</summary>
internal static class Shapes
{
    /// <summary>The name of a view's constant for the key of a child that has no view of its own.</summary>
    public static string KeyName(ChildSpec child) => child.Kind == ChildKind.View ? $"{child.TypeName}View.Key" : child.MethodName + "Key";

    public static string Key(ElementName name) => $"(ElementKey)0x{ElementKeyHash.Of(name.Namespace, name.Local):x8}";

    /// <summary>An expression for the text of an attribute.</summary>
    public static string Attribute(string element, FieldSpec field) => field.Namespace is null
        ? $"{element}.Attribute({CSharp.AttributeName(field.WireName)})"
        : $"{element}.Attribute({CSharp.Utf8(field.Namespace)}, {CSharp.Utf8(field.WireName)})";

    /// <summary>The C# type of a value, without nullability.</summary>
    public static string Type(ValueSpec value) => value.Kind switch
    {
        ValueKind.Enumeration => value.EnumType!,
        ValueKind.Number => "int",
        ValueKind.LongNumber => "long",
        ValueKind.UnsignedLong => "ulong",
        ValueKind.Decimal => "decimal",
        ValueKind.Double => "double",
        ValueKind.Boolean => "bool",
        ValueKind.Instant => "DateTimeOffset",
        ValueKind.Jid or ValueKind.BareJid or ValueKind.FullJid => "JidText",
        _ => value.Item is null ? "XmlText" : "WordList",
    };

    /// <summary>Whether absence is told by a null, and not by the value itself.</summary>
    public static bool IsStruct(ValueSpec value) => value.Kind is ValueKind.Enumeration or ValueKind.Boolean or ValueKind.Instant || IsNumber(value);

    public static bool IsNumber(ValueSpec value) =>
        value.Kind is ValueKind.Number or ValueKind.LongNumber or ValueKind.UnsignedLong or ValueKind.Decimal or ValueKind.Double;

    /// <summary>Whether every text is a value of the type.</summary>
    public static bool TakesAll(ValueSpec value) => IsValid(value, "text", "_", PatternNames.Of([value])) is null;

    /// <summary>The static class with the names of an enumeration.</summary>
    public static string NamesOf(string enumType) => enumType + "Names";

    /// <summary>An expression that is true when <paramref name="text"/> is a value of the type; null when every text is one.</summary>
    /// <param name="value">The type.</param>
    /// <param name="text">An expression for the text.</param>
    /// <param name="number">A name for a variable, where the check needs one.</param>
    /// <param name="patterns">The names of the patterns that are emitted beside; not needed for a type that has none.</param>
    public static string? IsValid(ValueSpec value, string text, string number, PatternNames? patterns = null)
    {
        if (value.Open || value.Lenient)
            return value.MaxBytes is { } limit && value.Open ? $"FieldRules.FitsIn({text}, {limit})" : null;
        var conditions = new List<string>();
        switch (value.Kind)
        {
            case ValueKind.Jid:
                conditions.Add($"FieldRules.IsJid({text})");
                break;
            case ValueKind.BareJid:
                conditions.Add($"FieldRules.IsBareJid({text})");
                break;
            case ValueKind.FullJid:
                conditions.Add($"FieldRules.IsFullJid({text})");
                break;
            case ValueKind.Nick:
                conditions.Add($"FieldRules.IsNick({text})");
                break;
            case ValueKind.Base64:
                conditions.Add($"FieldRules.IsBase64({text})");
                break;
            case ValueKind.Hex:
                conditions.Add($"FieldRules.IsHex({text})");
                break;
            case ValueKind.Language:
                conditions.Add($"FieldRules.IsLanguage({text})");
                break;
            case ValueKind.Text:
                AddTextConditions(conditions, value, text, number, patterns);
                break;
            default:
                conditions.Add(TryParse(value, text, NeedsVariable(value) ? number : "_"));
                break;
        }
        foreach (var pattern in value.Facets.Patterns)
            conditions.Add($"{patterns!.NameOf(pattern)}.Matches({text})");
        if (value.MaxBytes is { } bytes)
            conditions.Add($"FieldRules.FitsIn({text}, {bytes})");
        return conditions.Count == 0 ? null : string.Join(" && ", conditions);
    }

    /// <summary>An expression that parses a struct value to <paramref name="result"/>, range included.</summary>
    public static string TryParse(ValueSpec value, string text, string result)
    {
        switch (value.Kind)
        {
            case ValueKind.Enumeration:
                return $"{NamesOf(value.EnumType!)}.TryParse({text}, out {Out(result)})";
            case ValueKind.Boolean:
                return $"{text}.TryParseBoolean(out {Out(result)})";
            case ValueKind.Instant:
                return $"{text}.TryParseInstant(out {Out(result)})";
            default:
                var method = value.Kind switch
                {
                    ValueKind.LongNumber => "TryParseInt64",
                    ValueKind.UnsignedLong => "TryParseUInt64",
                    ValueKind.Decimal => "TryParseDecimal",
                    ValueKind.Double => "TryParseDouble",
                    _ => "TryParseInt32",
                };
                return Range(value) is { } range ? $"{text}.{method}(out var {result}) && {result} is {range}" : $"{text}.{method}(out {Out(result)})";
        }
    }

    /// <summary>The same, negated.</summary>
    public static string? IsInvalid(ValueSpec value, string text, string number, PatternNames? patterns = null) => IsValid(value, text, number, patterns) switch
    {
        null => null,
        { } valid when valid.Contains(" && ") || valid.Contains(" || ") => $"!({valid})",
        { } valid => "!" + valid,
    };

    /// <summary>The wire shape in words: <c>muc#user item: affiliation? jid? (actor? reason?)</c>.</summary>
    public static string Describe(ElementSpec element)
    {
        var text = new StringBuilder(ShortNamespace(element.Name.Namespace)).Append(' ').Append(element.Name.Local);
        var fields = element.Attributes.Select(a => a.WireName + (a.Required ? "" : "?"));
        var children = element.Children.Select(c => (c.Order, Text: c.Name.Local + Times(c.Min, c.Max)))
            .Concat(element.Conditions.Select(c => (c.Order, Text: "{" + c.PropertyName + "}" + (c.Required ? "" : "?"))))
            .Concat(element.HasOthers ? [(element.OthersOrder, "{any}*")] : [])
            .OrderBy(c => c.Item1)
            .Select(c => c.Item2);
        var inside = element.Value is not null ? "text" : string.Join(" ", children);
        if (!element.Attributes.IsEmpty || inside.Length > 0)
            text.Append(':');
        foreach (var field in fields)
            text.Append(' ').Append(field);
        if (inside.Length > 0)
            text.Append(" (").Append(inside).Append(')');
        return text.ToString();
    }

    private static string Times(int min, int max) => (min, max) switch
    {
        (0, 1) => "?",
        (1, 1) => "",
        (0, ParticleModel.Unbounded) => "*",
        (1, ParticleModel.Unbounded) => "+",
        _ => max == ParticleModel.Unbounded ? $"{{{min},}}" : $"{{{min},{max}}}",
    };

    private static string ShortNamespace(string ns)
    {
        var slash = ns.LastIndexOf('/');
        var tail = ns.StartsWith("http://jabber.org/protocol/", System.StringComparison.Ordinal) ? ns.Substring("http://jabber.org/protocol/".Length) : slash >= 0 ? ns.Substring(slash + 1) : ns;
        return tail.Length == 0 ? ns : tail;
    }

    /// <summary>What is asked of a text: its length, the words in it, or that it is one of several types.</summary>
    private static void AddTextConditions(List<string> conditions, ValueSpec value, string text, string number, PatternNames? patterns)
    {
        var (min, max) = (value.Facets.MinLength ?? 0, value.Facets.MaxLength is { } most ? CSharp.Number(most) : "int.MaxValue");
        if (min > 0 || max != "int.MaxValue")
            conditions.Add(value.Item is null ? $"FieldRules.HasLength({text}, {min}, {max})" : $"FieldRules.HasWords({text}, {min}, {max})");
        if (value.Item is { } item && IsValid(item, "word", number + "Word", patterns) is { } isWord)
            conditions.Add($"FieldRules.AreWords({text}, static word => {isWord})");
        if (!value.Union.IsEmpty)
            conditions.Add("(" + string.Join(" || ", value.Union.Select((member, i) => Alternative(member, i))) + ")");

        string Alternative(ValueSpec member, int i) => IsValid(member, text, $"{number}{i + 1}", patterns) is { } valid && valid.Contains(" && ") ? $"({valid})" : IsValid(member, text, $"{number}{i + 1}", patterns)!;
    }

    private static bool NeedsVariable(ValueSpec value) => IsNumber(value) && Range(value) is not null;

    private static string Out(string result) => result == "_" ? "_" : "var " + result;

    /// <summary>The limits that parsing itself does not enforce, as a pattern of C#; null when there are none.</summary>
    private static string? Range(ValueSpec value)
    {
        var (min, max) = value.Kind switch
        {
            ValueKind.LongNumber => (long.MinValue, long.MaxValue),
            ValueKind.UnsignedLong => (ulong.MinValue, ulong.MaxValue),
            ValueKind.Number => (int.MinValue, int.MaxValue),
            _ => (decimal.MinValue, decimal.MaxValue),
        };
        var suffix = value.Kind switch { ValueKind.Decimal => "m", ValueKind.Double => "d", _ => "" };
        var low = value.Facets.Least is { } least && (least.Value > min || (least.IsExclusive && least.Value == min)) ? $"{(least.IsExclusive ? ">" : ">=")} {CSharp.Number(least.Value)}{suffix}" : null;
        var high = value.Facets.Most is { } most && (most.Value < max || (most.IsExclusive && most.Value == max)) ? $"{(most.IsExclusive ? "<" : "<=")} {CSharp.Number(most.Value)}{suffix}" : null;
        return low is not null && high is not null ? $"{low} and {high}" : low ?? high;
    }
}
