using System.Globalization;

namespace MucGen.Protocol;

/// <summary>
/// Values of configuration fields as they are stored: by <c>var</c>, as the strings that a form would carry. Reading never fails: what is missing or
/// cannot be read has its default, so that a store written by an older version can always be opened.
/// </summary>
public static class StoredValue
{
    /// <summary>A Boolean as <c>1</c> or <c>0</c>.</summary>
    public static string[] Of(bool value) => [value ? "1" : "0"];

    /// <summary>A number in decimal.</summary>
    public static string[] Of(int value) => [value.ToString(CultureInfo.InvariantCulture)];

    /// <summary>A number in decimal, or no value.</summary>
    public static string[] Of(int? value) => value is { } number ? Of(number) : [];

    /// <summary>A text.</summary>
    public static string[] Of(string value) => [value];

    /// <summary>The Boolean stored for a variable.</summary>
    public static bool Read(IReadOnlyDictionary<string, string[]> values, string variable, bool fallback) =>
        Find(values, variable) switch
        {
            ["1" or "true"] => true,
            ["0" or "false"] => false,
            _ => fallback,
        };

    /// <summary>The number stored for a variable.</summary>
    public static int Read(IReadOnlyDictionary<string, string[]> values, string variable, int fallback) =>
        Find(values, variable) is [var text] && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : fallback;

    /// <summary>The number stored for a variable; stored without a value, it is null.</summary>
    public static int? Read(IReadOnlyDictionary<string, string[]> values, string variable, int? fallback) =>
        Find(values, variable) switch
        {
            [] => null,
            [var text] when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
            _ => fallback,
        };

    /// <summary>The text stored for a variable.</summary>
    public static string Read(IReadOnlyDictionary<string, string[]> values, string variable, string fallback) =>
        Find(values, variable) is [var text] ? text : fallback;

    /// <summary>The strings stored for a variable; null when there are none.</summary>
    public static string[]? Find(IReadOnlyDictionary<string, string[]> values, string variable)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.TryGetValue(variable, out var found) ? found : null;
    }
}
