using System.Text.RegularExpressions;

namespace MucGen.Requirements.Reading;

/// <summary>How ids look, so that they are found in running text.</summary>
public static partial class RequirementId
{
    /// <summary>Every id in a text, in order.</summary>
    public static IEnumerable<string> In(string text) => Pattern().Matches(text).Select(match => match.Value);

    /// <summary>Whether a text is one id and nothing else.</summary>
    public static bool Is(string text) => Pattern().Match(text) is { Success: true } match && match.Length == text.Length;

    [GeneratedRegex(@"(?<![\w/#-])(muc-(A\d+|[\d.]+-\d+)|priv-[a-z]{2}-\d+|(CI|MC|CX)-\d+-\d+|(roomconfig|register|request|roominfo)/[\w#-]+)(?![\w#-])")]
    private static partial Regex Pattern();
}
