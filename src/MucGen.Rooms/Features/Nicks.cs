using System.Globalization;
using System.Text;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>What may be a nick (XEP-0045 17.1, 14.6) and who may use it (7.2.8, 7.6, 7.10).</summary>
public static class Nicks
{
    /// <summary>Prepares a nick that did not come as part of an address, by the OpaqueString profile (decision A36).</summary>
    /// <param name="value">As somebody typed it.</param>
    /// <param name="policy">The service's limits.</param>
    /// <param name="nick">The prepared nick when nothing is returned.</param>
    /// <returns>Why it cannot be a nick.</returns>
    public static Refusal? Prepare(string value, RoomPolicy policy, out string nick)
    {
        if (!Jid.TryPrepareResource(value, out var prepared, out _))
        {
            nick = "";
            return Impossible;
        }
        nick = prepared;
        return CheckSyntax(nick, policy);
    }

    /// <summary>Why a prepared resource cannot be a nick: nothing in it can be seen, it turns the text around it, or it is too long.</summary>
    public static Refusal? CheckSyntax(string? nick, RoomPolicy policy)
    {
        if (string.IsNullOrEmpty(nick))
            return Missing;
        if (Encoding.UTF8.GetByteCount(nick) > policy.MaxNickBytes)
            return TooLong;
        var isVisible = false;
        foreach (var rune in nick.EnumerateRunes())
        {
            if (IsForbidden(rune))
                return Impossible;
            isVisible |= IsVisible(rune);
        }
        return isVisible ? null : Impossible;
    }

    /// <summary>Whether somebody else holds or reserved the nick; a person's own other session is no conflict (7.2.8).</summary>
    public static Refusal? CheckFree(Room room, string nick, Jid bareJid)
    {
        if (room.Occupants.Find(nick) is { } holder && !holder.BareJid.Equals(bareJid))
            return InUse;
        return CheckReservation(room, nick, bareJid);
    }

    /// <summary>Whether somebody else reserved the nick, present or not.</summary>
    public static Refusal? CheckReservation(Room room, string nick, Jid bareJid) =>
        room.Affiliations.HolderOf(nick) is { } owner && !owner.BareJid.Equals(bareJid) ? Reserved : null;

    /// <summary>The nick that a person is confined to, when the service confines people and they reserved one (7.2.2, decision A03).</summary>
    public static string? LockedFor(Room room, Jid bareJid) =>
        room.Policy.LocksNicks ? room.Affiliations.Find(bareJid)?.Nick : null;

    // Controls, and the marks that change the direction of what stands beside them.
    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    // Spaces, format characters, and the letters and symbols that are blank by design (fillers, the empty Braille cell).
    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        && rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0);

    private static readonly Refusal Missing = Refusal.JidMalformed("A nickname is needed.");
    private static readonly Refusal Impossible = Refusal.JidMalformed("This cannot be a nickname.");
    private static readonly Refusal TooLong = Refusal.JidMalformed("This nickname is too long.");
    private static readonly Refusal InUse = Refusal.Conflict("This nickname is in use.");
    private static readonly Refusal Reserved = Refusal.Conflict("This nickname is reserved.");
}
