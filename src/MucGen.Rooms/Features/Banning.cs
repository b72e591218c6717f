using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;

namespace MucGen.Rooms.Features;

/// <summary>
/// Puts ban rules in force and ends them, by an admin or because their time is over. A ban of a person or a domain is the affiliation of outcast
/// (XEP-0045 9.1, 9.2) with an end; one by mask stands beside the lists.
/// </summary>
public static class Banning
{
    /// <summary>Whether the actor may put a rule in force (9.1): admins and owners are protected from admins, everybody from themselves.</summary>
    public static Refusal? Check(Room room, in Actor actor, BanTarget target)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(target);
        if (AffiliationChangeRules.CheckRight(actor.Affiliation) is { } refusal)
            return refusal;
        if (target.Jid is null)
            return room.Affiliations.Masks.All.Count < BanMasks.Most || BanRule.Find(room, target) is not null ? null : TooMany;
        if (room.Policy.Admins.Contains(target.Jid))
            return target.Jid.Equals(actor.BareJid) ? AffiliationChangeRules.BanningOneself : ServiceAdmin;
        var from = room.Affiliations.Find(target.Jid)?.Affiliation ?? MucAffiliation.None;
        var isSelf = target.Jid.Equals(actor.BareJid);
        return AffiliationChangeRules.Check(actor.Affiliation, isSelf, from, MucAffiliation.Outcast, room.Affiliations.Count(MucAffiliation.Owner))
            ?? AffiliationChangeRules.CheckRevocation(actor.MayRevokeOwners(room.Policy), isSelf, from, MucAffiliation.Outcast);
    }

    /// <summary>Puts a rule in force that was found permitted, in place of an earlier one with the same target; whom it hits is removed (301).</summary>
    public static void Apply(RoomTurn turn, BanRule rule, in Actor actor)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Target.Jid is not { } jid)
        {
            turn.BanMask(rule, actor.Occupant);
            return;
        }
        var from = turn.Room.Affiliations.Find(jid)?.Affiliation ?? MucAffiliation.None;
        AffiliationChanges.Apply(
            turn, new AffiliationChange(from, new Affiliated(jid, MucAffiliation.Outcast, Reason: rule.Reason, Terms: rule.Terms)), actor);
    }

    /// <summary>Ends a rule that is in force; whom it hit may enter, unless another one hits them.</summary>
    public static void Lift(RoomTurn turn, BanRule rule, in Actor actor)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Target.Jid is { } jid)
            AffiliationChanges.Apply(turn, new AffiliationChange(MucAffiliation.Outcast, new Affiliated(jid, MucAffiliation.None)), actor);
        else
            turn.Record(new MaskLifted(rule.Target.Text));
    }

    /// <summary>Ends the rules whose time is over.</summary>
    internal static void Expire(RoomTurn turn)
    {
        foreach (var rule in BanRule.Of(turn.Room).Where(rule => rule.Until <= turn.Now).ToArray())
            Lift(turn, rule, default);
    }

    /// <summary>
    /// The entry of an outcast with who did it and when. Whoever was banned before stays so as long as before, for a request of muc#admin names no end.
    /// </summary>
    internal static Affiliated WithTerms(RoomTurn turn, Affiliated entry, in Actor actor)
    {
        if (entry.Affiliation != MucAffiliation.Outcast || entry.Terms is not null)
            return entry;
        var before = turn.Room.Affiliations.Find(entry.BareJid);
        return entry with
        {
            Terms = before?.Affiliation == MucAffiliation.Outcast ? before.Terms : new SanctionTerms(actor.BareJid, turn.Now),
        };
    }

    /// <summary>The service's admins cannot be banned from any room.</summary>
    internal static readonly Refusal ServiceAdmin = Refusal.NotAllowed("An admin of the service cannot be banned.");

    private static readonly Refusal TooMany = Refusal.NotAcceptable("The room has as many masks as it can have; lift some of them first.");
}
