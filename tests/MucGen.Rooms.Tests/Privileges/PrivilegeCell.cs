namespace MucGen.Rooms.Tests.Privileges;

/// <summary>One row of <c>xep-0045-privileges.tsv</c>: who may do what to whom, and the error when not.</summary>
public sealed record PrivilegeCell(
    string Id, string Matrix, string Actor, string Action, string Target, string Allowed, string Condition, string Error, string SideEffects)
{
    public static IReadOnlyList<PrivilegeCell> All { get; } = Read();

    /// <summary>Whether the actor's column names this word as a whole, such as <c>admin</c>.</summary>
    public bool ActorIs(string word) => Actor.Split(' ', ',').Contains(word);

    public override string ToString() => $"{Id}: {Actor}: {Action} -> {Target}";

    private static List<PrivilegeCell> Read()
    {
        using var stream = typeof(PrivilegeCell).Assembly.GetManifestResourceStream("xep-0045-privileges.tsv")!;
        using var reader = new StreamReader(stream);
        var cells = new List<PrivilegeCell>();
        _ = reader.ReadLine(); // the heading
        while (reader.ReadLine() is { } line)
        {
            var c = line.Split('\t');
            cells.Add(new PrivilegeCell(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]));
        }

        return cells;
    }
}
