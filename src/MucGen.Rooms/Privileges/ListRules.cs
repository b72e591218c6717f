using MucGen.Protocol;

namespace MucGen.Rooms.Privileges;

/// <summary>Who may read which list (XEP-0045 8.5, 9.2, 9.5, 9.8, 10.5, 10.8), and who may do what owners do (10).</summary>
public static class ListRules
{
    /// <summary>Reading the list of those who have an affiliation.</summary>
    /// <param name="affiliation">The affiliation of the one who asks.</param>
    /// <param name="role">The highest role of the one who asks in the room, <see cref="MucRole.None"/> when absent.</param>
    /// <param name="list">The list asked for.</param>
    /// <param name="isNonAnonymous">Whether everybody in the room may see real JIDs.</param>
    /// <param name="roleMayReadMembers">Whether the room's <c>muc#roomconfig_getmemberlist</c> names that role.</param>
    public static Refusal? CheckAffiliationList(
        MucAffiliation affiliation, MucRole role, MucAffiliation list, bool isNonAnonymous, bool roleMayReadMembers)
    {
        if (affiliation == MucAffiliation.Owner)
            return null;
        var allowed = list switch
        {
            // 10.5, 10.8: never to others in a semi-anonymous room; otherwise to those who belong to the room.
            MucAffiliation.Owner or MucAffiliation.Admin => isNonAnonymous && affiliation >= MucAffiliation.Member,
            // 5.2.1, 9.5, decision A06: getmemberlist narrows or widens among occupants, and only where JIDs are no secret.
            MucAffiliation.Member when affiliation < MucAffiliation.Admin =>
                isNonAnonymous && affiliation != MucAffiliation.Outcast
                && (role == MucRole.None ? affiliation == MucAffiliation.Member : roleMayReadMembers),
            _ => affiliation == MucAffiliation.Admin,
        };
        return allowed ? null : NotForYou;
    }

    /// <summary>Reading the list of those who have a role: any moderator, and admins and owners even when absent (decision A11).</summary>
    public static Refusal? CheckRoleList(MucAffiliation affiliation, bool isModerator) =>
        RoleChangeRules.CheckRight(affiliation, isModerator);

    /// <summary>Reading, changing and cancelling the configuration, and destroying the room (10.2, 10.9): by bare JID, presence not needed.</summary>
    public static Refusal? CheckOwner(MucAffiliation affiliation) => affiliation == MucAffiliation.Owner ? null : OnlyOwners;

    private static readonly Refusal NotForYou = Refusal.Forbidden("This list is not open to you.");
    private static readonly Refusal OnlyOwners = Refusal.Forbidden("Only owners may do that.");
}
