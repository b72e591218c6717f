using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Changes of nick (XEP-0045 7.6). They concern the session that asks: another session of the same person keeps the old nick, and a nick that
/// the person holds elsewhere already is shared from then on.
/// </summary>
internal static class NickChange
{
    /// <summary>Checks and carries out; false when it was refused. The error comes from the address that was tried (decision A35).</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="session">Whose.</param>
    /// <param name="nick">The nick that is asked for.</param>
    /// <param name="id">The id of the presence that is answered by the new presence; absent when something else answers it.</param>
    public static bool Change(RoomTurn turn, OccupantSession session, string nick, XmlText id = default)
    {
        if (Check(turn.Room, session.Occupant, nick) is { } refusal)
        {
            turn.Refuse(refusal);
            return false;
        }
        if (PresenceContent.Read(turn, out var content) is { } tooLarge)
        {
            turn.Refuse(tooLarge);
            return false;
        }
        Rename(turn, session, nick, [], [], content, id);
        return true;
    }

    /// <summary>Gives a session another nick and tells everybody.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="session">Whose.</param>
    /// <param name="nick">A nick that is free for this person.</param>
    /// <param name="statuses">Codes in the new nick's presence, for everybody.</param>
    /// <param name="further">Codes in it for the session alone.</param>
    /// <param name="content">The availability that comes with it; null keeps the last one.</param>
    /// <param name="id">The id of what the session's own presence answers.</param>
    public static void Rename(
        RoomTurn turn, OccupantSession session, string nick, ReadOnlySpan<int> statuses, ReadOnlySpan<int> further, PresenceContent? content,
        XmlText id = default)
    {
        var old = session.Occupant;
        var was = old.Role;
        var wasShown = ReferenceEquals(old.Shown, session);
        var farewell = PresenceNotice.Leaving(turn.Room, old, session.FullJid) with
        {
            Role = old.Role, // 7.6: nobody leaves, so the role stays
            NewNick = nick,
            Statuses = [303],
        };
        PresenceComposer.ToSelf(turn, farewell, session);
        var isLast = old.Sessions.Count == 1;
        if (isLast)
            PresenceComposer.ToOthers(turn, farewell);

        if (content is { } changed)
            Availability.Record(turn, session, changed);
        turn.Record(new NickChanged(session.FullJid, nick));
        if (!isLast && wasShown)
            PresenceComposer.CurrentToAll(turn, old);
        else if (!isLast && turn.Room.Config.PresenceBroadcast.Has(old.Role))
            PresenceComposer.CurrentTo(turn, old, session); // for this session it is another occupant from now on

        var notice = PresenceNotice.Current(turn.Room, session.Occupant) with { Statuses = statuses };
        foreach (var own in session.Occupant.Sessions)
        {
            if (!ReferenceEquals(own, session))
                PresenceComposer.ToSelf(turn, notice, own);
        }
        PresenceComposer.ToSelf(turn, notice, session, further, id);
        PresenceComposer.ToOthers(turn, notice);
        if (session.Occupant.Role == MucRole.Moderator && was != MucRole.Moderator)
            turn.ShowAddresses(session); // it has come to another session of that person, who is one
    }

    private static Refusal? Check(Room room, Occupant occupant, string nick) =>
        Nicks.CheckSyntax(nick, room.Policy)
        ?? OccupantRules.CheckNickChange(occupant.Role, room.Config.VisitorsMayChangeNick)
        ?? (LockedNicks.NickFor(room, occupant.BareJid) is { } locked && locked != nick ? Confined(locked) : null) // decision A04
        ?? Nicks.CheckFree(room, nick, occupant.BareJid);

    private static Refusal Confined(string locked) =>
        Refusal.NotAcceptable($"Your nickname in this room is {locked}; the room holds you to it.");
}
