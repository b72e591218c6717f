using MucGen.Protocol;

namespace MucGen.Rooms.Privileges;

/// <summary>What an affiliation means at the door (XEP-0045 5.1.2, 5.2.1, 7.2.6, 7.2.7, 7.10).</summary>
public static class EntryRules
{
    /// <summary>The role of somebody who enters (5.1.2); <see cref="MucRole.None"/> for outcasts.</summary>
    public static MucRole DefaultRole(MucAffiliation affiliation, bool isModerated) => affiliation switch
    {
        MucAffiliation.Outcast => MucRole.None,
        MucAffiliation.None => isModerated ? MucRole.Visitor : MucRole.Participant,
        MucAffiliation.Member => MucRole.Participant,
        _ => MucRole.Moderator,
    };

    /// <summary>Whether the affiliation alone keeps somebody out: first the ban, then the membership (decision A23).</summary>
    public static Refusal? Check(MucAffiliation affiliation, bool isMembersOnly) => affiliation switch
    {
        MucAffiliation.Outcast => Banned,
        MucAffiliation.None when isMembersOnly => MembersOnly,
        _ => null,
    };

    /// <summary>Whether somebody may register with the room (7.10, decision A37). Those who are members or more manage their nick.</summary>
    /// <param name="affiliation">The affiliation of the one who asks.</param>
    /// <param name="isOpen">Whether the room takes registrations of people who are not yet members.</param>
    public static Refusal? CheckRegistration(MucAffiliation affiliation, bool isOpen) => affiliation switch
    {
        MucAffiliation.Outcast => Banned,
        MucAffiliation.None when !isOpen => NoRegistration,
        _ => null,
    };

    private static readonly Refusal Banned = Refusal.Forbidden("You are banned from this room.");
    private static readonly Refusal MembersOnly = Refusal.RegistrationRequired("Only members may enter this room.");
    private static readonly Refusal NoRegistration = Refusal.NotAllowed("This room does not take registrations.");
}
