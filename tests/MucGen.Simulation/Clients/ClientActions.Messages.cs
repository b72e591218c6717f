using System.Globalization;
using MucGen.Simulation.Checking;
using MucGen.Xml;

namespace MucGen.Simulation.Clients;

/// <content>Messages after they were said: taken back by their authors or by moderators, and read in the archive.</content>
internal sealed partial class ClientActions
{
    /// <summary>XEP-0424: what was reflected has taken back the author's message; of somebody else's it has only been said.</summary>
    private void Retract(SimulatedClient client, Jid room)
    {
        if (SaidIn(room) is not { } said)
            return;
        var isAuthor = said.Author.Equals(client.FullJid.Bare);
        var id = NextId();
        client.Send(new Request(
            id, room,
            $"<message id='{id}' type='groupchat' to='{room}'><retract xmlns='urn:xmpp:message-retract:1' id='{said.Id}'/><body>{id}</body></message>",
            Unthrottled)
        {
            Then = _ => world.Withdraw(isAuthor ? [said] : []),
        });
    }

    /// <summary>XEP-0425.</summary>
    private void Moderate(SimulatedClient client, Jid room)
    {
        if (SaidIn(room) is not { } said)
            return;
        var id = NextId();
        client.Send(new Request(
            id, room,
            $"<iq id='{id}' type='set' to='{room}'><moderate xmlns='urn:xmpp:message-moderate:1' id='{said.Id}'><retract xmlns='urn:xmpp:message-retract:1'/></moderate></iq>",
            Promise.OneAnswer)
        {
            Then = _ => world.Withdraw([said]),
        });
    }

    /// <summary>XEP-0313: a page, from the beginning or from the end.</summary>
    private void ReadArchive(SimulatedClient client, Jid room)
    {
        if (Chance(4))
        {
            Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='get' to='{room}'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
            return;
        }
        var most = world.Random.Next(6);
        var end = Chance(2) ? "<before/>" : "";
        var id = NextId();
        var page = new List<string>();
        client.Send(new Request(
            id, room,
            string.Create(
                CultureInfo.InvariantCulture,
                $"<iq id='{id}' type='set' to='{room}'><query xmlns='urn:xmpp:mam:2' queryid='{id}'><set xmlns='http://jabber.org/protocol/rsm'><max>{most}</max>{end}</set></query></iq>"),
            Promise.OneAnswer)
        {
            Page = page,
            Then = fin => ArchiveCheck.Check(world, client, room, page, most, fin),
        });
    }

    private SaidMessage? SaidIn(Jid room)
    {
        var said = world.Said.FindAll(message => message.Room.Equals(room));
        return said.Count == 0 ? null : said[Math.Max(0, said.Count - 1 - world.Random.Next(8))];
    }
}
