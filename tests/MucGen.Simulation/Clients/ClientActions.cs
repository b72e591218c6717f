using System.Globalization;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Simulation.Engine;
using MucGen.Xml;

namespace MucGen.Simulation.Clients;

/// <summary>What a client may think of: every kind of stanza, sensible or not, with what must come of it.</summary>
internal sealed partial class ClientActions(SimulatedWorld world)
{
    public static readonly Jid[] Rooms =
    [
        Jid.Parse($"hall@{SimulatedProcess.MucDomain}"), Jid.Parse($"garden@{SimulatedProcess.MucDomain}"),
    ];

    public static readonly string[] People = ["romeo", "juliet", "nurse", "tybalt", "mercutio"];

    private static readonly string[] Nicks = ["Romeo", "Juliet", "Nurse", "Tybalt", "Mercutio"];
    private static readonly string[] Affiliations = ["outcast", "none", "member", "admin", "owner"];
    private static readonly string[] Roles = ["none", "visitor", "participant", "moderator"];
    private static readonly string[] Conditions =
        ["gone", "item-not-found", "recipient-unavailable", "service-unavailable", "not-acceptable", "remote-server-timeout"];

    private int lastId;

    /// <summary>The client does something, or somebody does who may do more.</summary>
    public void Act(SimulatedClient client)
    {
        var room = Pick(Rooms);
        if (Chance(3) && RulerOf(room) is { } ruler)
            Rule(ruler, room);
        else
            ActLikeAnybody(client, room);
    }

    /// <summary>What admins and owners do, who are also those who may.</summary>
    private void Rule(SimulatedClient client, Jid room)
    {
        if (world.Committed.Find(room)?.Room.IsLocked == true)
        {
            Configure(client, room);
            return;
        }
        switch (world.Random.Next(20))
        {
            case < 8:
                Administrate(client, room);
                break;
            case < 11:
                Configure(client, room);
                break;
            case < 15:
                Crown(client, room);
                break;
            case < 17:
                Command(client, room);
                break;
            case 17:
                Moderate(client, room);
                break;
            case 18:
                Decide(client, room);
                break;
            default:
                Invite(client, room);
                break;
        }
    }

    private void ActLikeAnybody(SimulatedClient client, Jid room)
    {
        switch (world.Random.Next(35))
        {
            case < 6:
                Join(client, room);
                break;
            case < 10:
                Speak(client, room);
                break;
            case 10:
                Present(client, room);
                break;
            case 11:
                Unpresent(client, room);
                break;
            case 12:
                Whisper(client, room);
                break;
            case 13:
                SetSubject(client, room);
                break;
            case 14 or 15:
                Administrate(client, room);
                break;
            case 16 or 17:
                Configure(client, room);
                break;
            case 18:
                Register(client, room);
                break;
            case 19:
                Invite(client, room);
                break;
            case 20:
                Ask(client, room);
                break;
            case 21:
                Bounce(client, room);
                break;
            case 22:
                Voice(client, room);
                break;
            case 23:
                Retract(client, room);
                break;
            case 24:
                Moderate(client, room);
                break;
            case 25 or 26:
                ReadArchive(client, room);
                break;
            case 27:
                Command(client, room);
                break;
            case 28:
                Decide(client, room);
                break;
            case 29:
                Crown(client, room);
                break;
            case 30 or 33 or 34:
                Follow(client);
                break;
            case 31:
                Destroy(client, room);
                break;
            default:
                Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='get' to='{room}'><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>");
                break;
        }
    }

    private void Join(SimulatedClient client, Jid room)
    {
        var history = Chance(4) ? $"<history maxstanzas='{world.Random.Next(5)}'/>" : "";
        var password = Chance(3) ? "<password>secret</password>" : "";
        var since = client.Kept(room).Version is { } version ? $" since='{version}'" : "";
        var lists = Chance(2) ? $"<mav xmlns='urn:xmpp:muc:affiliations:1'{since}/>" : "";
        Send(client, room, Unthrottled, id =>
            $"<presence id='{id}' to='{room}/{NickFor(client)}'>{Availability()}<x xmlns='http://jabber.org/protocol/muc'>{password}{history}{lists}</x></presence>",
            static committed => committed is { Exists: true });
    }

    private void Present(SimulatedClient client, Jid room) => Send(client, room, Unthrottled, id =>
        $"<presence id='{id}' to='{room}/{NickFor(client)}'>{Availability()}</presence>");

    private void Unpresent(SimulatedClient client, Jid room) => client.Send(Chance(4)
        ? "<presence type='unavailable'><status>off</status></presence>"
        : $"<presence type='unavailable' to='{room}/{Pick(Nicks)}'/>");

    private void Speak(SimulatedClient client, Jid room)
    {
        var id = NextId();
        client.Send(new Request(id, room, $"<message id='{id}' type='groupchat' to='{room}'><body>{id}</body></message>", Unthrottled)
        {
            Then = reflected => world.Said.Add(new SaidMessage(room, RoomView.IdOf(reflected), client.FullJid.Bare, id)),
        });
    }

    private void Whisper(SimulatedClient client, Jid room) => client.Send(
        $"<message id='{NextId()}' type='chat' to='{room}/{Pick(Nicks)}'><body>psst</body></message>");

    private void SetSubject(SimulatedClient client, Jid room) => Send(client, room, Unthrottled, id =>
        $"<message id='{id}' type='groupchat' to='{room}'><subject>{id}</subject></message>",
        id => committed => committed?.Subject?.Content.ToString().Contains($">{id}<", StringComparison.Ordinal) == true);

    private void Administrate(SimulatedClient client, Jid room)
    {
        if (Chance(6))
        {
            Send(client, room, Promise.OneAnswer, id =>
                $"<iq id='{id}' type='get' to='{room}'><query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='{Pick(Affiliations)}'/></query></iq>");
            return;
        }
        if (Chance(2))
        {
            Send(client, room, Promise.OneAnswer, id =>
                $"<iq id='{id}' type='set' to='{room}'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='{Pick(Nicks)}' role='{Pick(Roles)}'/></query></iq>");
            return;
        }
        var person = Jid.Parse($"{Pick(People)}@{SimulatedProcess.Domain}");
        var affiliation = Pick(Affiliations);
        var nick = Chance(4) ? $" nick='{Pick(Nicks)}'" : "";
        Send(client, room, Promise.OneAnswer, id =>
            $"<iq id='{id}' type='set' to='{room}'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='{person}' affiliation='{affiliation}'{nick}/></query></iq>",
            committed => committed is not null
                && string.Equals((committed.Affiliations.Find(person)?.Affiliation ?? MucAffiliation.None).ToString(), affiliation, StringComparison.OrdinalIgnoreCase));
    }

    private void Configure(SimulatedClient client, Jid room)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["muc#roomconfig_roomname"] = [$"name {lastId}"] };
        if (!Chance(3))
            fields["muc#roomconfig_persistentroom"] = [Chance(8) ? "0" : "1"];
        Sometimes(fields, "muc#roomconfig_publicroom", 4, "1", "0");
        Sometimes(fields, "muc#roomconfig_membersonly", 6, "0", "1");
        Sometimes(fields, "muc#roomconfig_moderatedroom", 4, "1", "0");
        Sometimes(fields, "muc#roomconfig_whois", 4, "anyone", "moderators");
        Sometimes(fields, "muc#roomconfig_changesubject", 3, "1", "0");
        Sometimes(fields, "muc#roomconfig_enablelogging", 3, "1", "0");
        Sometimes(fields, "muc#roomconfig_slow_mode_duration", 6, "0", "20");
        Sometimes(fields, "{urn:mucgen:muc}voice_after_minutes", 6, "0", "1");
        Sometimes(fields, "{urn:mucgen:muc}registration", 4, "approval", "open");
        Sometimes(fields, "{urn:mucgen:muc}leaves_tombstone", 2, "1", "0");
        Sometimes(fields, "muc#roomconfig_maxusers", 10, "3", "none");
        if (Chance(5))
            fields["muc#roomconfig_presencebroadcast"] = Chance(2) ? ["moderator", "participant"] : ["moderator", "participant", "visitor"];
        if (Chance(12))
        {
            fields["muc#roomconfig_passwordprotectedroom"] = ["1"];
            fields["muc#roomconfig_roomsecret"] = ["secret"];
        }
        var name = fields["muc#roomconfig_roomname"][0];
        Send(client, room, Promise.OneAnswer, id =>
            $"<iq id='{id}' type='set' to='{room}'><query xmlns='http://jabber.org/protocol/muc#owner'>{Form("http://jabber.org/protocol/muc#roomconfig", fields)}</query></iq>",
            committed => committed is { IsLocked: false } && committed.Config.Name == name);
    }

    private void Register(SimulatedClient client, Jid room)
    {
        var person = client.FullJid.Bare;
        if (Chance(4))
        {
            Send(client, room, Promise.OneAnswer, id =>
                $"<iq id='{id}' type='set' to='{room}'><query xmlns='jabber:iq:register'><remove/></query></iq>",
                committed => committed is not null && committed.Affiliations.Find(person)?.Nick is null && committed.PendingRegistrations.Find(person) is null);
            return;
        }
        var nick = Pick(Nicks);
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["muc#register_roomnick"] = [nick] };
        Send(client, room, Promise.OneAnswer, id =>
            $"<iq id='{id}' type='set' to='{room}'><query xmlns='jabber:iq:register'>{Form("http://jabber.org/protocol/muc#register", fields)}</query></iq>",
            committed => committed is not null
                && (committed.Affiliations.Find(person)?.Nick == nick || committed.PendingRegistrations.Find(person) is not null));
    }

    private void Invite(SimulatedClient client, Jid room)
    {
        var person = $"{Pick(People)}@{SimulatedProcess.Domain}";
        var act = Chance(3) ? "decline" : "invite";
        Send(client, room, Promise.AtMostOne, id =>
            $"<message id='{id}' to='{room}'><x xmlns='http://jabber.org/protocol/muc#user'><{act} to='{person}'/></x></message>");
    }

    private void Ask(SimulatedClient client, Jid room)
    {
        switch (world.Random.Next(5))
        {
            case 0:
                Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='get' to='{room}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
                break;
            case 1:
                Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='get' to='{room}'><query xmlns='jabber:iq:register'/></iq>");
                break;
            case 2:
                Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='get' to='{room}'><query xmlns='urn:example:unknown'/></iq>");
                break;
            case 3:
                Send(client, room, Promise.OneAnswer, id => $"<iq id='{id}' type='get' to='{SimulatedProcess.MucDomain}'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>");
                break;
            default:
                // XEP-0410 when it is one's own nick; else it is relayed, and the other one may say nothing.
                Send(client, room, Promise.AtMostOne, id => $"<iq id='{id}' type='get' to='{room}/{Pick(Nicks)}'><ping xmlns='urn:xmpp:ping'/></iq>");
                break;
        }
    }

    private void Bounce(SimulatedClient client, Jid room)
    {
        var kind = Chance(3) ? "presence" : "message";
        client.Send($"<{kind} type='error' to='{room}/{Pick(Nicks)}'><error type='cancel'><{Pick(Conditions)} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></{kind}>");
    }

    private void Voice(SimulatedClient client, Jid room)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["muc#role"] = ["participant"] };
        if (Chance(2))
        {
            fields["muc#jid"] = [$"{Pick(People)}@{SimulatedProcess.Domain}/a"];
            fields["muc#roomnick"] = [Pick(Nicks)];
            fields["muc#request_allow"] = [Chance(2) ? "true" : "false"];
        }
        Send(client, room, Promise.AtMostOne, id => $"<message id='{id}' to='{room}'>{Form("http://jabber.org/protocol/muc#request", fields)}</message>");
    }

    private void Destroy(SimulatedClient client, Jid room)
    {
        var venue = Chance(2) ? $" jid='{Pick(Rooms)}'" : "";
        Send(client, room, Promise.OneAnswer, id =>
            $"<iq id='{id}' type='set' to='{room}'><query xmlns='http://jabber.org/protocol/muc#owner'><destroy{venue}><reason>over</reason></destroy></query></iq>",
            static committed => committed is null or { Exists: false });
    }

    /// <summary>XEP-0437: wants to hear of rooms while it is not there, or no more.</summary>
    private void Follow(SimulatedClient client) => client.Send(Chance(5)
        ? $"<presence type='unavailable' to='{SimulatedProcess.MucDomain}'/>"
        : $"<presence to='{SimulatedProcess.MucDomain}'><rai xmlns='urn:xmpp:rai:0'/></presence>");

    // The service may be told to let what is too much disappear without an answer.
    private Promise Unthrottled => world.Policy.Rates.IsSilent ? Promise.AtMostOne : Promise.OneAnswer;

    private void Send(SimulatedClient client, Jid room, Promise promise, Func<string, string> xml, Func<Room?, bool>? change = null)
    {
        var id = NextId();
        client.Send(new Request(id, room, xml(id), promise, change));
    }

    private void Send(SimulatedClient client, Jid room, Promise promise, Func<string, string> xml, Func<string, Func<Room?, bool>> change)
    {
        var id = NextId();
        client.Send(new Request(id, room, xml(id), promise, change(id)));
    }

    private static string Form(string type, Dictionary<string, string[]> fields) =>
        $"<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>{type}</value></field>"
        + string.Concat(fields.Select(field => $"<field var='{field.Key}'>{string.Concat(field.Value.Select(value => $"<value>{value}</value>"))}</field>"))
        + "</x>";

    private void Sometimes(Dictionary<string, string[]> fields, string field, int oneIn, string often, string seldom)
    {
        if (Chance(oneIn))
            fields[field] = [Chance(3) ? seldom : often];
    }

    /// <summary>Somebody who is connected and an admin or owner of the room; null when there is nobody.</summary>
    private SimulatedClient? RulerOf(Jid room)
    {
        if (world.Committed.Find(room)?.Room is not { } committed)
            return null;
        var rulers = world.Clients.Where(client => committed.AffiliationOf(client.FullJid.Bare) >= MucAffiliation.Admin).ToArray();
        return rulers.Length == 0 ? null : Pick(rulers);
    }

    // Mostly one's own, so that people do meet; sometimes another's, so that they collide.
    private string NickFor(SimulatedClient client) =>
        Chance(3) ? Pick(Nicks) : Nicks[Array.IndexOf(People, client.FullJid.Local)];

    private string Availability() => world.Random.Next(4) switch
    {
        0 => "<show>away</show><priority>5</priority>",
        1 => "<status>busy</status><x xmlns='http://jabber.org/protocol/muc#user'><item jid='forged@users.invalid/f'/></x>",
        _ => "",
    };

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"q{++lastId}");

    private bool Chance(int oneIn) => world.Random.Next(oneIn) == 0;

    private T Pick<T>(T[] of) => of[world.Random.Next(of.Length)];
}
