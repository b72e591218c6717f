using MucGen.Protocol;
using MucGen.Rooms.Privileges;

namespace MucGen.Rooms.Tests.Privileges;

/// <summary>Asks the rules about a cell. A cell that stands for several cases (any occupant, admin or owner) is asked for each.</summary>
internal static class PrivilegeVerdicts
{
    private static readonly MucAffiliation[] Affiliations = Enum.GetValues<MucAffiliation>();
    private static readonly MucRole[] PresentRoles = [MucRole.Visitor, MucRole.Participant, MucRole.Moderator];

    public static IReadOnlyList<Refusal?> Of(PrivilegeCell cell) => cell.Matrix switch
    {
        "role-privilege" => [OfRole(cell)],
        "default-role" => [OfEntry(cell)],
        "affiliation-privilege" => OfAffiliation(cell),
        "role-state-chart" => OfRoleChart(cell),
        "affiliation-state-chart" => OfAffiliationChart(cell),
        "role-change" => OfRoleChange(cell),
        "affiliation-change" => OfAffiliationChange(cell),
        "affiliation-list" => [OfAffiliationList(cell)],
        "role-list" => [OfRoleList(cell)],
        "owner-operation" => [ListRules.CheckOwner(Affiliation(cell.Actor))],
        _ => [],
    };

    // 5.1.1, with the default configuration and, for the rights over others, an unaffiliated target.
    private static Refusal? OfRole(PrivilegeCell cell)
    {
        var role = Role(cell.Actor);
        var isModerator = role == MucRole.Moderator;
        return cell.Action switch
        {
            "send private messages" => OccupantRules.CheckPrivateMessage(role, MucRole.Visitor, isSelf: false),
            "invite others" => OccupantRules.CheckInvitation(role, MucAffiliation.None, isMembersOnly: false, membersMay: false),
            "send groupchat messages" => OccupantRules.CheckSpeaking(role),
            "change the subject" => OccupantRules.CheckSubject(role, cell.Condition == "changesubject=1"),
            "kick participants and visitors" => RoleChange(MucAffiliation.None, isModerator, MucAffiliation.None, MucRole.Participant, MucRole.None),
            "grant voice" => RoleChange(MucAffiliation.None, isModerator, MucAffiliation.None, MucRole.Visitor, MucRole.Participant),
            "revoke voice" => RoleChange(MucAffiliation.None, isModerator, MucAffiliation.None, MucRole.Participant, MucRole.Visitor),
            _ => throw new InvalidOperationException(cell.ToString()),
        };
    }

    private static Refusal? OfEntry(PrivilegeCell cell)
    {
        var affiliation = Affiliation(cell.Actor);
        if (cell.SideEffects.StartsWith("initial role ", StringComparison.Ordinal))
        {
            var role = EntryRules.DefaultRole(affiliation, isModerated: cell.Target == "moderated room");
            if (role != Role(cell.SideEffects))
                throw new InvalidOperationException($"{cell} enters as {role}");
        }

        return EntryRules.Check(affiliation, isMembersOnly: cell.Target == "members-only room");
    }

    private static Refusal?[] OfAffiliation(PrivilegeCell cell)
    {
        var actor = Affiliation(cell.Actor);
        return cell.Action switch
        {
            "enter open room" => [EntryRules.Check(actor, isMembersOnly: false)],
            "enter members-only room" => [EntryRules.Check(actor, isMembersOnly: true)],
            "register with open room" => [EntryRules.CheckRegistration(actor, isOpen: true)],
            "retrieve member list" =>
                [ListRules.CheckAffiliationList(actor, MucRole.None, MucAffiliation.Member, isNonAnonymous: true, roleMayReadMembers: false)],
            "ban members and unaffiliated users" => Changes(actor, [MucAffiliation.None, MucAffiliation.Member], [MucAffiliation.Outcast]),
            "edit member list" => Changes(actor, [MucAffiliation.None, MucAffiliation.Member], [MucAffiliation.None, MucAffiliation.Member]),
            "assign and remove moderator role" =>
            [
                RoleChange(actor, false, MucAffiliation.None, MucRole.Participant, MucRole.Moderator),
                RoleChange(actor, false, MucAffiliation.None, MucRole.Moderator, MucRole.Participant),
            ],
            "edit admin list" => Changes(actor, [MucAffiliation.None], [MucAffiliation.Admin]),
            "edit owner list" => Changes(actor, [MucAffiliation.None], [MucAffiliation.Owner]),
            "change room configuration" or "destroy room" => [ListRules.CheckOwner(actor)],
            _ => throw new InvalidOperationException(cell.ToString()),
        };
    }

    private static Refusal?[] Changes(MucAffiliation actor, MucAffiliation[] from, MucAffiliation[] to) =>
        [.. from.SelectMany(f => to.Select(t => AffiliationChangeRules.Check(actor, isSelf: false, f, t, owners: 2)))];

    private static List<Refusal?> OfRoleChart(PrivilegeCell cell)
    {
        if (cell.Actor.StartsWith("entrant", StringComparison.Ordinal))
            return [EntryRules.Check(cell.ActorIs("admin") ? MucAffiliation.Admin : MucAffiliation.None, isMembersOnly: false)];

        var (from, to) = FromTo(cell.Target, "occupant role ", Role);
        var admins = cell.Actor.Contains("admin", StringComparison.Ordinal);
        MucAffiliation[] actors = admins ? [MucAffiliation.Admin, MucAffiliation.Owner] : [MucAffiliation.None];
        return [.. actors.Select(actor => RoleChange(actor, !admins, MucAffiliation.None, from, to))];
    }

    private static List<Refusal?> OfAffiliationChart(PrivilegeCell cell)
    {
        var (from, to) = FromTo(cell.Target, "user affiliation ", Affiliation);
        MucAffiliation[] actors = cell.ActorIs("admin") ? [MucAffiliation.Admin, MucAffiliation.Owner] : [MucAffiliation.Owner];
        var verdicts = actors.Select(actor => AffiliationChangeRules.Check(actor, isSelf: false, from, to, owners: 2)).ToList();
        if (actors.Length == 1 && AffiliationChangeRules.Check(MucAffiliation.Admin, isSelf: false, from, to, owners: 2) is null)
            throw new InvalidOperationException($"{cell}: admins may do it too");
        return verdicts;
    }

    private static List<Refusal?> OfRoleChange(PrivilegeCell cell)
    {
        var isSelf = cell.Target == "own nick";
        var targets = cell.Target is "any occupant" or "occupant" or "own nick" ? Affiliations[1..] : [Affiliation(cell.Target)];
        var (froms, to) = cell.Action switch
        {
            "kick visitor (to none)" => ([MucRole.Visitor], MucRole.None),
            "kick participant (to none)" => ([MucRole.Participant], MucRole.None),
            "kick moderator (to none)" => ([MucRole.Moderator], MucRole.None),
            "kick (to none)" => ([MucRole.Moderator], MucRole.None),
            "grant voice (visitor to participant)" => ([MucRole.Visitor], MucRole.Participant),
            "revoke voice (participant to visitor)" => ([MucRole.Participant], MucRole.Visitor),
            "grant moderator (visitor or participant to moderator)" => ([MucRole.Visitor, MucRole.Participant], MucRole.Moderator),
            "revoke moderator (moderator to participant)" => ([MucRole.Moderator], MucRole.Participant),
            "moderator to visitor" => ([MucRole.Moderator], MucRole.Visitor),
            "any role change" => (PresentRoles[..1], MucRole.Participant),
            _ => (Array.Empty<MucRole>(), MucRole.None),
        };
        var actors = cell.Actor switch
        {
            "admin" => [MucAffiliation.Admin],
            "owner" => [MucAffiliation.Owner],
            "moderator" => [MucAffiliation.None, MucAffiliation.Member, MucAffiliation.Admin, MucAffiliation.Owner],
            "moderator, affiliation none" => [MucAffiliation.None],
            "moderator, affiliation member" => [MucAffiliation.Member],
            "admin or owner not in the room" => [MucAffiliation.Admin, MucAffiliation.Owner],
            _ => new[] { MucAffiliation.None, MucAffiliation.Member },
        };
        var isModerator = cell.ActorIs("moderator");
        return [.. from actor in actors
                   from target in targets
                   where !isSelf || target == actor
                   from role in froms
                   select RoleChangeRules.Check(actor, isModerator, isSelf, target, role, to)];
    }

    private static List<Refusal?> OfAffiliationChange(PrivilegeCell cell)
    {
        if (cell.Action.Contains("(jabber:iq:register)", StringComparison.Ordinal))
            return [EntryRules.CheckRegistration(Affiliation(cell.Actor), isOpen: true)];
        if (cell.Action.Contains("same affiliation", StringComparison.Ordinal))
        {
            return [.. from actor in new[] { MucAffiliation.Admin, MucAffiliation.Owner }
                       from same in Affiliations
                       select AffiliationChangeRules.Check(actor, isSelf: false, same, same, owners: 1)];
        }

        var actorIs = Affiliation(cell.Actor);
        var isSelf = cell.Target.StartsWith("self", StringComparison.Ordinal);
        var from = isSelf || cell.Target == "all owners" ? actorIs : Affiliation(cell.Target);
        var owners = cell.Target is "self, sole owner" or "all owners" ? 1 : 2; // all owners: the last of several items
        var named = cell.Action.Replace("(muc#admin)", "", StringComparison.Ordinal);
        var tos = cell.Target == "all owners"
            ? Affiliations[..^1]
            : Affiliations.Where(a => named.Split(' ', ',').Contains(a.ToString(), StringComparer.OrdinalIgnoreCase)).ToArray();
        return [.. tos.Select(to => AffiliationChangeRules.Check(actorIs, isSelf && cell.Target != "all owners", from, to, owners))];
    }

    // 9.5: getmemberlist as it is by default, which names every role.
    private static Refusal? OfAffiliationList(PrivilegeCell cell) => ListRules.CheckAffiliationList(
        Affiliation(cell.Actor),
        cell.Actor.EndsWith("(occupant)", StringComparison.Ordinal) ? MucRole.Participant : MucRole.None,
        Affiliation(cell.Action.Replace("get list of ", "", StringComparison.Ordinal)),
        isNonAnonymous: cell.Target == "non-anonymous room",
        roleMayReadMembers: true);

    private static Refusal? OfRoleList(PrivilegeCell cell) => ListRules.CheckRoleList(
        cell.Actor switch
        {
            "admin" => MucAffiliation.Admin,
            "owner" => MucAffiliation.Owner,
            "moderator, affiliation member" => MucAffiliation.Member,
            _ => MucAffiliation.None,
        },
        cell.ActorIs("moderator"));

    private static Refusal? RoleChange(MucAffiliation actor, bool isModerator, MucAffiliation target, MucRole from, MucRole to) =>
        RoleChangeRules.Check(actor, isModerator, isSelf: false, target, from, to);

    private static MucAffiliation Affiliation(string text) =>
        Affiliations.First(a => text.Split(' ', '(', ')').Contains(a.ToString(), StringComparer.OrdinalIgnoreCase));

    private static MucRole Role(string text) => Enum.Parse<MucRole>(text.Split(' ')[^1], ignoreCase: true);

    private static (T From, T To) FromTo<T>(string text, string prefix, Func<string, T> read)
    {
        var words = text[prefix.Length..].Split(" to ");
        return (read(words[0]), read(words[1]));
    }
}
