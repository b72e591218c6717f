using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Carries out changes of the lists by admins and owners (XEP-0045 9.1 to 9.5, 10.2 to 10.8). What follows for those in the room is
/// <see cref="RoomTurn.ChangeAffiliation(Affiliated, Occupant?)"/>; here is what is said about and to those who are not.
/// </summary>
internal static class AffiliationChanges
{
    /// <summary>Carries out a change that was found permitted.</summary>
    public static void Apply(RoomTurn turn, AffiliationChange change, in Actor actor)
    {
        var isPresent = turn.Room.Occupants.Of(change.Entry.BareJid).Any();
        var wasAdmin = turn.Room.AffiliationOf(change.Entry.BareJid) >= MucAffiliation.Admin;
        var isTold = turn.ChangeAffiliation(Banning.WithTerms(turn, change.Entry, actor), actor.Occupant);
        if (!isPresent && change.From != change.Entry.Affiliation)
            FollowAbsent(turn, change, actor);
        else if (!isTold && change.From != change.Entry.Affiliation)
            AffiliationVersions.Tell(turn, change.Entry);
        if (isPresent && !wasAdmin)
            ShowRegistrations(turn, change.Entry.BareJid);
    }

    // 9.9: whoever becomes an admin decides from now on.
    private static void ShowRegistrations(RoomTurn turn, Jid bareJid)
    {
        foreach (var occupant in turn.Room.Occupants.Of(bareJid))
        {
            foreach (var session in occupant.Sessions)
                RegistrationApproval.Show(turn, session);
        }
    }

    private static void FollowAbsent(RoomTurn turn, AffiliationChange change, in Actor actor)
    {
        AnnounceAbsent(turn, change.Entry);
        if (actor.BareJid is null)
            return; // somebody registered, and needs no invitation
        if (turn.Policy.TellsAbsentUsers && change.Entry.BareJid.Local is not null)
            TellAbsent(turn, change.Entry);
        if (turn.Room.Config.IsMembersOnly
            && change is { From: MucAffiliation.None, Entry: { Affiliation: MucAffiliation.Member, BareJid.Local: not null } })
            Invitations.Send(turn, actor, change.Entry.BareJid, reason: change.Entry.Reason); // 9.5
    }

    // 18.1: from the room to the bare JID, whatever session is there to read it.
    private static void TellAbsent(RoomTurn turn, Affiliated entry)
    {
        var payload = turn.StartMessage(out var writer);
        var x = MucUserWriter.Start(ref writer);
        x.StartItem(affiliation: entry.Affiliation, role: MucRole.None).End();
        x.Status(code: 101);
        x.End();
        turn.EndMessage(payload, ref writer);
        turn.Send(payload, entry.BareJid);
        payload.Dispose();
    }

    /// <summary>
    /// Tells the affiliation of somebody who is not in the room (10.3 and others, decision A42): in a semi-anonymous room only to those who may see addresses.
    /// </summary>
    internal static void AnnounceAbsent(RoomTurn turn, Affiliated entry)
    {
        Payload? plain = null;
        Payload? versioned = null;
        foreach (var session in turn.Room.Occupants.Sessions)
        {
            if (!turn.Room.MaySeeAddress(session.FullJid, entry.BareJid))
                continue;
            var payload = AffiliationVersions.Follows(turn.Room, session)
                ? versioned ??= AffiliationVersions.Compose(turn, entry, AffiliationVersions.Last(turn.Room))
                : plain ??= AffiliationVersions.Compose(turn, entry, versions: null);
            turn.Send(payload, session.FullJid);
        }

        plain?.Dispose();
        versioned?.Dispose();
    }
}
