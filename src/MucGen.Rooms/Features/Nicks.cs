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

    /// <summary>
    /// Whether somebody else holds the nick, or reserved it or one that looks like it; a person's own other session is no conflict (7.2.8).
    /// Whoever reserved another nick is told which, and nobody else.
    /// </summary>
    public static Refusal? CheckFree(Room room, string nick, Jid bareJid)
    {
        ArgumentNullException.ThrowIfNull(room);
        var own = room.Affiliations.Find(bareJid)?.Nick;
        if (room.Occupants.Find(nick) is { } holder && !holder.BareJid.Equals(bareJid))
            return Remind(InUse, own, nick);
        return own != nick && room.Affiliations.IsReservedFromOthers(nick, bareJid) ? Remind(Reserved, own, nick) : null;
    }

    /// <summary>Whether the nick can be reserved for a person: it is free, and nobody else is there under one that looks like it (14.6, decision A38).</summary>
    public static Refusal? CheckReservable(Room room, string nick, Jid bareJid)
    {
        if (CheckFree(room, nick, bareJid) is { } taken)
            return taken;
        return LookAlikes(room, nick, bareJid).Any() ? InUse : null;
    }

    /// <summary>Who else is in the room under this nick or one that looks like it.</summary>
    public static IEnumerable<Occupant> LookAlikes(Room room, string nick, Jid bareJid)
    {
        ArgumentNullException.ThrowIfNull(room);
        var skeleton = NickSkeleton.Of(nick);
        return room.Occupants.All.Where(occupant => !occupant.BareJid.Equals(bareJid) && NickSkeleton.Of(occupant.Nick).IsLike(skeleton));
    }

    // Controls, and the marks that change the direction of what stands beside them.
    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    // Spaces, format characters, and the letters and symbols that are blank by design (fillers, the empty Braille cell).
    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        && rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0);

    private static Refusal Remind(Refusal refusal, string? own, string nick) =>
        own is null || own == nick ? refusal : refusal with { Text = $"{refusal.Text} The nickname that is reserved for you is {own}." };

    private static readonly Refusal Missing = Refusal.JidMalformed("A nickname is needed.");
    private static readonly Refusal Impossible = Refusal.JidMalformed("This cannot be a nickname.");
    private static readonly Refusal TooLong = Refusal.JidMalformed("This nickname is too long.");
    private static readonly Refusal InUse = Refusal.Conflict("This nickname is in use.");
    private static readonly Refusal Reserved = Refusal.Conflict("This nickname is reserved.");
}
