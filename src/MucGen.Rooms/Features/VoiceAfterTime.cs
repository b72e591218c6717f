using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Newcomers listen before they speak, where the owner wants it (<see cref="RoomConfig.VoiceAfterMinutes"/>): who has no affiliation enters as a visitor,
/// and gets voice after so many minutes in the room without a break. Whoever leaves before begins anew; whoever got it has it on the next visit too.
/// Where newcomers are visitors anyway, as in moderated rooms, voice is the moderators' to give, and time gives none.
/// </summary>
internal static class VoiceAfterTime
{
    /// <summary>Whether a person who enters now has to wait for voice.</summary>
    public static bool MustWait(Room room, Jid bareJid) =>
        room.Config is { VoiceAfterMinutes: > 0, NewcomersAreVisitors: false }
        && room.AffiliationOf(bareJid) == MucAffiliation.None
        && !room.Settled.Contains(bareJid);

    /// <summary>When the first of those who wait gets voice; null when nobody will.</summary>
    public static DateTimeOffset? Due(Room room) => room.Config.NewcomersAreVisitors || room.Occupants.Waiting.Count == 0
        ? null
        : room.Occupants.Waiting[0].WaitsSince + TimeSpan.FromMinutes(room.Config.VoiceAfterMinutes);

    /// <summary>Gives voice to those whose time has come, under every nick, and tells everybody.</summary>
    public static void Give(RoomTurn turn)
    {
        var room = turn.Room;
        while (Due(room) <= turn.Now)
        {
            var person = room.Occupants.Waiting[0].BareJid;
            turn.Record(new VoiceEarned(person));
            foreach (var occupant in room.Occupants.Of(person).ToArray())
            {
                var role = Joining.RoleOnEntry(room, person);
                if (role > occupant.Role)
                    turn.SetRole(occupant, role);
            }
        }
    }
}
