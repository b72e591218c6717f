using MucGen.Protocol;
using MucGen.Rooms.Privileges;

namespace MucGen.Rooms.Features;

/// <summary>Moderators and admins change roles and affiliations, and read the lists of both (XEP-0045 8, 9, 10.3 to 10.8).</summary>
[Feature("http://jabber.org/protocol/muc#admin")]
public static class AdminRequests
{
    /// <summary>Changes roles and affiliations: all items or none (decision A39); presence first, the result last (decision A09).</summary>
    [OnIq(IqType.Set)]
    public static void Change(RoomTurn turn, MucAdminQueryView query)
    {
        var actor = Actor.Of(turn);
        var plan = new AdminPlan(turn.Room, actor);
        if (plan.Add(query) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        foreach (var step in plan.Steps)
        {
            if (step.Affiliation is { } change)
                Apply(turn, change, actor);
            else if (turn.Room.Occupants.Contains(step.Occupant!)) // an earlier item may have had them leave
                turn.ChangeRole(step.Occupant!, step.Role, step.Reason, actor.Occupant);
        }

        turn.Result();
    }

    private static void Apply(RoomTurn turn, AffiliationChange change, in Actor actor)
    {
        AffiliationChanges.Apply(turn, change, actor);
        LockedNicks.Enforce(turn, change.Entry.BareJid);
    }

    /// <summary>Reads one list: by role or by affiliation, named by a single item (17.4).</summary>
    [OnIq(IqType.Get)]
    public static void List(RoomTurn turn, MucAdminQueryView query)
    {
        if (query.Items.Count != 1)
        {
            turn.Refuse(OneList);
            return;
        }

        foreach (var item in query.Items)
        {
            if (item is { Role: { } role, Affiliation: null })
                ListRole(turn, role);
            else if (item is { Affiliation: { } affiliation, Role: null })
                ListAffiliation(turn, affiliation);
            else
                turn.Refuse(OneList);
        }
    }

    // 17.4: nick, role, affiliation and full JID; whoever may ask may see addresses.
    private static void ListRole(RoomTurn turn, MucRole role)
    {
        var actor = Actor.Of(turn);
        if (ListRules.CheckRoleList(actor.Affiliation, actor.IsModerator) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var query = MucAdminQueryWriter.Start(ref writer);
        foreach (var occupant in turn.Room.Occupants.All)
        {
            if (occupant.Role != role)
                continue;
            var affiliation = turn.Room.AffiliationOf(occupant.BareJid);
            query.StartItem(affiliation: affiliation, jid: occupant.Shown.FullJid, nick: occupant.Nick, role: role).End();
        }

        query.End();
        turn.SendResult(payload, ref writer);
    }

    // 17.4, decision A07: affiliation and bare JID, the reserved nick except of outcasts, the reason if there is one, never a role.
    private static void ListAffiliation(RoomTurn turn, MucAffiliation affiliation)
    {
        var (actor, config) = (Actor.Of(turn), turn.Room.Config);
        var refusal = ListRules.CheckAffiliationList(
            actor.Affiliation, actor.Role, affiliation, config.IsNonAnonymous, config.MemberListReaders.Has(actor.Role));
        if (refusal is not null)
        {
            turn.Refuse(refusal);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var query = MucAdminQueryWriter.Start(ref writer);
        foreach (var jid in turn.Room.Affiliations.Listed(affiliation))
        {
            var entry = turn.Room.Affiliations.Find(jid)!;
            var item = query.StartItem(affiliation: affiliation, jid: jid, nick: entry.Nick);
            if (entry.Reason is not null)
                item.Reason(entry.Reason);
            item.End();
        }

        query.End();
        turn.SendResult(payload, ref writer);
    }

    private static readonly Refusal OneList = Refusal.BadRequest("A list is named by one item with a role or an affiliation.");
}
