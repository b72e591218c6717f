using System.Globalization;
using System.Text;
using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>Texts that a pattern of XML Schema takes, found by walking its steps at random.</summary>
internal static class PatternTexts
{
    private const int LongestText = 64;
    private const int Walks = 500;

    /// <summary>Characters to try at each place: common ones first, so that most texts are readable.</summary>
    private static readonly int[] Characters = [.. "a0A1bZ9z-_./:+=@# ,;!?*$%&()[]{}<>~|'\"^`\\\t", .. Enumerable.Range(' ', 95), .. Enumerable.Range(0xA0, 0x200), 0x4E2D, 0x1F600];

    /// <summary>Different texts, in an order that depends on the random numbers alone.</summary>
    public static IEnumerable<string> Of(string pattern, Random random)
    {
        var program = PatternProgram.Parse(pattern);
        return Enumerable.Range(0, Walks).Select(_ => Walk(program, random)).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static string? Walk(PatternProgram program, Random random)
    {
        var text = new StringBuilder();
        for (var at = program.Start; at != 0;)
        {
            var step = program.Steps[at];
            at = step.Set is null && random.Next(2) == 0 ? step.Other : step.Next;
            if (step.Set is not { } set)
                continue;
            if (text.Length == LongestText || Pick(set, random) is not { } character)
                return null;
            text.Append(char.ConvertFromUtf32(character));
        }
        return text.ToString();
    }

    private static int? Pick(PatternSet set, Random random)
    {
        var taken = Characters.Where(character => set.Contains(character, CharUnicodeInfo.GetUnicodeCategory(character))).Take(8).ToList();
        return taken.Count == 0 ? null : taken[random.Next(taken.Count)];
    }
}
