using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Mutes: a person is a visitor under every nick, in every kind of room and over every visit, until the mute ends by itself or a moderator gives voice.
/// Whoever may take voice may mute (XEP-0045 8.4); admins and owners keep theirs, so becoming one ends a mute.
/// </summary>
public static class Muting
{
    /// <summary>Whether the actor may mute this person, present or not.</summary>
    public static Refusal? Check(Room room, in Actor actor, Jid bareJid)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(bareJid);
        var affiliation = room.AffiliationOf(bareJid);
        var role = EntryRules.DefaultRole(affiliation, room.Config.NewcomersAreVisitors);
        foreach (var occupant in room.Occupants.Of(bareJid))
        {
            if (occupant.Role > role)
                role = occupant.Role;
        }
        // Judged as one who has voice: a visitor is protected by affiliation like everybody.
        var from = role > MucRole.Participant ? role : MucRole.Participant;
        return RoleChangeRules.Check(actor.Affiliation, actor.IsModerator, bareJid.Equals(actor.BareJid), affiliation, from, MucRole.Visitor);
    }

    /// <summary>Silences a person from now on, in place of an earlier mute, and tells everybody when they are present.</summary>
    public static void Apply(RoomTurn turn, Mute mute, in Actor actor)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(mute);
        turn.Record(PersonMuted.Of(mute));
        foreach (var occupant in turn.Room.Occupants.Of(mute.BareJid).ToArray())
            turn.SetRole(occupant, MucRole.Visitor, mute.Reason, actor.Occupant);
    }

    /// <summary>Ends a mute: who is present gets the role with which they would enter, and everybody is told.</summary>
    public static void Lift(RoomTurn turn, Jid bareJid, Occupant? actor = null)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(bareJid);
        turn.Record(new MuteEnded(bareJid));
        foreach (var occupant in turn.Room.Occupants.Of(bareJid).ToArray())
        {
            var hadVoice = occupant.WaitsSince is null && VoiceAfterTime.MustWait(turn.Room, bareJid); // they entered before anybody had to wait
            var role = hadVoice ? MucRole.Participant : Joining.RoleOnEntry(turn.Room, bareJid);
            if (role > occupant.Role)
                turn.SetRole(occupant, role, reason: null, actor);
        }
    }

    /// <summary>Ends the mutes whose time is over.</summary>
    internal static void Expire(RoomTurn turn)
    {
        foreach (var mute in turn.Room.Mutes.All.Where(mute => mute.Terms.Until <= turn.Now).ToArray())
            Lift(turn, mute.BareJid);
    }
}
