using MucGen.Protocol;
using MucGen.Requirements.Reading;
using MucGen.Rooms.Privileges;
using Xunit;

namespace MucGen.Rooms.Tests.Privileges;

/// <summary>
/// Every cell of the role and affiliation matrices against the rules (muc-5.1.1-07, muc-5.1.3-09, muc-5.2.1-03, muc-5.2.2-03).
/// A cell that no rule decides by itself is named in <c>privileges-told-by-dialogues.tsv</c> with the reason; anything else must be judged.
/// </summary>
[ProvesRowsOf("xep-0045-privileges", Except = "privileges-told-by-dialogues.tsv")]
public sealed class PrivilegeMatrixTests
{
    /// <summary>Cells that depend on more than the tables; transcripts prove them.</summary>
    private static readonly IReadOnlyDictionary<string, string> ToldByDialogues =
        Repository.Around(AppContext.BaseDirectory).Exceptions("privileges-told-by-dialogues.tsv");

    public static TheoryData<string> Ids => new(PrivilegeCell.All.Select(cell => cell.Id).Except(ToldByDialogues.Keys));

    [Fact]
    public void The_matrix_is_complete() => Assert.Equal(518, PrivilegeCell.All.Count);

    [Fact]
    public void Affiliations_and_roles_are_ordered_by_rank()
    {
        Assert.True(MucAffiliation.Outcast < MucAffiliation.None && MucAffiliation.None < MucAffiliation.Member);
        Assert.True(MucAffiliation.Member < MucAffiliation.Admin && MucAffiliation.Admin < MucAffiliation.Owner);
        Assert.True(MucRole.None < MucRole.Visitor && MucRole.Visitor < MucRole.Participant && MucRole.Participant < MucRole.Moderator);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_rules_agree_with_the_matrix(string id)
    {
        var cell = PrivilegeCell.All.Single(c => c.Id == id);
        var verdicts = PrivilegeVerdicts.Of(cell);
        Assert.NotEmpty(verdicts);
        foreach (var verdict in verdicts)
            AssertExpected(cell, verdict);
    }

    private static void AssertExpected(PrivilegeCell cell, Refusal? verdict)
    {
        var given = verdict is null ? "" : $"{verdict.Type}/{verdict.Condition}";
        var named = cell.Error.Split(' ').FirstOrDefault(word => word.Contains('/', StringComparison.Ordinal)) ?? "";
        named = named.Replace("-", "", StringComparison.Ordinal);
        var expected = cell.Allowed switch
        {
            "no" or "default-no" => [named],
            "may" => ["", named],
            _ => new[] { "" },
        };
        Assert.Contains(given, expected, StringComparer.OrdinalIgnoreCase);
    }
}
