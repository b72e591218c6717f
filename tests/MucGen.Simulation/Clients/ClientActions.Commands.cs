using System.Xml.Linq;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Simulation.Engine;
using MucGen.Xml;

namespace MucGen.Simulation.Clients;

/// <content>Commands of a room (XEP-0050), and what admins answer to those who want to be registered.</content>
internal sealed partial class ClientActions
{
    private static readonly XNamespace Commands = "http://jabber.org/protocol/commands";
    private const string HatCommands = "urn:xmpp:hats:commands:";
    private static readonly string[] Minutes = ["0", "1", "30"];
    private static readonly string[] Hats = ["urn:example:crown", "urn:example:cap"];

    private void Command(SimulatedClient client, Jid room)
    {
        var person = Jid.Parse($"{Pick(People)}@{SimulatedProcess.Domain}");
        switch (world.Random.Next(7))
        {
            case 0:
                Fill(client, room, "ban", new() { ["target"] = [person.ToString()], ["minutes"] = [Pick(Minutes)] }, IsBanned(person));
                break;
            case 1:
                var mask = Chance(4) ? $"*@{SimulatedProcess.Domain}" : $"{person.Local}*@*";
                Fill(client, room, "ban", new() { ["target"] = [mask], ["minutes"] = [Pick(Minutes)] }, committed => committed?.Affiliations.Masks.All.Count > 0);
                break;
            case 2:
                Fill(client, room, "mute", new() { ["jid"] = [person.ToString()], ["minutes"] = [Pick(Minutes)] }, committed => committed?.Mutes.Find(person) is not null);
                break;
            case 3:
                Fill(client, room, "mute", new() { ["nick"] = [Pick(Nicks)], ["minutes"] = [Pick(Minutes)] }, static committed => committed?.Mutes.All.Any() == true);
                break;
            case 4:
                var isBan = Chance(2);
                Fill(client, room, "lift", new() { [isBan ? "bans" : "mutes"] = [person.ToString()] }, committed => committed is not null
                    && (isBan ? committed.Affiliations.Find(person)?.Affiliation != MucAffiliation.Outcast : committed.Mutes.Find(person) is null));
                break;
            case 5:
                Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='set' to='{room}'><command xmlns='{Commands}' node='sanctions'/></iq>");
                break;
            default:
                var said = world.Said.FindAll(message => message.Room.Equals(room) && message.Author.Equals(person));
                Fill(client, room, "urn:mucgen:purge", new() { ["who"] = [person.ToString()] }, IsBanned(person), _ => world.Withdraw(said));
                break;
        }
    }

    /// <summary>XEP-0317.</summary>
    private void Crown(SimulatedClient client, Jid room)
    {
        var person = Jid.Parse($"{Pick(People)}@{SimulatedProcess.Domain}");
        var uri = Pick(Hats);
        switch (world.Random.Next(8))
        {
            case < 2:
                var title = NextId();
                Fill(client, room, $"{HatCommands}create", new() { ["hats#title"] = [title], ["hats#uri"] = [uri] }, committed => committed?.Hats.Find(uri)?.Title == title);
                break;
            case < 6:
                Fill(client, room, $"{HatCommands}assign", new() { ["hats#jid"] = [person.ToString()], ["hats#uri"] = [uri] }, committed => Wears(committed, person, uri));
                break;
            case 6:
                Fill(
                    client, room, $"{HatCommands}unassign", new() { ["hats#jid"] = [person.ToString()], ["hats#uri"] = [uri] },
                    committed => committed is not null && !Wears(committed, person, uri));
                break;
            default:
                Fill(client, room, $"{HatCommands}destroy", new() { ["hats#uri"] = [uri] }, committed => committed is not null && committed.Hats.Find(uri) is null);
                break;
        }
    }

    private static bool Wears(Room? room, Jid person, string uri) => room?.Hats.Of(person).Any(hat => hat.Uri == uri) == true;

    /// <summary>Executes a command, and fills in the form that comes back, sooner or later or never.</summary>
    private void Fill(
        SimulatedClient client, Jid room, string node, Dictionary<string, string[]> fields, Func<Room?, bool> change, Action<XElement>? then = null)
    {
        var id = NextId();
        client.Send(new Request(id, room, $"<iq id='{id}' type='set' to='{room}'><command xmlns='{Commands}' node='{node}'/></iq>", Promise.OneAnswer)
        {
            Then = asking =>
            {
                if (Chance(8))
                    return;
                var session = asking.Element(Commands + "command")?.Attribute("sessionid")?.Value;
                var type = asking.Descendants(XName.Get("field", "jabber:x:data")).First().Element(XName.Get("value", "jabber:x:data"))!.Value;
                var next = NextId();
                client.Send(new Request(
                    next, room,
                    $"<iq id='{next}' type='set' to='{room}'><command xmlns='{Commands}' node='{node}' sessionid='{session}'>{Form(type, fields)}</command></iq>",
                    Promise.OneAnswer, change)
                {
                    Then = then,
                });
            },
        });
    }

    /// <summary>9.9: mostly of somebody who has asked for nothing.</summary>
    private void Decide(SimulatedClient client, Jid room)
    {
        var waiting = world.Committed.Find(room)?.Room.PendingRegistrations is [var first, ..] ? first : null;
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["muc#register_allow"] = [Chance(3) ? "0" : "1"],
            ["muc#register_roomnick"] = [waiting?.Nick ?? Pick(Nicks)],
            ["{urn:mucgen:muc}register_jid"] = [waiting?.BareJid.ToString() ?? $"{Pick(People)}@{SimulatedProcess.Domain}"],
        };
        Send(client, room, Promise.AtMostOne, id => $"<message id='{id}' to='{room}'>{Form("http://jabber.org/protocol/muc#register", fields)}</message>");
    }

    private static Func<Room?, bool> IsBanned(Jid person) => committed => committed?.Affiliations.Find(person)?.Affiliation == MucAffiliation.Outcast;
}
