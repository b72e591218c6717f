using System.Globalization;
using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Rooms.Service;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>What a room tells about itself to anybody who asks (XEP-0045 6.4 to 6.6, 18.1.1; XEP-0030, XEP-0128).</summary>
[Specification("XEP-0128", "1.0.1")]
[Feature("http://jabber.org/protocol/disco#info")]
[Feature("http://jabber.org/protocol/disco#items")]
[Feature("http://jabber.org/protocol/rsm")]
[Feature("http://jabber.org/protocol/muc#roominfo")]
public static class RoomDiscovery
{
    private const int MostItems = 100;

    private static ReadOnlySpan<byte> TrafficNode => "http://jabber.org/protocol/muc#traffic"u8;

    /// <summary>Answers for the room itself, or for one of its nodes.</summary>
    [OnIq(IqType.Get)]
    public static void Info(RoomTurn turn, DiscoInfoQueryView query)
    {
        if (query.Node.IsEmpty)
            OfRoom(turn);
        else if (query.Node.Equals("x-roomuser-item"u8))
            ReservedNickDiscovery.Answer(turn); // 7.12
        else if (query.Node.Equals(TrafficNode))
            Traffic(turn);
        else if (!RoomCommands.All.Describe(turn, query))
            turn.Refuse(NoSuchNode);
    }

    /// <summary>Lists the occupants for each other; outsiders get an empty list, which is no error (6.5), unless the room shows it to everybody.</summary>
    [OnIq(IqType.Get)]
    public static void Items(RoomTurn turn, DiscoItemsQueryView query)
    {
        if (!query.Node.IsEmpty)
        {
            if (!RoomCommands.All.List(turn, query))
                turn.Refuse(NoSuchNode);
            return;
        }

        var room = turn.Room;
        List<Occupant> occupants = turn.Sender is null && !room.Config.ListsOccupants
            ? []
            : [.. room.Occupants.All.Where(occupant => room.Config.PresenceBroadcast.Has(occupant.Role))];
        occupants.Sort(static (a, b) => string.CompareOrdinal(a.Nick, b.Nick));

        var request = Paging.Request(query.ResultSet);
        var page = Paging.Cut(occupants, static occupant => occupant.Nick, request, MostItems);
        var payload = turn.StartResult(out var writer);
        var list = DiscoItemsQueryWriter.Start(ref writer);
        foreach (var occupant in page.Items)
            list.Item(jid: occupant.OccupantJid);
        Paging.Describe(page, static occupant => occupant.Nick, request, ref list);
        list.End();
        turn.SendResult(payload, ref writer);
    }

    // 18.1.1, decision A19: the payloads that pass, where the service keeps others out.
    private static void Traffic(RoomTurn turn)
    {
        if (turn.Policy.Payloads is not { } filter)
        {
            turn.Refuse(NothingFiltered);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var query = DiscoInfoQueryWriter.Start(ref writer, node: TrafficNode);
        foreach (var ns in filter.Namespaces)
            query.Feature(var: ns);
        query.End();
        turn.SendResult(payload, ref writer);
    }

    private static void OfRoom(RoomTurn turn)
    {
        var room = turn.Room;
        var payload = turn.StartResult(out var writer);
        var query = DiscoInfoQueryWriter.Start(ref writer);
        query.Identity(category: "conference", type: "text", name: NameOf(room));
        foreach (var feature in turn.Policy.Protocol.FeaturesOf(typeof(RoomTurn)))
        {
            if (Registration.Announces(feature, room) && RoomVCards.Announces(feature, turn.Policy) && RoomArchive.Announces(feature, room))
                query.Feature(var: feature);
        }

        room.Config.WriteDiscoFeatures(ref query);
        WriteInfo(turn, ref writer);
        Reactions.WriteRestrictions(room.Config, ref writer);
        query.End();
        turn.SendResult(payload, ref writer);
    }

    // 6.4, 14.4, decision A48: neither occupants' names nor the subject, which are not for outsiders; the number is. The owners are the
    // contacts where real addresses are no secret.
    private static void WriteInfo(RoomTurn turn, ref XmppWriter writer)
    {
        var room = turn.Room;
        var info = MucRoomInfoFormWriter.Start(ref writer, FormType.Result);
        room.Config.WriteRoomInfo(ref info);
        info.Occupants(room.Occupants.Count);
        if (room.Config.IsLogged && room.Config.LogAddress.Length > 0)
            info.Logs(room.Config.LogAddress);
        if (room.VCard is { PhotoHashes.Count: > 0 } vCard)
            info.AvatarHash(vCard.PhotoHashes); // XEP-0486 3.3
        if (room.Hats.All.Count > 0)
            info.HatsHash(room.Hats.Hash()); // XEP-0317 2
        if (IsOpenToAll(room.Config) && room.Activity.PerHour(turn.Now) is { } activity)
            info.MessageActivity(activity.ToString("0.##", CultureInfo.InvariantCulture));
        if (room.Config.IsNonAnonymous)
            info.ContactJid(room.Affiliations.Listed(MucAffiliation.Owner));
        info.End();
    }

    // XEP-0502 3.1, 8: how lively a room is, is nobody's business where not everybody may enter.
    private static bool IsOpenToAll(RoomConfig config) =>
        config is { IsPersistent: true, IsPublic: true, IsMembersOnly: false, IsPasswordProtected: false };

    /// <summary>The room's name for people: the configured one, or else the localpart (MC-0030-05).</summary>
    internal static string NameOf(Room room) => room.Config.Name.Length > 0 ? room.Config.Name : room.Address.Local!;

    private static readonly Refusal NoSuchNode = Refusal.ItemNotFound("This room has no such node.");

    private static readonly Refusal NothingFiltered = new(
        StanzaErrorCondition.ServiceUnavailable, StanzaErrorType.Cancel, "This room passes every kind of payload on.");
}
