using System.Globalization;
using System.Text;
using MucGen.Generator.Model;
using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>Texts that are values of a type, written as our writer writes them.</summary>
internal sealed class ValueTexts(Catalog catalog, Random random)
{
    private readonly Dictionary<string, EnumSpec> enums = catalog.Enums.ToDictionary(spec => spec.TypeName, StringComparer.Ordinal);

    /// <summary>One value.</summary>
    /// <exception cref="InvalidOperationException">None is found: the type may have no values.</exception>
    public string Of(ValueSpec value)
    {
        var found = Candidates(value).FirstOrDefault(text => Fits(value, text));
        return found ?? throw new InvalidOperationException($"no text is found for the type {value.Kind} with {value.Facets}");
    }

    private IEnumerable<string> Candidates(ValueSpec value)
    {
        if (!value.Facets.Patterns.IsEmpty)
            return PatternTexts.Of(value.Facets.Patterns[0], random);
        return value.Kind switch
        {
            ValueKind.Enumeration => [Enumeration(value.EnumType!)],
            ValueKind.Number or ValueKind.LongNumber or ValueKind.UnsignedLong or ValueKind.Decimal or ValueKind.Double => [Number(value)],
            ValueKind.Boolean => [random.Next(2) == 0 ? "false" : "true"],
            ValueKind.Instant => [random.Next(2) == 0 ? "2026-11-26T03:04:05Z" : "2026-11-26T03:04:05.678Z"],
            ValueKind.Jid or ValueKind.FullJid => ["romeo@example.net/orchard"],
            ValueKind.BareJid => ["romeo@example.net"],
            ValueKind.Nick => ["thirdwitch"],
            ValueKind.Base64 => ["bXVj", "bQ=="],
            ValueKind.Hex => ["0a1b"],
            ValueKind.Language => [random.Next(2) == 0 ? "en" : "de-CH"],
            _ => Texts(value),
        };
    }

    private IEnumerable<string> Texts(ValueSpec value)
    {
        if (!value.Union.IsEmpty)
            return [Of(value.Union[random.Next(value.Union.Count)])];
        var (least, most) = (value.Facets.MinLength ?? 0, value.Facets.MaxLength ?? int.MaxValue);
        if (value.Item is { } item)
            return [string.Join(' ', Enumerable.Range(0, Math.Clamp(1 + random.Next(3), least, most)).Select(_ => Of(item)))];
        return ["double, double & <toil>: \u00e9\u4e2d", "witch", "w", new string('w', Math.Max(least, 1)), ""];
    }

    private string Enumeration(string name)
    {
        if (enums.TryGetValue(name, out var spec))
            return spec.Members[random.Next(spec.Members.Count)].Wire;
        // One written by hand; its words are those of its members in lower case.
        var members = Enum.GetNames(typeof(Stanza).Assembly.GetType(name["global::".Length..], throwOnError: true)!);
        return members[random.Next(members.Length)].ToLowerInvariant();
    }

    private string Number(ValueSpec value)
    {
        var least = value.Facets.Least is { } low ? low.Value + (low.IsExclusive ? 1 : 0) : -100;
        var most = value.Facets.Most is { } high ? high.Value - (high.IsExclusive ? 1 : 0) : Math.Max(least, 0) + 1000;
        if (most < least)
            return ((value.Facets.Least!.Value + value.Facets.Most!.Value) / 2).ToString(CultureInfo.InvariantCulture);
        var from = Math.Clamp(-100, least, most);
        var number = decimal.Floor(from + ((decimal)random.NextDouble() * (Math.Min(most, from + 1000) - from)));
        return Math.Clamp(number, least, most).ToString(CultureInfo.InvariantCulture);
    }

    private static bool Fits(ValueSpec value, string text)
    {
        if (value.MaxBytes is { } bytes && Encoding.UTF8.GetByteCount(text) > bytes)
            return false;
        if (value.Kind == ValueKind.Text && value.Item is null && (text.EnumerateRunes().Count() is var length) && (length < value.Facets.MinLength || length > value.Facets.MaxLength))
            return false;
        return value.Facets.Patterns.All(pattern => new XmlPattern(pattern).Matches(text));
    }
}
