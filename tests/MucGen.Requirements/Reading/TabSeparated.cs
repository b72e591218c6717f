namespace MucGen.Requirements.Reading;

/// <summary>A table with a heading: lines of cells between tabs.</summary>
public static class TabSeparated
{
    /// <summary>The rows, by the names in the heading. A cell missing at the end of a line is empty.</summary>
    /// <exception cref="FormatException">A row has more cells than the heading.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split('\t');
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split('\t');
            if (cells.Length > names.Length)
                throw new FormatException($"{file}:{i + 1}: {cells.Length} cells under {names.Length} headings");
            yield return names.Select((name, column) => (name, Cell: cells.ElementAtOrDefault(column) ?? ""))
                .ToDictionary(c => c.name, c => c.Cell, StringComparer.Ordinal);
        }
    }
}
