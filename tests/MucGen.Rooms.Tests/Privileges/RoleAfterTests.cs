using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using Xunit;

namespace MucGen.Rooms.Tests.Privileges;

/// <summary>The role that follows from a change of affiliation (XEP-0045 5.1.3; muc-A41).</summary>
public sealed class RoleAfterTests
{
    private static readonly MucRole[] Roles = [MucRole.Visitor, MucRole.Participant, MucRole.Moderator];

    [Fact]
    public void A_gain_never_lowers_the_role() // muc-9.3-06
    {
        foreach (var (role, from, to, isModerated) in Cases().Where(c => c.To >= c.From))
            Assert.True(AffiliationChangeRules.RoleAfter(role, from, to, isModerated) >= role);
    }

    [Fact]
    public void A_loss_never_raises_the_role()
    {
        foreach (var (role, from, to, isModerated) in Cases().Where(c => c.To < c.From))
            Assert.True(AffiliationChangeRules.RoleAfter(role, from, to, isModerated) <= role);
    }

    [Fact]
    public void Admins_and_owners_become_moderators() // muc-5.1.3-06
    {
        foreach (var (role, from, to, isModerated) in Cases().Where(c => c.To >= MucAffiliation.Admin && c.To > c.From))
            Assert.Equal(MucRole.Moderator, AffiliationChangeRules.RoleAfter(role, from, to, isModerated));
    }

    [Theory]
    [InlineData(MucRole.Visitor, MucAffiliation.None, MucAffiliation.Member, true, MucRole.Participant)] // muc-5.1.3-07
    [InlineData(MucRole.Moderator, MucAffiliation.Admin, MucAffiliation.None, false, MucRole.Participant)] // muc-5.1.3-08
    [InlineData(MucRole.Moderator, MucAffiliation.Admin, MucAffiliation.None, true, MucRole.Visitor)]
    [InlineData(MucRole.Moderator, MucAffiliation.Owner, MucAffiliation.Admin, true, MucRole.Moderator)]
    [InlineData(MucRole.Participant, MucAffiliation.Owner, MucAffiliation.Admin, true, MucRole.Participant)]
    [InlineData(MucRole.Participant, MucAffiliation.Member, MucAffiliation.None, false, MucRole.Participant)] // muc-9.4-04
    [InlineData(MucRole.Participant, MucAffiliation.Member, MucAffiliation.None, true, MucRole.Visitor)]
    public void The_decided_cases(MucRole role, MucAffiliation from, MucAffiliation to, bool isModerated, MucRole expected) =>
        Assert.Equal(expected, AffiliationChangeRules.RoleAfter(role, from, to, isModerated));

    private static IEnumerable<(MucRole Role, MucAffiliation From, MucAffiliation To, bool IsModerated)> Cases() =>
        from role in Roles
        from a in Enum.GetValues<MucAffiliation>()
        from b in Enum.GetValues<MucAffiliation>()
        where a != MucAffiliation.Outcast && b != MucAffiliation.Outcast
        from isModerated in new[] { false, true }
        select (role, a, b, isModerated);
}
