using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// The one gate of bans: whatever somebody who is not in the room wants of it, to enter, to be registered, to read what was said, to be invited
/// or to invite, passes here first. Those in the room have passed, for a new rule removes whom it hits (<see cref="Banning"/>).
/// </summary>
internal static class BanGate
{
    /// <summary>The refusal that somebody who is banned by any rule gets (7.2.7); null for all others.</summary>
    public static Refusal? Check(Room room, Jid person) => Check(room.AffiliationOf(person));

    /// <summary>The same by the affiliation that the room has for them.</summary>
    public static Refusal? Check(MucAffiliation affiliation) => EntryRules.Check(affiliation, isMembersOnly: false);

    /// <summary>The refusal of an invitation for somebody who is banned, which would not help them (muc-9.5-23).</summary>
    public static Refusal? CheckInvitee(Room room, Jid person) => Check(room, person) is null ? null : InviteeBanned;

    private static readonly Refusal InviteeBanned = Refusal.Forbidden("That person is banned from this room.");
}
