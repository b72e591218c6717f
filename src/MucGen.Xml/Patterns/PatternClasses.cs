using System.Collections.Generic;
using System.Globalization;

namespace MucGen.Xml;

/// <summary>The character classes that patterns name (XML Schema part 2, appendix F.1.1).</summary>
internal static class PatternClasses
{
    /// <summary>The categories in the order of <see cref="UnicodeCategory"/>, by their two letters.</summary>
    private const string Categories = "LuLlLtLmLoMnMcMeNdNlNoZsZlZpCcCfCsCoPcPdPsPePiPfPoSmScSkSoCn";

    /// <summary>The class of a letter behind a backslash; null when there is none.</summary>
    public static PatternSet? Of(char letter)
    {
        var set = char.ToLowerInvariant(letter) switch
        {
            's' => PatternSet.Of((' ', ' '), ('\t', '\n'), ('\r', '\r')),
            'i' => NameStart(),
            'c' => NamePart(),
            'd' => Category("Nd"),
            'w' => Word(),
            _ => null,
        };
        if (set is not null && char.IsUpper(letter))
            set.IsNegated = !set.IsNegated;
        return set;
    }

    /// <summary>The class of a category such as <c>Lu</c>, or of all that begin with one letter; null when there is none.</summary>
    public static PatternSet? Category(string name)
    {
        var set = new PatternSet();
        var isKnown = false;
        for (var i = 0; i < Categories.Length; i += 2)
        {
            if (Categories[i] != (name.Length is 1 or 2 ? name[0] : '\0') || (name.Length == 2 && Categories[i + 1] != name[1]))
                continue;
            set.Add((UnicodeCategory)(i / 2));
            isKnown = true;
        }
        return isKnown ? set : null;
    }

    /// <summary>All but punctuation, separators and others.</summary>
    private static PatternSet Word()
    {
        var set = new PatternSet { IsNegated = true };
        foreach (var name in (IEnumerable<string>)["P", "Z", "C"])
            set.Add(Category(name)!);
        return set;
    }

    // XML 1.0, productions 4 and 4a.
    private static PatternSet NameStart() => PatternSet.Of(
        (':', ':'), ('A', 'Z'), ('_', '_'), ('a', 'z'), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F),
        (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF));

    private static PatternSet NamePart()
    {
        var set = PatternSet.Of(('-', '.'), ('0', '9'), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040));
        set.Add(NameStart());
        return set;
    }
}
