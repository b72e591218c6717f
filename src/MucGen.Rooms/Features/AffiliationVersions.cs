using System.Globalization;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>The versions before and behind a change of the lists of affiliations, as they are on the wire (XEP-0463 5.2.2).</summary>
/// <param name="Since">Before; null when it does not matter.</param>
/// <param name="Until">Behind.</param>
public sealed record AffiliationVersionChange(string? Since, string Until);

/// <summary>
/// The lists of affiliations for clients that keep them (XEP-0463): what is new when they enter, and every change with its versions. Only those hear of versions
/// whose join asked for it, and who may read a list; all others see what they always saw.
/// </summary>
/// <remarks>
/// A version is the time at which the room was created with the number of changes since, so it means the same after a restart, and nothing in a later room of
/// that name. Who may read no list gets one that no room knows later, for they have not seen what belongs to it.
/// </remarks>
[Feature("urn:xmpp:muc:affiliations:1", Context = typeof(RoomTurn))]
public static class AffiliationVersions
{
    private const int MostItems = 500;

    private static readonly MucAffiliation[] Lists = [MucAffiliation.Owner, MucAffiliation.Admin, MucAffiliation.Member, MucAffiliation.Outcast];

    /// <summary>Begins the sequence of a join: what is new since the version that the client knows, ahead of all presence (5.2.1).</summary>
    /// <param name="turn">The turn of the join.</param>
    /// <param name="session">Who enters.</param>
    /// <param name="tag">The element that asks to enter.</param>
    internal static void Greet(RoomTurn turn, OccupantSession session, in ElementView tag)
    {
        var wanted = tag.Child(AffiliationVersionsView.Key);
        if (wanted.IsPresent != session.FollowsAffiliations)
            turn.Record(new AffiliationsFollowed(session.FullJid, wanted.IsPresent));
        if (!wanted.IsPresent)
            return;
        if (!ReadsAny(turn.Room, session))
            Refuse(turn, session);
        else if (Read(turn.Room, wanted.Attribute("since"u8)) is not { } since || HasNewAccess(turn.Room, session, since))
            Send(turn, session, null, Everybody(turn.Room, session));
        else if (since < turn.Room.AffiliationLog.Version)
            Send(turn, session, since, ChangedSince(turn.Room, session, since));
    }

    /// <summary>The version that ends a join; null for those who did not ask (5.2.1).</summary>
    internal static AffiliationVersionChange? AtEntry(Room room, OccupantSession session)
    {
        if (!session.FollowsAffiliations)
            return null;
        var version = Write(room, room.AffiliationLog.Version);
        return new AffiliationVersionChange(null, ReadsAny(room, session) ? version : $"{version}.hidden");
    }

    /// <summary>The versions before and behind the last change.</summary>
    internal static AffiliationVersionChange Last(Room room) =>
        new(Write(room, room.AffiliationLog.Version - 1), Write(room, room.AffiliationLog.Version));

    /// <summary>Whether a session is told the versions of a change that it hears of: it asked, and may read a list with the addresses on it.</summary>
    internal static bool Follows(Room room, OccupantSession session) =>
        session.FollowsAffiliations
        && (room.Config.IsNonAnonymous || session.Occupant.Role == MucRole.Moderator)
        && ReadsAny(room, session);

    /// <summary>
    /// Ends a turn: whoever keeps the lists and has another affiliation now may read others than before, and gets them anew, because the changes alone make
    /// no whole list.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="since">The version with which it began.</param>
    internal static void Follow(RoomTurn turn, long since)
    {
        var room = turn.Room;
        if (room.AffiliationLog.Version == since || !room.AffiliationLog.Knows(since))
            return;
        foreach (var session in room.Occupants.SessionSpan)
        {
            if (session.FollowsAffiliations && HasNewAccess(room, session, since) && ReadsAny(room, session))
                Send(turn, session, null, Everybody(room, session));
        }
    }

    /// <summary>Tells a change to those who keep the lists, where no presence tells it (5.2.2).</summary>
    internal static void Tell(RoomTurn turn, Affiliated entry)
    {
        Payload? message = null;
        foreach (var session in turn.Room.Occupants.SessionSpan)
        {
            if (Follows(turn.Room, session))
                turn.Send(message ??= Compose(turn, entry, Last(turn.Room)), session.FullJid);
        }

        message?.Dispose();
    }

    /// <summary>The message that tells of the affiliation of somebody who is not in the room.</summary>
    internal static Payload Compose(RoomTurn turn, Affiliated entry, AffiliationVersionChange? versions)
    {
        var payload = turn.StartMessage(out var writer);
        var x = MucUserWriter.Start(ref writer);
        Write(versions, ref writer);
        x.StartItem(affiliation: entry.Affiliation, jid: entry.BareJid, role: MucRole.None).End();
        x.End();
        return turn.EndMessage(payload, ref writer, reveals: entry.BareJid);
    }

    /// <summary>Writes the versions into an element of the room; nothing when there are none.</summary>
    internal static void Write(AffiliationVersionChange? versions, ref XmppWriter writer)
    {
        if (versions is not null)
            AffiliationVersionsWriter.Write(ref writer, since: versions.Since, until: versions.Until);
    }

    // 5.2.1: long answers come in several messages, whose versions join up. Those between are of no room, so that a client that has only a part of the answer
    // gets all of it anew.
    private static void Send(RoomTurn turn, OccupantSession session, long? since, List<(Jid Jid, MucAffiliation Affiliation)> items)
    {
        var until = Write(turn.Room, turn.Room.AffiliationLog.Version);
        var from = since is { } known ? Write(turn.Room, known) : null;
        for (var sent = 0; sent == 0 || sent < items.Count; sent += MostItems)
        {
            var isLast = sent + MostItems >= items.Count;
            var to = isLast ? until : string.Create(CultureInfo.InvariantCulture, $"{until}.{sent + MostItems}");
            var payload = turn.StartMessage(out var writer);
            var x = MucUserWriter.Start(ref writer);
            Write(new AffiliationVersionChange(from, to), ref writer);
            for (var i = sent; i < items.Count && i < sent + MostItems; i++)
                x.StartItem(affiliation: items[i].Affiliation, jid: items[i].Jid).End();
            x.End();
            turn.EndMessage(payload, ref writer);
            turn.Send(payload, session.FullJid);
            payload.Dispose();
            from = to;
        }
    }

    private static List<(Jid Jid, MucAffiliation Affiliation)> Everybody(Room room, OccupantSession session)
    {
        var items = new List<(Jid, MucAffiliation)>();
        foreach (var list in Lists)
        {
            if (Reads(room, session, list))
                items.AddRange(room.Affiliations.Listed(list).Select(jid => (jid, list)));
        }

        return items;
    }

    // Who was or is on a list that this session may read; there, somebody who is on none that it may read is on none.
    private static List<(Jid Jid, MucAffiliation Affiliation)> ChangedSince(Room room, OccupantSession session, long since)
    {
        var items = new List<(Jid, MucAffiliation)>();
        foreach (var step in room.AffiliationLog.Since(since))
        {
            var now = room.Affiliations.Find(step.BareJid)?.Affiliation ?? MucAffiliation.None;
            if (Reads(room, session, now))
                items.Add((step.BareJid, now));
            else if (Reads(room, session, step.Was))
                items.Add((step.BareJid, MucAffiliation.None));
        }

        return items;
    }

    // 6: what the lists were before one's own affiliation changed is none of one's business.
    private static bool HasNewAccess(Room room, OccupantSession session, long since)
    {
        var person = session.Occupant.BareJid;
        return room.AffiliationLog.Since(since).Any(step => step.BareJid.Equals(person) || (step.BareJid.Local is null && step.BareJid.Domain == person.Domain));
    }

    private static bool ReadsAny(Room room, OccupantSession session)
    {
        foreach (var list in Lists)
        {
            if (Reads(room, session, list))
                return true;
        }

        return false;
    }

    // 5.2.3: the rules of the requests for lists. Being on none is no list.
    private static bool Reads(Room room, OccupantSession session, MucAffiliation list)
    {
        var (affiliation, role) = (room.AffiliationOf(session.Occupant.BareJid), session.Occupant.Role);
        return list != MucAffiliation.None
            && ListRules.CheckAffiliationList(affiliation, role, list, room.Config.IsNonAnonymous, room.Config.MemberListReaders.Has(role)) is null;
    }

    private static void Refuse(RoomTurn turn, OccupantSession session)
    {
        var payload = turn.StartMessage(out var writer, type: "error"u8, id: turn.Root.Attribute("id"u8));
        ErrorReply.Write(turn.Room.Address, NoList, ref writer);
        turn.EndMessage(payload, ref writer);
        turn.Send(payload, session.FullJid);
        payload.Dispose();
    }

    private static string Write(Room room, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{room.CreatedAt.UtcTicks:x}.{version:x}");

    // A version of this very room that is still remembered.
    private static long? Read(Room room, in XmlText text)
    {
        if (text.ToStringOrNull() is not { } known || known.Split('.') is not [_, var number])
            return null;
        return long.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version)
            && room.AffiliationLog.Knows(version)
            && known == Write(room, version)
                ? version
                : null;
    }

    private static readonly Refusal NoList = Refusal.Forbidden("The lists of this room are not open to you.");
}
