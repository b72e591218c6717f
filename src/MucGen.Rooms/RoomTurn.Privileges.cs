using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Changes of affiliation and role with all that follows from them. Whether the actor may is decided before.</summary>
public sealed partial class RoomTurn
{
    /// <summary>
    /// Gives a person an affiliation and perhaps a nick of their own, and tells everybody what follows: a new role, removal by a ban
    /// (301) or from a members-only room (321), and the removal of whoever else holds that nick or one that looks like it (307, decision A38).
    /// What changes nothing is not announced (decision A40).
    /// </summary>
    /// <param name="after">
    /// Everything that is known of the person from now on: affiliation, reason and reserved nick, which is prepared and checked against
    /// other reservations. An entry for a domain concerns everybody from there who has none (9.2).
    /// </param>
    /// <param name="actor">The occupant who did it.</param>
    /// <returns>Whether presence told everybody of another affiliation of a person.</returns>
    public bool ChangeAffiliation(Affiliated after, Occupant? actor = null)
    {
        ArgumentNullException.ThrowIfNull(after);
        var before = Room.Affiliations.Find(after.BareJid) ?? new Affiliated(after.BareJid, MucAffiliation.None);
        if (after with { Reason = null } == before with { Reason = null }
            && (after.Reason == before.Reason || after.Affiliation == MucAffiliation.None))
            return false;

        var concerned = WithAffiliations(Room.Occupants.Concerned(after.BareJid));
        Record(new AffiliationChanged(after.BareJid, after.Affiliation, after.Nick, after.Reason, after.Terms));
        if (after.Affiliation >= MucAffiliation.Admin && Room.Mutes.Find(after.BareJid) is not null)
            Record(new MuteEnded(after.BareJid)); // 8.4: admins and owners have voice
        if (after.Nick is not null && after.Nick != before.Nick)
            FreeNick(after.Nick, after.BareJid);
        // Presence tells what somebody is, which is what the list says of them unless they are banned otherwise.
        var isOwnEntry = after.BareJid.Local is not null && after.Affiliation != before.Affiliation && Room.AffiliationOf(after.BareJid) == after.Affiliation;
        return FollowAffiliations(concerned, after.Reason, actor, isOwnEntry ? AffiliationVersions.Last(Room) : null) && isOwnEntry;
    }

    /// <summary>Puts a ban by mask in force, or replaces it, and removes those whom it hits (301), like any ban.</summary>
    /// <param name="rule">The rule; its target is a mask.</param>
    /// <param name="actor">The occupant who did it.</param>
    public void BanMask(BanRule rule, Occupant? actor = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var concerned = WithAffiliations(Room.Occupants.All.Where(occupant => rule.Target.Hits(occupant.BareJid)));
        Record(MaskBanned.Of(rule));
        FollowAffiliations(concerned, rule.Reason, actor);
    }

    /// <summary>Drops a reservation and nothing else (XEP-0077 3.2, decision A37).</summary>
    public void DropReservation(Jid bareJid)
    {
        if (Room.Affiliations.Find(bareJid) is { Nick: not null } entry)
            Record(new AffiliationChanged(bareJid, entry.Affiliation, null, entry.Reason));
    }

    /// <summary>Gives an occupant another role and tells everybody; none is a kick (XEP-0045 8.2 to 8.5, 9.6, 9.7).</summary>
    /// <param name="occupant">Whose.</param>
    /// <param name="to">The role from now on.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">The occupant who did it.</param>
    public void ChangeRole(Occupant occupant, MucRole to, string? reason = null, Occupant? actor = null)
    {
        ArgumentNullException.ThrowIfNull(occupant);
        if (to == MucRole.None)
        {
            Remove(occupant, [307], reason, actor);
            return;
        }
        var was = occupant.Role;
        if (was == to)
            return;
        if (to > MucRole.Visitor && Room.Mutes.Find(occupant.BareJid) is not null)
            Record(new MuteEnded(occupant.BareJid)); // whoever gives voice takes the mute back
        if (to > MucRole.Visitor && occupant.WaitsSince is not null)
            Record(new VoiceEarned(occupant.BareJid));
        var affiliation = Room.AffiliationOf(occupant.BareJid);
        Record(new RoleChanged(occupant.Nick, to, Remembered: IsRemembered(affiliation, to)));
        Announce(occupant, was, reason, actor);
    }

    /// <summary>Gives an occupant a role that a rule of the room gives or withholds for a time, and tells everybody; it is not remembered as a moderator's wish.</summary>
    internal void SetRole(Occupant occupant, MucRole to, string? reason = null, Occupant? actor = null)
    {
        var was = occupant.Role;
        if (was == to)
            return;
        Record(new RoleChanged(occupant.Nick, to));
        Announce(occupant, was, reason, actor);
    }

    /// <summary>Takes an occupant with all its sessions out of the room.</summary>
    /// <param name="occupant">Who.</param>
    /// <param name="statuses">The status codes that say why, for everybody.</param>
    /// <param name="reason">The same for people.</param>
    /// <param name="actor">The occupant who did it.</param>
    /// <param name="versions">The versions of the change of affiliation that has them leave.</param>
    public void Remove(
        Occupant occupant, ReadOnlySpan<int> statuses, string? reason = null, Occupant? actor = null, AffiliationVersionChange? versions = null)
    {
        ArgumentNullException.ThrowIfNull(occupant);
        OccupantSession[] sessions = [.. occupant.Sessions];
        var notice = PresenceNotice.Leaving(Room, occupant, occupant.Shown.FullJid) with
        {
            Statuses = statuses,
            Reason = reason,
            ActorNick = actor?.Nick,
            Versions = versions,
        };
        foreach (var session in sessions)
            Record(new SessionLeft(session.FullJid));
        PresenceComposer.ToOwnSessions(this, notice, sessions);
        PresenceComposer.ToOthers(this, notice);
    }

    /// <summary>Tells everybody an occupant's affiliation and role after a change of either.</summary>
    /// <param name="occupant">Whose.</param>
    /// <param name="was">The role by which others knew them until now.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">The occupant who did it.</param>
    /// <param name="versions">The versions of a change of affiliation.</param>
    public void Announce(
        Occupant occupant, MucRole was, string? reason = null, Occupant? actor = null, AffiliationVersionChange? versions = null)
    {
        ArgumentNullException.ThrowIfNull(occupant);
        var notice = PresenceNotice.Current(Room, occupant) with { Reason = reason, ActorNick = actor?.Nick, Versions = versions };
        PresenceComposer.ToOwnSessions(this, notice, occupant.Sessions);
        // 8.4: somebody whose new role is not broadcast disappears for the others.
        if (Room.Config.PresenceBroadcast.Has(occupant.Role))
            PresenceComposer.ToOthers(this, notice);
        else
            PresenceComposer.ToOthers(this, PresenceNotice.Leaving(Room, occupant, notice.FullJid) with { SeenAs = was, Versions = versions });
        if (occupant.Role == MucRole.Moderator && was != MucRole.Moderator)
        {
            foreach (var session in occupant.Sessions)
                ShowAddresses(session);
        }
    }

    /// <summary>
    /// 7.2.4: who becomes a moderator may know from now on whom they moderate, if not before. In a non-anonymous room that is news where it was semi-anonymous
    /// when they entered.
    /// </summary>
    internal void ShowAddresses(OccupantSession moderator)
    {
        foreach (var other in Room.Occupants.All)
        {
            if (!ReferenceEquals(other, moderator.Occupant) && Room.Config.PresenceBroadcast.Has(other.Role))
                PresenceComposer.CurrentTo(this, other, moderator);
        }
    }

    private (Occupant Occupant, MucAffiliation Was)[] WithAffiliations(IEnumerable<Occupant> occupants) =>
        [.. occupants.Select(occupant => (occupant, Room.AffiliationOf(occupant.BareJid)))];

    // Whether the others heard of it: not where nobody is there under a role that they are told of.
    private bool FollowAffiliations(
        (Occupant Occupant, MucAffiliation Was)[] concerned, string? reason, Occupant? actor, AffiliationVersionChange? versions = null)
    {
        var isTold = false;
        foreach (var (occupant, was) in concerned)
        {
            var now = Room.AffiliationOf(occupant.BareJid);
            if (now == was || !Room.Occupants.Contains(occupant))
                continue;
            isTold |= Room.Config.PresenceBroadcast.Has(occupant.Role);
            FollowAffiliation(occupant, was, now, reason, actor, versions);
            isTold |= Room.Config.PresenceBroadcast.Has(occupant.Role);
        }
        return isTold;
    }

    private void FollowAffiliation(
        Occupant occupant, MucAffiliation was, MucAffiliation to, string? reason, Occupant? actor, AffiliationVersionChange? versions)
    {
        if (to == MucAffiliation.Outcast)
        {
            Remove(occupant, [301], reason, actor, versions); // 9.1
            return;
        }
        if (to < MucAffiliation.Member && Room.Config.IsMembersOnly)
        {
            Remove(occupant, [321], reason, actor, versions); // 9.4
            return;
        }
        var role = occupant.Role;
        var next = AffiliationChangeRules.RoleAfter(role, was, to, Room.Config.NewcomersAreVisitors);
        if (Room.Mutes.Find(occupant.BareJid) is not null)
            next = MucRole.Visitor;
        if (next != role)
            Record(new RoleChanged(occupant.Nick, next));
        Announce(occupant, role, reason, actor, versions); // 5.2.2: one presence tells both
    }

    private void FreeNick(string nick, Jid owner)
    {
        foreach (var holder in Nicks.LookAlikes(Room, nick, owner).ToArray())
            Remove(holder, [307], "This nickname is reserved");
    }

    // 5.1: where newcomers have no voice, as in moderated rooms, voice that a moderator gave or took outlasts a visit.
    private bool IsRemembered(MucAffiliation affiliation, MucRole role) =>
        Room.Config.NewcomersAreVisitors && affiliation == MucAffiliation.None && role != MucRole.Moderator;
}
