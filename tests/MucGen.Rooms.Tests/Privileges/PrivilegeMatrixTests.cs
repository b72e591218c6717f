using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using Xunit;

namespace MucGen.Rooms.Tests.Privileges;

/// <summary>
/// Every cell of the role and affiliation matrices against the rules (muc-5.1.1-07, muc-5.1.3-09, muc-5.2.1-03, muc-5.2.2-03).
/// A cell that no rule decides by itself is named in <see cref="ToldByDialogues"/> with the reason; anything else must be judged.
/// </summary>
public sealed class PrivilegeMatrixTests
{
    private const string Everyone = "what every occupant gets or does, whatever its role";

    /// <summary>Actions that depend on more than the tables; transcripts prove them.</summary>
    private static readonly Dictionary<string, string> ToldByDialogues = new(StringComparer.Ordinal)
    {
        ["be present in the room"] = Everyone,
        ["receive groupchat messages"] = Everyone,
        ["receive occupant presence"] = Everyone,
        ["have own presence broadcast"] = "muc#roomconfig_presencebroadcast",
        ["change availability"] = Everyone,
        ["change nickname"] = Everyone,
        ["leave (to none)"] = Everyone,
        ["set affiliation to none (jabber:iq:register remove)"] = "the registration state machine",
    };

    /// <summary>Single cells about the shape of a request rather than about rights.</summary>
    private static readonly HashSet<string> AboutTheRequest = new(StringComparer.Ordinal)
    {
        "priv-rc-155", // the nick is not in the room
        "priv-rc-156", // role and affiliation in one item
        "priv-ac-112", // a full JID is reduced
        "priv-ac-113", // a malformed JID
    };

    public static TheoryData<string> Ids => new(PrivilegeCell.All.Select(cell => cell.Id));

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
        if (ToldByDialogues.ContainsKey(cell.Action) || AboutTheRequest.Contains(id))
            return;

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
