using System.Text.RegularExpressions;
using MucGen.Requirements.Reading;

namespace MucGen.Requirements.Citing;

/// <summary>
/// Finds citations in C#: the attributes <c>[Proves(...)]</c> and <c>[ProvesRowsOf(...)]</c>, ids in comments, and ids that are an argument of
/// <c>[InlineData(...)]</c>, whose case proves them. An id in another string is none, because tests have ids as data too.
/// </summary>
public static partial class CodeCitations
{
    /// <summary>The citations of single ids in a source text.</summary>
    public static IEnumerable<Citation> In(string place, string source) =>
        from cited in Comment().Matches(source).Concat(Attribute().Matches(source)).Concat(Cases(source))
        from id in RequirementId.In(cited.Value)
        select new Citation(id, $"{place}:{LineOf(source, cited.Index)}");

    private static IEnumerable<Match> Cases(string source) => Case().Matches(source).Where(argument => RequirementId.Is(argument.Value));

    /// <summary>The lists that tests of a source text are driven by, each with the file of its exceptions or null.</summary>
    public static IEnumerable<(string List, string? Except, string Place)> TablesIn(string place, string source) =>
        from cited in Table().Matches(source)
        let except = cited.Groups["except"]
        select (cited.Groups["list"].Value, except.Success ? except.Value : null, $"{place}:{LineOf(source, cited.Index)}");

    private static int LineOf(string source, int index) => source.AsSpan(0, index).Count('\n') + 1;

    // The colon keeps the addresses in strings, http://..., from starting a comment.
    [GeneratedRegex(@"(?<!:)//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\[,]\s*Proves\([^)]*\)")]
    private static partial Regex Attribute();

    // An argument between quotes, on the line that an InlineData begins.
    [GeneratedRegex(@"(?<=\[InlineData\([^\n]*"")[^""\s]+(?=""[^\n]*\)\])")]
    private static partial Regex Case();

    [GeneratedRegex(@"[\[,]\s*ProvesRowsOf\(\s*""(?<list>[^""]+)""(,\s*Except\s*=\s*""(?<except>[^""]+)"")?\s*\)")]
    private static partial Regex Table();
}
