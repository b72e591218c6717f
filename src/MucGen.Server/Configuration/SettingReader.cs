using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MucGen.Server.Configuration;

/// <summary>One setting as it is in force, for <c>check-config</c>.</summary>
/// <param name="Key">The full key, parts separated by colons.</param>
/// <param name="Value">The value, for people; a secret is not shown.</param>
/// <param name="IsDefault">Whether nobody has set it.</param>
public sealed record Setting(string Key, string Value, bool IsDefault);

/// <summary>A setting that cannot be used.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Value">What was given.</param>
/// <param name="Fix">What to give instead.</param>
public sealed record SettingProblem(string Key, string? Value, string Fix)
{
    /// <summary>One line that names key, value and fix.</summary>
    public override string ToString() => Value is null ? $"{Key}: {Fix}" : $"{Key} = \"{Value}\": {Fix}";
}

/// <summary>Reads typed values of one configuration section and gathers every problem, so that an operator sees all of them at once.</summary>
internal sealed class SettingReader(IConfigurationSection root)
{
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All settings read so far.</summary>
    public List<Setting> Settings { get; } = [];

    /// <summary>All problems found so far.</summary>
    public List<SettingProblem> Problems { get; } = [];

    /// <summary>A text, or the default when absent or empty.</summary>
    public string Text(string key, string fallback) => OptionalText(key) ?? Default(key, fallback);

    /// <summary>A text, or null when absent or empty. A secret's value is never shown.</summary>
    public string? OptionalText(string key, bool isSecret = false)
    {
        if (Value(key) is not { } value)
            return null;
        Settings.Add(new Setting(Full(key), isSecret ? "(set)" : value, false));
        return value;
    }

    /// <summary>A whole number in a range.</summary>
    public int Number(string key, int fallback, int least, int most)
    {
        if (Value(key) is not { } value)
            return int.Parse(Default(key, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            Problem(key, value, string.Create(CultureInfo.InvariantCulture, $"give a whole number from {least} to {most} (default {fallback})."));
            return fallback;
        }

        Settings.Add(new Setting(Full(key), value, false));
        return number;
    }

    /// <summary>A whole number of seconds.</summary>
    public TimeSpan Seconds(string key, TimeSpan fallback, int least, int most) =>
        TimeSpan.FromSeconds(Number(key, (int)fallback.TotalSeconds, least, most));

    /// <summary>true or false.</summary>
    public bool Flag(string key, bool fallback)
    {
        if (Value(key) is not { } value)
            return bool.Parse(Default(key, fallback ? "true" : "false"));
        if (!bool.TryParse(value, out var flag))
        {
            Problem(key, value, $"give true or false (default {(fallback ? "true" : "false")}).");
            return fallback;
        }

        Settings.Add(new Setting(Full(key), value, false));
        return flag;
    }

    /// <summary>One of the names of an enumeration.</summary>
    public T Choice<T>(string key, T fallback) where T : struct, Enum
    {
        if (Value(key) is not { } value)
        {
            Default(key, fallback.ToString());
            return fallback;
        }

        if (!Enum.TryParse<T>(value, ignoreCase: true, out var choice) || !Enum.IsDefined(choice) || char.IsDigit(value[0]))
        {
            Problem(key, value, $"give one of {string.Join(", ", Enum.GetNames<T>())} (default {fallback}).");
            return fallback;
        }

        Settings.Add(new Setting(Full(key), choice.ToString(), false));
        return choice;
    }

    /// <summary>A list: an array in the file (Key:0, Key:1 ...), or one value with commas.</summary>
    public IReadOnlyList<string> List(string key, params ReadOnlySpan<string> fallback)
    {
        known.Add(key);
        var section = root.GetSection(key);
        IEnumerable<string> given = section.Value is { Length: > 0 } joined
            ? joined.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : section.GetChildren().Where(child => child.Value is { Length: > 0 }).Select(child => child.Value!.Trim());
        var values = given.ToArray();
        if (values.Length == 0)
        {
            var defaults = fallback.ToArray();
            Settings.Add(new Setting(Full(key), string.Join(", ", defaults), true));
            return defaults;
        }

        Settings.Add(new Setting(Full(key), string.Join(", ", values), false));
        return values;
    }

    /// <summary>Notes that a value cannot be used.</summary>
    public void Problem(string key, string? value, string fix) => Problems.Add(new SettingProblem(Full(key), value, fix));

    /// <summary>Notes every key of the section that nobody has read: most likely a misspelling.</summary>
    public void ReportUnknown()
    {
        foreach (var leaf in Leaves(root, ""))
        {
            if (!known.Contains(leaf) && !known.Contains(Parent(leaf)))
                Problem(leaf, root[leaf], "no such setting; see `mucgen check-config` for all of them.");
        }
    }

    private static string Parent(string key) => key.LastIndexOf(':') is > 0 and var colon ? key[..colon] : "";

    private static IEnumerable<string> Leaves(IConfigurationSection section, string prefix)
    {
        foreach (var child in section.GetChildren())
        {
            var key = prefix.Length == 0 ? child.Key : $"{prefix}:{child.Key}";
            if (child.Value is not null)
                yield return key;
            foreach (var leaf in Leaves(child, key))
                yield return leaf;
        }
    }

    private static string Full(string key) => $"{MucGenOptions.Section}:{key}";

    private string? Value(string key)
    {
        known.Add(key);
        return root[key]?.Trim() is { Length: > 0 } value ? value : null;
    }

    private string Default(string key, string value)
    {
        Settings.Add(new Setting(Full(key), value, true));
        return value;
    }
}
