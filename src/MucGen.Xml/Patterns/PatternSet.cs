using System.Collections.Generic;
using System.Globalization;

namespace MucGen.Xml;

/// <summary>Which characters one place of a pattern takes: ranges and Unicode categories, turned around, less another set.</summary>
internal sealed class PatternSet
{
    private readonly List<(int First, int Last)> ranges = [];
    private readonly List<PatternSet> parts = [];
    private uint categories;

    /// <summary>All characters but those that were added.</summary>
    public bool IsNegated { get; set; }

    /// <summary>Characters that are taken away in the end; null when none are.</summary>
    public PatternSet? Except { get; set; }

    public static PatternSet Of(params (int First, int Last)[] ranges)
    {
        var set = new PatternSet();
        set.ranges.AddRange(ranges);
        return set;
    }

    public void Add(int first, int last) => ranges.Add((first, last));

    public void Add(PatternSet part) => parts.Add(part);

    public void Add(UnicodeCategory category) => categories |= 1u << (int)category;

    /// <summary>Whether a character is taken.</summary>
    /// <param name="character">The code point.</param>
    /// <param name="category">Its category.</param>
    public bool Contains(int character, UnicodeCategory category) =>
        Has(character, category) != IsNegated && Except?.Contains(character, category) != true;

    private bool Has(int character, UnicodeCategory category)
    {
        if ((categories & (1u << (int)category)) != 0)
            return true;
        foreach (var (first, last) in ranges)
        {
            if (character >= first && character <= last)
                return true;
        }
        foreach (var part in parts)
        {
            if (part.Contains(character, category))
                return true;
        }
        return false;
    }
}
