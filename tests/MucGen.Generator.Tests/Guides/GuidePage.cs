using System.Runtime.CompilerServices;
using System.Text;

namespace MucGen.Generator.Tests.Guides;

/// <summary>A fenced block of a page.</summary>
/// <param name="Heading">The headings that it stands under, outermost first, joined by a slash.</param>
/// <param name="Language">What the fence says: <c>xml</c>, <c>csharp</c>.</param>
/// <param name="Text">What is inside.</param>
/// <param name="Line">Where the text begins, from 1.</param>
/// <param name="Before">The last line before it that says something.</param>
internal sealed record GuideBlock(string Heading, string Language, string Text, int Line, string Before);

/// <summary>The page of the definition language, as its tests read it.</summary>
internal static class GuidePage
{
    /// <summary>The heading whose blocks are files.</summary>
    public const string WalkThrough = "Add a XEP in three files";

    private const string Fence = "```";

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = RootFrom();

    /// <summary>The page.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(Root, "schemas", "README.md")).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Its blocks in their order.</summary>
    public static IReadOnlyList<GuideBlock> Blocks { get; } = Read();

    private static List<GuideBlock> Read()
    {
        var blocks = new List<GuideBlock>();
        var headings = new List<string>();
        var lines = Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("##", StringComparison.Ordinal))
            {
                var depth = lines[i].IndexOf(' ', StringComparison.Ordinal) - 2;
                headings.RemoveRange(depth, headings.Count - depth);
                headings.Add(lines[i][(depth + 3)..]);
            }
            if (!lines[i].Contains(Fence, StringComparison.Ordinal))
                continue;

            // A fence that is indented would be read otherwise than it is shown.
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                throw new InvalidDataException($"Line {i + 1} has a fence that does not begin it.");
            var language = lines[i][Fence.Length..];
            var first = i + 1;
            var text = new StringBuilder();
            while (++i < lines.Length && lines[i] != Fence)
                text.Append(lines[i]).Append('\n');
            blocks.Add(new GuideBlock(string.Join('/', headings), language, text.ToString(), first + 1, lines.Take(first - 1).Last(line => line.Length > 0)));
        }
        return blocks;
    }

    private static string RootFrom([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
