using MucGen.Protocol;

namespace MucGen.Rooms.Privileges;

/// <summary>
/// Who may change whose role (XEP-0045 5.1.3, 8.2 to 8.5, 9.6 to 9.8; decisions A10 to A14).
/// </summary>
public static class RoleChangeRules
{
    /// <summary>Whether the actor may send requests about roles at all (8 and 9, decision A11).</summary>
    /// <param name="affiliation">The actor's affiliation.</param>
    /// <param name="isModerator">Whether any occupant of the actor's bare JID is a moderator; the asking resource need not be in the room.</param>
    public static Refusal? CheckRight(MucAffiliation affiliation, bool isModerator) =>
        isModerator || affiliation >= MucAffiliation.Admin ? null : OnlyModerators;

    /// <summary>Judges one change of role; null permits it.</summary>
    /// <param name="actor">The actor's affiliation.</param>
    /// <param name="isModerator">As in <see cref="CheckRight"/>.</param>
    /// <param name="isSelf">Whether the target is an occupant of the actor's own bare JID.</param>
    /// <param name="target">The target's affiliation.</param>
    /// <param name="from">The target's present role.</param>
    /// <param name="to">The role asked for; <see cref="MucRole.None"/> is a kick.</param>
    public static Refusal? Check(MucAffiliation actor, bool isModerator, bool isSelf, MucAffiliation target, MucRole from, MucRole to)
    {
        if (CheckRight(actor, isModerator) is { } refusal)
            return refusal;
        if (from == to)
            return null; // nothing changes (A40)

        return to switch
        {
            MucRole.None => isSelf ? null : CheckKick(actor, target, from),
            MucRole.Visitor => CheckVisitor(actor, target, from),
            MucRole.Participant => from == MucRole.Moderator ? CheckDemotion(actor, target) : null, // granting voice is any moderator's right
            _ => actor >= MucAffiliation.Admin ? null : OnlyAdmins,
        };
    }

    // 8.2: not somebody of higher affiliation; 5.1.3: moderators only by admins and owners (A12).
    private static Refusal? CheckKick(MucAffiliation actor, MucAffiliation target, MucRole from) =>
        target > actor || (from == MucRole.Moderator && actor < MucAffiliation.Admin) ? Protected : null;

    // 8.4: admins and owners keep their voice whoever asks; equals may be silenced, betters may not (A13).
    // 5.1.3: a moderator becomes a visitor only by admins and owners.
    private static Refusal? CheckVisitor(MucAffiliation actor, MucAffiliation target, MucRole from)
    {
        if (target >= MucAffiliation.Admin)
            return Protected;
        if (from == MucRole.Moderator && actor < MucAffiliation.Admin)
            return OnlyAdmins;
        return target > actor ? Protected : null;
    }

    // 9.7: an owner may demote an admin, nobody an owner (A14); all others are the admins' business.
    private static Refusal? CheckDemotion(MucAffiliation actor, MucAffiliation target)
    {
        if (target == MucAffiliation.Owner || (target == MucAffiliation.Admin && actor != MucAffiliation.Owner))
            return Protected;
        return actor >= MucAffiliation.Admin ? null : OnlyAdmins;
    }

    private static readonly Refusal OnlyModerators = Refusal.Forbidden("Only moderators may change or list roles.");
    private static readonly Refusal OnlyAdmins = Refusal.Forbidden("Only admins and owners may make or unmake moderators.");
    private static readonly Refusal Protected = Refusal.NotAllowed("The affiliation or role of this occupant is protected from you.");
}
