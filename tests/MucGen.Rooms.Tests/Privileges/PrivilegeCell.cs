using MucGen.Requirements.Reading;

namespace MucGen.Rooms.Tests.Privileges;

/// <summary>One row of <c>xep-0045-privileges.tsv</c>: who may do what to whom, and the error when not.</summary>
public sealed record PrivilegeCell(
    string Id, string Matrix, string Actor, string Action, string Target, string Allowed, string Condition, string Error, string SideEffects)
{
    public static IReadOnlyList<PrivilegeCell> All { get; } = Read();

    /// <summary>Whether the actor's column names this word as a whole, such as <c>admin</c>.</summary>
    public bool ActorIs(string word) => Actor.Split(' ', ',').Contains(word);

    public override string ToString() => $"{Id}: {Actor}: {Action} -> {Target}";

    private static List<PrivilegeCell> Read() =>
    [
        .. TabSeparated.Read(Path.Combine(Repository.Around(AppContext.BaseDirectory).Lists, "xep-0045-privileges.tsv")).Select(row => new PrivilegeCell(
            row["id"], row["matrix"], row["actor"], row["action"], row["target"], row["allowed"], row["condition"], row["error_if_denied"], row["side_effects"])),
    ];
}
