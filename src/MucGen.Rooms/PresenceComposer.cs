using System.Runtime.CompilerServices;
using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// Presence from occupant JIDs, in few variants a notice: with the real address for those who may see it, without for the
/// others (XEP-0045 7.2.3, 7.2.4), the person's own with status 110, and each with versions where lists of affiliations change (XEP-0463).
/// Each is serialised once, whatever the number of recipients.
/// </summary>
public static class PresenceComposer
{
    /// <summary>The element that newcomers get for this occupant, composed once for as long as it holds. The occupant keeps the lease.</summary>
    internal static Payload Current(Room room, Occupant occupant, bool address)
    {
        if (occupant.CachedPresence(address) is { } known)
            return known;
        var composed = Compose(PresenceNotice.Current(room, occupant), address);
        occupant.Cache(composed, address);
        return composed;
    }

    /// <summary>Tells every other occupant, each in the variant that is theirs; nobody when the role is not broadcast.</summary>
    public static void ToOthers(RoomTurn turn, in PresenceNotice notice)
    {
        if (!turn.Room.Config.PresenceBroadcast.Has(notice.SeenAs))
            return;
        var variants = default(Variants);
        foreach (var session in turn.Room.Occupants.SessionSpan)
        {
            if (ReferenceEquals(session.Occupant, notice.Occupant))
                continue;
            var address = SeesAddress(turn.Room, session.Occupant, notice.Occupant);
            var versions = HearsVersions(turn.Room, notice, session);
            turn.Send(variants[(address ? 1 : 0) + (versions ? 2 : 0)] ??= Compose(notice, address, versions: versions), session.FullJid);
        }
        foreach (var payload in variants)
            payload?.Dispose();
    }

    /// <summary>Tells every other occupant the occupant's present state.</summary>
    public static void CurrentToOthers(RoomTurn turn, Occupant occupant)
    {
        if (!turn.Room.Config.PresenceBroadcast.Has(occupant.Role))
            return;
        foreach (var session in turn.Room.Occupants.SessionSpan)
        {
            if (!ReferenceEquals(session.Occupant, occupant))
                CurrentTo(turn, occupant, session);
        }
    }

    /// <summary>Tells one session the present state of another occupant.</summary>
    public static void CurrentTo(RoomTurn turn, Occupant occupant, OccupantSession viewer) =>
        turn.Send(Current(turn.Room, occupant, SeesAddress(turn.Room, viewer.Occupant, occupant)), viewer.FullJid);

    /// <summary>Tells a person about themselves: with status 110, and the address that is theirs (decision A28).</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="notice">What is told.</param>
    /// <param name="session">The session that hears it; it may have left already.</param>
    /// <param name="further">Status codes for this session alone.</param>
    /// <param name="id">The id of the stanza that it answers (XEP-0045 7.2.2).</param>
    public static void ToSelf(
        RoomTurn turn, in PresenceNotice notice, OccupantSession session, ReadOnlySpan<int> further = default, XmlText id = default)
    {
        var payload = Compose(notice, address: true, isSelf: true, further, id, HearsVersions(turn.Room, notice, session));
        turn.Send(payload, session.FullJid);
        payload.Dispose();
    }

    /// <summary>Tells every session of the occupant about itself.</summary>
    public static void ToOwnSessions(RoomTurn turn, in PresenceNotice notice, IReadOnlyList<OccupantSession> sessions)
    {
        var variants = default(Variants);
        for (var i = 0; i < sessions.Count; i++)
        {
            var versions = HearsVersions(turn.Room, notice, sessions[i]);
            turn.Send(variants[versions ? 1 : 0] ??= Compose(notice, address: true, isSelf: true, versions: versions), sessions[i].FullJid);
        }
        foreach (var payload in variants)
            payload?.Dispose();
    }

    /// <summary>Tells everybody the occupant's present state, the occupant's own sessions first.</summary>
    public static void CurrentToAll(RoomTurn turn, Occupant occupant)
    {
        ToOwnSessions(turn, PresenceNotice.Current(turn.Room, occupant), occupant.Sessions);
        CurrentToOthers(turn, occupant);
    }

    /// <summary>Composes one variant; the caller owns the lease.</summary>
    internal static Payload Compose(
        in PresenceNotice notice, bool address, bool isSelf = false, ReadOnlySpan<int> further = default, XmlText id = default, bool versions = false)
    {
        var payload = Payload.Rent();
        var writer = new XmppWriter(payload);
        writer.Raw("<presence"u8);
        if (notice.IsUnavailable)
            writer.Raw(" type='unavailable'"u8);
        writer.Attribute("id"u8, id);
        writer.Attribute("from"u8, notice.Occupant.OccupantJid);
        writer.Attribute("xml:lang"u8, notice.Language);
        writer.Raw(">"u8);
        writer.Raw(notice.Content);
        OccupantIdWriter.Write(ref writer, id: notice.Occupant.OccupantId);
        WriteMucUser(notice, address, isSelf, further, versions, ref writer);
        WriteHats(notice.Hats, ref writer);
        writer.Raw("</presence>"u8);
        writer.Flush();
        payload.Seal(notice.Occupant.OccupantJid, address ? notice.Occupant.BareJid : null);
        return payload;
    }

    // The order is the one that clients have always been shown: what happened, whom it concerns, and last that it is oneself.
    private static void WriteMucUser(
        in PresenceNotice notice, bool address, bool isSelf, ReadOnlySpan<int> further, bool versions, ref XmppWriter writer)
    {
        var x = MucUserWriter.Start(ref writer);
        AffiliationVersions.Write(versions ? notice.Versions : null, ref writer);
        foreach (var code in notice.Statuses)
            x.Status(code: code);
        foreach (var code in further)
            x.Status(code: code);
        var item = x.StartItem(
            affiliation: notice.Affiliation,
            jid: address ? notice.FullJid : null,
            nick: notice.NewNick,
            role: notice.Role);
        if (notice.ActorNick is not null)
            item.Actor(nick: notice.ActorNick);
        if (notice.Reason is not null)
            item.Reason(notice.Reason);
        item.End();
        if (notice.Destruction is { } end)
        {
            var destroy = x.StartDestroy(jid: end.Alternate);
            if (end.Password is not null)
                destroy.Password(end.Password);
            if (end.Reason is not null)
                destroy.Reason(end.Reason);
            destroy.End();
        }
        if (isSelf)
            x.Status(code: 110);
        x.End();
    }

    private static void WriteHats(IReadOnlyList<Hat> worn, ref XmppWriter writer)
    {
        if (worn.Count == 0)
            return;
        var hats = HatsWriter.Start(ref writer);
        foreach (var hat in worn)
            hats.Hat(hue: hat.Hue, title: hat.Title, uri: hat.Uri, lang: hat.Language);
        hats.End();
    }

    // The version at the end of a join is for everybody who asked; that of a change for those who may read a list.
    private static bool HearsVersions(Room room, in PresenceNotice notice, OccupantSession session) =>
        notice.Versions is { } versions && (versions.Since is null ? session.FollowsAffiliations : AffiliationVersions.Follows(room, session));

    private static bool SeesAddress(Room room, Occupant viewer, Occupant subject) =>
        room.Config.IsNonAnonymous || viewer.Role == MucRole.Moderator || viewer.BareJid.Equals(subject.BareJid);

    /// <summary>The forms that one notice has, each composed when the first recipient needs it.</summary>
    [InlineArray(4)]
    private struct Variants
    {
        private Payload? first;
    }
}
