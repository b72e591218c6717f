using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>One permitted step of a request: a change of the lists, or of an occupant's role.</summary>
/// <param name="Affiliation">The change of the lists; null for a change of role.</param>
/// <param name="Occupant">Whose role changes.</param>
/// <param name="Role">The new role; none is a kick.</param>
/// <param name="Reason">Why the role changes.</param>
internal readonly record struct AdminStep(AffiliationChange? Affiliation, Occupant? Occupant, MucRole Role, string? Reason);

/// <summary>
/// Judges the items of a muc#admin set one after another, each against what the earlier ones would make of the room
/// (decision A39); the actor's rights are those at the time of asking. Nothing is changed here.
/// </summary>
internal sealed class AdminPlan(Room room, Actor actor)
{
    private readonly AffiliationDraft lists = new(room.Affiliations);
    private readonly Dictionary<Occupant, MucRole> roles = [];
    private readonly List<AdminStep> steps = [];

    /// <summary>What is to be done, in order; only when no item was refused.</summary>
    public IReadOnlyList<AdminStep> Steps => steps;

    /// <summary>Adds every item of a request; the first refusal ends it.</summary>
    public Refusal? Add(MucAdminQueryView query)
    {
        if (query.Items.Count == 0)
            return OneChange;
        foreach (var item in query.Items)
        {
            if (Add(item) is { } refusal)
                return refusal;
        }

        return null;
    }

    // 17.4: a role or an affiliation, never both in one item.
    private Refusal? Add(MucAdminItemView item) => (item.Role, item.Affiliation) switch
    {
        ({ } role, null) => AddRole(item, role),
        (null, { } affiliation) => AddAffiliation(item, affiliation),
        _ => OneChange,
    };

    private Refusal? AddRole(MucAdminItemView item, MucRole role)
    {
        if (RoleChangeRules.CheckRight(actor.Affiliation, actor.IsModerator) is { } refusal)
            return refusal;
        if (!item.Nick.IsPresent)
            return NoNick;
        if (FindOccupant(item.Nick) is not { } occupant)
            return NotHere;

        var isSelf = occupant.BareJid.Equals(actor.BareJid);
        var from = roles.GetValueOrDefault(occupant, occupant.Role);
        if (from == MucRole.None)
            return NotHere; // an earlier item has them leave
        var target = room.Policy.Admins.Contains(occupant.BareJid) ? MucAffiliation.Owner : lists.Of(occupant.BareJid);
        if (RoleChangeRules.Check(actor.Affiliation, actor.IsModerator, isSelf, target, from, role) is { } denied)
            return denied;

        roles[occupant] = role;
        steps.Add(new AdminStep(null, occupant, role, item.Reason.ToStringOrNull()));
        return null;
    }

    private Refusal? AddAffiliation(MucAdminItemView item, MucAffiliation affiliation)
    {
        if (AffiliationChangeRules.CheckRight(actor.Affiliation) is { } refusal)
            return refusal;
        if (FindTarget(item, out var target) is { } unknown)
            return unknown;

        var from = lists.Listed(target!);
        var isSelf = target!.Equals(actor.BareJid);
        if (AffiliationChangeRules.Check(actor.Affiliation, isSelf, from, affiliation, lists.Owners) is { } denied)
            return denied;
        if (AffiliationChangeRules.CheckRevocation(actor.MayRevokeOwners(room.Policy), isSelf, from, affiliation) is { } kept)
            return kept;
        if (affiliation == MucAffiliation.Outcast && room.Policy.Admins.Contains(target))
            return Banning.ServiceAdmin;
        if (target.Local is null && affiliation >= MucAffiliation.Admin)
            return NotForDomains;
        if (FindNick(item, target, affiliation, out var nick) is { } taken)
            return taken;

        var reason = item.Reason.IsPresent || from != affiliation ? item.Reason.ToStringOrNull() : lists.Find(target)?.Reason;
        lists.Set(new Affiliated(target, affiliation, nick, reason));
        steps.Add(new AdminStep(lists.Changes[^1], null, MucRole.None, null));
        return null;
    }

    // 9.1, 10.3: a full JID means the person. Clients also name occupants by nick alone, which is resolved for them (muc-9.1-18).
    private Refusal? FindTarget(MucAdminItemView item, out Jid? target)
    {
        target = null;
        if (item.Jid.IsPresent)
            target = item.Jid.ToJid()!.Bare;
        else if (!item.Nick.IsPresent)
            return NoJid;
        else
            target = FindOccupant(item.Nick)?.BareJid;
        return target is null ? NotHere : null;
    }

    // 9.3, 9.5: beside a JID the nick is to be reserved; left out it stays as it is, empty it is given up.
    private Refusal? FindNick(MucAdminItemView item, Jid target, MucAffiliation affiliation, out string? nick)
    {
        nick = null;
        if (affiliation < MucAffiliation.Member || target.Local is null)
            return null;
        if (!item.Nick.IsPresent || !item.Jid.IsPresent)
        {
            nick = lists.Find(target)?.Nick;
            return null;
        }

        if (item.Nick.IsEmpty)
            return null;
        if (Nicks.Prepare(item.Nick.ToString(), room.Policy, out nick) is { } refusal)
            return refusal;
        return lists.IsReservedFromOthers(nick, target) ? NickTaken : null; // decision A38
    }

    private Occupant? FindOccupant(XmlText nick) =>
        Jid.TryPrepareResource(nick.ToString(), out var prepared, out _) ? room.Occupants.Find(prepared) : null;

    private static readonly Refusal OneChange = Refusal.BadRequest("Each item changes a role or an affiliation.");
    private static readonly Refusal NoNick = Refusal.BadRequest("A role is changed by nick.");
    private static readonly Refusal NoJid = Refusal.BadRequest("An affiliation is changed by JID.");
    private static readonly Refusal NotHere = Refusal.ItemNotFound("Nobody here has that nick.");
    private static readonly Refusal NickTaken = Refusal.Conflict("That nick is reserved for somebody else.");
    private static readonly Refusal NotForDomains =
        Refusal.NotAcceptable("A whole domain cannot own or administer a room.", StanzaErrorType.Modify);
}
