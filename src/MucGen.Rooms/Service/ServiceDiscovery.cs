using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>What the service tells about itself, and which rooms it has (XEP-0045 6.2, 6.3; XEP-0030, XEP-0059).</summary>
[Feature("http://jabber.org/protocol/disco#info")]
[Feature("http://jabber.org/protocol/disco#items")]
[Feature("http://jabber.org/protocol/rsm")]
[Feature("http://jabber.org/protocol/muc")]
[Feature("http://jabber.org/protocol/muc#stable_id")]
[Feature("urn:xmpp:occupant-id:0")]
public static class ServiceDiscovery
{
    /// <summary>Answers with identity and features.</summary>
    [OnIq(IqType.Get)]
    public static void Info(ServiceTurn turn, DiscoInfoQueryView query)
    {
        if (!query.Node.IsEmpty)
        {
            if (!turn.Policy.Commands.Describe(turn, query))
                turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var info = DiscoInfoQueryWriter.Start(ref writer);
        info.Identity(category: "conference", type: "text", name: turn.Policy.Name);
        foreach (var feature in turn.Policy.Protocol.FeaturesOf(typeof(ServiceTurn)))
        {
            if (ServiceVCard.Announces(feature, turn.Policy))
                info.Feature(var: feature);
        }

        info.End();
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Lists the public rooms, a page at a time.</summary>
    [OnIq(IqType.Get)]
    public static void Items(ServiceTurn turn, DiscoItemsQueryView query)
    {
        if (!query.Node.IsEmpty)
        {
            if (!turn.Policy.Commands.List(turn, query))
                turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        var request = Paging.Request(query.ResultSet);
        var page = turn.Directory.Read(request, turn.Policy.MostListed);
        var payload = turn.StartResult(out var writer);
        var list = DiscoItemsQueryWriter.Start(ref writer);
        foreach (var room in page.Items)
            list.Item(jid: room.Address, name: room.Name.Length > 0 ? room.Name : room.Uid);
        Paging.Describe(page, static room => room.Uid, request, ref list);
        list.End();
        turn.SendResult(payload, ref writer);
    }
}
