using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Entering (XEP-0045 7.2): the checks of <see cref="JoinChecks"/>, then always the same five steps (7.1): the others' presence, one's
/// own, history, subject, and only then what happens live.
/// </summary>
[Feature("http://jabber.org/protocol/muc", Context = typeof(RoomTurn))]
public static class Joining
{
    internal static void Join(RoomTurn turn, ElementView tag)
    {
        if (!MucJoinView.TryRead(tag, out var join, out var error))
        {
            turn.Malformed(error);
            return;
        }
        if (turn.Sender is { } session)
        {
            Resynchronise(turn, session, join);
            return;
        }

        var locked = LockedNicks.NickFor(turn.Room, turn.From.Bare);
        var request = new JoinRequest(turn.To.Resource, locked ?? turn.To.Resource ?? "", turn.From.Bare, join.Password);
        if (JoinChecks.Check(turn.Room, request) is { } refusal)
            turn.Refuse(refusal);
        else if (PresenceContent.Read(turn, out var content) is { } tooLarge)
            turn.Refuse(tooLarge);
        else
            Admit(turn, request.Nick, content, join);
    }

    private static void Admit(RoomTurn turn, string nick, in PresenceContent content, in MucJoinView join)
    {
        var room = turn.Room;
        var bareJid = turn.From.Bare;
        var isNew = !room.Exists;
        if (isNew)
            turn.Record(new RoomCreated(bareJid, turn.Now, turn.Policy.DefaultConfig().Save()));

        var isFurtherSession = room.Occupants.Find(nick) is not null;
        turn.Record(new SessionJoined(
            turn.From, nick, RoleOnEntry(room, bareJid), turn.Now, content.Markup, content.Priority, content.Language,
            Waits: VoiceAfterTime.MustWait(room, bareJid)));
        var session = room.Occupants.Find(turn.From)!;

        // 7.2.8, decision A33: a further session is no news, unless it is now the one that stands for the occupant.
        if (!isFurtherSession || ReferenceEquals(session.Occupant.Shown, session))
            TellOthers(turn, session);
        Welcome(turn, session, join, isNew, isRenamed: nick != turn.To.Resource);
    }

    // 17.3: a tagged presence of somebody who is in the room already asks for everything again; it never counts as an entry.
    private static void Resynchronise(RoomTurn turn, OccupantSession session, in MucJoinView join)
    {
        if (Nicks.CheckSyntax(turn.To.Resource, turn.Policy) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        var nick = LockedNicks.NickFor(turn.Room, session.Occupant.BareJid) ?? turn.To.Resource!;
        if (nick != session.Occupant.Nick)
        {
            // 7.2.1, decision A32: a change of nick, then the full sequence, whose presence is the one answer.
            if (!NickChange.Change(turn, session, nick))
                return;
        }
        else if (PresenceContent.Read(turn, out var content) is { } tooLarge)
        {
            turn.Refuse(tooLarge);
            return;
        }
        else if (content.Markup != session.Presence)
        {
            Availability.Record(turn, session, content);
            TellOthers(turn, session);
        }
        Welcome(turn, session, join, isNew: false, isRenamed: nick != turn.To.Resource);
    }

    private static void TellOthers(RoomTurn turn, OccupantSession session)
    {
        var occupant = session.Occupant;
        PresenceComposer.CurrentToOthers(turn, occupant);
        if (occupant.Sessions.Count == 1)
            return;
        var notice = PresenceNotice.Current(turn.Room, occupant);
        foreach (var own in occupant.Sessions)
        {
            if (!ReferenceEquals(own, session))
                PresenceComposer.ToSelf(turn, notice, own);
        }
    }

    private static void Welcome(RoomTurn turn, OccupantSession session, in MucJoinView join, bool isNew, bool isRenamed)
    {
        var room = turn.Room;
        AffiliationVersions.Greet(turn, session, join.Element);
        foreach (var other in room.Occupants.All)
        {
            if (!ReferenceEquals(other, session.Occupant) && room.Config.PresenceBroadcast.Has(other.Role))
                PresenceComposer.CurrentTo(turn, other, session);
        }

        Span<int> statuses = stackalloc int[4];
        var count = 0;
        if (isNew)
            statuses[count++] = 201; // 10.1.1
        if (room.Config.IsNonAnonymous)
            statuses[count++] = 100; // 7.2.3
        if (room.Config.IsLogged)
            statuses[count++] = 170; // 7.2.12
        if (isRenamed)
            statuses[count++] = 210; // 7.2.2, decision A34
        var notice = PresenceNotice.Current(room, session.Occupant) with { Versions = AffiliationVersions.AtEntry(room, session) };
        PresenceComposer.ToSelf(turn, notice, session, statuses[..count], turn.Root.Attribute("id"u8));

        RoomVCards.TellNewcomer(turn, session);
        HistoryReplay.Send(turn, session, join.History);
        Subjects.Send(turn, session);
        RegistrationApproval.Show(turn, session);
    }

    /// <summary>The role with which a person enters (5.1.2). What a moderator gave or took in a moderated room holds for the next visit (5.1).</summary>
    internal static MucRole RoleOnEntry(Room room, Jid bareJid)
    {
        var affiliation = room.AffiliationOf(bareJid);
        if (affiliation < MucAffiliation.Admin && room.Mutes.Find(bareJid) is not null)
            return MucRole.Visitor;
        if (VoiceAfterTime.MustWait(room, bareJid))
            return MucRole.Visitor;
        var byDefault = EntryRules.DefaultRole(affiliation, room.Config.NewcomersAreVisitors);
        return room.Config.NewcomersAreVisitors && affiliation == MucAffiliation.None && room.RememberedRoles.TryGetValue(bareJid, out var remembered)
            ? remembered
            : byDefault;
    }
}
