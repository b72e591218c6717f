using System.Text.RegularExpressions;

namespace MucGen.Requirements.Reading;

/// <summary>Reads the lists, whatever their columns.</summary>
public static partial class RequirementLists
{
    /// <summary>Every row of every list of a folder, in the order of the files.</summary>
    /// <exception cref="FormatException">An id is given twice, or does not look like one.</exception>
    public static IReadOnlyList<Requirement> Read(string folder)
    {
        var rows = Directory.EnumerateFiles(folder, "*.tsv").Order(StringComparer.Ordinal).SelectMany(ReadList).ToList();
        if (rows.Find(row => !RequirementId.Is(row.Id)) is { } odd)
            throw new FormatException($"{odd.List}: '{odd.Id}' does not look like an id");
        if (rows.CountBy(row => row.Id).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new FormatException($"the id {twice} is given twice");
        return rows;
    }

    private static IEnumerable<Requirement> ReadList(string file)
    {
        var list = Path.GetFileNameWithoutExtension(file);
        return TabSeparated.Read(file).Select(row =>
            row.ContainsKey("form_type") ? Field(list, row)
            : row.ContainsKey("matrix") ? Cell(list, row)
            : Point(list, row));
    }

    private static Requirement Point(string list, IReadOnlyDictionary<string, string> row) =>
        new(list, row["id"], row["level"], row["requirement"], YieldsTo(row["expected"]) ?? YieldsTo(row["notes"]));

    private static Requirement Cell(string list, IReadOnlyDictionary<string, string> row) =>
        new(list, row["id"], "CELL", $"{row["actor"]}: {row["action"]} -> {row["target"]}: {row["allowed"]}", null);

    // A field has no id of its own; its form and its variable, without a namespace, make one, such as roominfo/muc#roominfo_subject.
    private static Requirement Field(string list, IReadOnlyDictionary<string, string> row) =>
        new(list, $"{row["form_type"].Split('#')[^1]}/{row["var"].Split('}')[^1]}", "FIELD", row["effect"], null);

    private static string? YieldsTo(string text) =>
        Overridden().Match(text) is { Success: true } match ? "muc-" + match.Groups["decision"].Value : null;

    [GeneratedRegex(@"OVERRIDDEN by (?<decision>A\d+)")]
    private static partial Regex Overridden();
}
