using MucGen.Protocol;

namespace MucGen.Rooms.Privileges;

/// <summary>
/// Who may change whose affiliation (XEP-0045 5.2.2, 9.1 to 9.5, 10.3 to 10.8; decisions A10, A40), and the role that
/// follows from it.
/// </summary>
public static class AffiliationChangeRules
{
    /// <summary>Whether the actor may send changes of affiliations at all (9).</summary>
    public static Refusal? CheckRight(MucAffiliation actor) => actor >= MucAffiliation.Admin ? null : OnlyAdmins;

    /// <summary>Judges one change of affiliation; null permits it.</summary>
    /// <param name="actor">The actor's affiliation.</param>
    /// <param name="isSelf">Whether the actor and the target are one bare JID.</param>
    /// <param name="from">The target's present affiliation.</param>
    /// <param name="to">The affiliation asked for.</param>
    /// <param name="owners">How many owners the room has before this change.</param>
    public static Refusal? Check(MucAffiliation actor, bool isSelf, MucAffiliation from, MucAffiliation to, int owners)
    {
        if (CheckRight(actor) is { } refusal)
            return refusal;
        if (from == to)
            return null; // nothing changes but the nick or the reason (A40)
        if (isSelf && to == MucAffiliation.Outcast)
            return BanningOneself;
        if (actor == MucAffiliation.Owner)
            return from == MucAffiliation.Owner && owners <= 1 ? LastOwner : null;

        // What remains is an admin, who keeps the lists of members and outcasts only.
        if (to >= MucAffiliation.Admin)
            return OnlyOwners;
        if (from < MucAffiliation.Admin)
            return null;
        return to == MucAffiliation.Outcast ? Protected : OnlyOwners; // 9.1: the right to ban is there, the target is protected
    }

    /// <summary>Where owners may not take ownership from each other, each one's ends by their own will only (10.4).</summary>
    /// <param name="ownersRevokeOwners">Whether this actor may.</param>
    /// <param name="isSelf">Whether the actor and the target are one bare JID.</param>
    /// <param name="from">The target's present affiliation.</param>
    /// <param name="to">The affiliation asked for.</param>
    public static Refusal? CheckRevocation(bool ownersRevokeOwners, bool isSelf, MucAffiliation from, MucAffiliation to) =>
        from == MucAffiliation.Owner && to != MucAffiliation.Owner && !isSelf && !ownersRevokeOwners ? NoRevocation : null;

    /// <summary>
    /// The role that a present user has after a change of affiliation (5.1.3, decision A41): a gain never lowers the role,
    /// and losing admin or owner brings the default role of the room, never a higher one than before. Losing a
    /// membership silences only in a moderated room. The caller removes those who may not stay at all.
    /// </summary>
    public static MucRole RoleAfter(MucRole role, MucAffiliation from, MucAffiliation to, bool isModerated)
    {
        var byDefault = EntryRules.DefaultRole(to, isModerated);
        if (to >= from)
            return role > byDefault ? role : byDefault;
        if (from >= MucAffiliation.Admin)
            return role < byDefault ? role : byDefault;
        return isModerated ? MucRole.Visitor : role;
    }

    private static readonly Refusal OnlyAdmins = Refusal.Forbidden("Only admins and owners may change affiliations.");
    private static readonly Refusal OnlyOwners = Refusal.Forbidden("Only owners may change the lists of admins and owners.");
    private static readonly Refusal Protected = Refusal.NotAllowed("Only owners may ban admins and owners.");
    private static readonly Refusal NoRevocation = Refusal.NotAuthorized("Nobody takes ownership from an owner here.");

    /// <summary>9.1: nobody bans themselves.</summary>
    public static readonly Refusal BanningOneself = Refusal.Conflict("You cannot ban yourself.");

    /// <summary>A room has an owner for as long as it exists (10).</summary>
    public static readonly Refusal LastOwner = Refusal.Conflict("A room needs at least one owner.");
}
