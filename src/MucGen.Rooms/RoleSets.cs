using MucGen.Protocol;

namespace MucGen.Rooms;

/// <summary>Questions to the values of a configuration that name roles.</summary>
public static class RoleSets
{
    /// <summary>Whether the set names this role; never for <see cref="MucRole.None"/>.</summary>
    public static bool Has(this RoleSet set, MucRole role) => role switch
    {
        MucRole.Visitor => (set & RoleSet.Visitor) != RoleSet.None,
        MucRole.Participant => (set & RoleSet.Participant) != RoleSet.None,
        MucRole.Moderator => (set & RoleSet.Moderator) != RoleSet.None,
        _ => false,
    };

    /// <summary>The lowest role that may send private messages (decision A18); null when nobody may.</summary>
    public static MucRole? LowestRole(this AllowPm allow) => allow switch
    {
        AllowPm.Anyone => MucRole.Visitor,
        AllowPm.Participants => MucRole.Participant,
        AllowPm.Moderators => MucRole.Moderator,
        _ => null,
    };
}
