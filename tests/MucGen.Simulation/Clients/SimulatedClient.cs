using System.Xml.Linq;
using MucGen.Rooms;
using MucGen.Simulation.Checking;
using MucGen.Simulation.Engine;
using MucGen.Xml;

namespace MucGen.Simulation.Clients;

/// <summary>
/// One client while it is connected: keeps what it asked and what it was told, and says what cannot be. It answers what others ask it through a room,
/// if it likes.
/// </summary>
internal sealed class SimulatedClient
{
    private static readonly XNamespace Ns = "jabber:client";
    private static readonly XNamespace Activity = "urn:xmpp:rai:0";

    private readonly SimulatedWorld world;
    private readonly Dictionary<string, Request> requests = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, RoomView> rooms = new(StringComparer.Ordinal);

    public SimulatedClient(SimulatedWorld world, Jid fullJid, SimulatedProcess process)
    {
        this.world = world;
        FullJid = fullJid;
        Connection = new SimulatedConnection(fullJid, process.Time) { Received = Receive };
    }

    public Jid FullJid { get; }

    /// <summary>The name in the dialogue.</summary>
    public string Name => $"{FullJid.Local}_{FullJid.Resource}";

    public SimulatedConnection Connection { get; }

    /// <summary>What it knows of each room that it has heard of.</summary>
    public IEnumerable<KeyValuePair<string, RoomView>> Rooms => rooms;

    /// <summary>What it knows of a room.</summary>
    public RoomView View(Jid room)
    {
        var key = room.ToString();
        if (!rooms.TryGetValue(key, out var view))
            rooms.Add(key, view = new RoomView());
        return view;
    }

    /// <summary>The lists of a room, which it keeps longer than its sessions last.</summary>
    public KeptLists Kept(Jid room)
    {
        if (!world.Kept.TryGetValue((FullJid, room), out var kept))
            world.Kept.Add((FullJid, room), kept = new KeptLists());
        return kept;
    }

    /// <summary>Sends a stanza that may be answered.</summary>
    public void Send(Request request)
    {
        request.Observe(world.Committed.Find(request.Room)?.Room);
        request.Order = world.NextOrder();
        requests.Add(request.Id, request);
        world.Asked.Add((FullJid, request.Id), request.Xml);
        Send(request.Xml);
    }

    /// <summary>Sends a stanza.</summary>
    public void Send(string xml)
    {
        world.Dialogue.Sends(Name, xml);
        Connection.Write(xml);
    }

    /// <summary>A room on disk has changed.</summary>
    public void Observe(Jid room, Room? committed)
    {
        foreach (var request in requests.Values)
            if (request.Change is not null && request.Room.Equals(room))
                request.Observe(committed);
    }

    /// <summary>Nothing is under way any more: every promise must have been kept.</summary>
    public void CheckAnswers()
    {
        foreach (var request in requests.Values)
            if (request.Promise == Promise.OneAnswer && request.Answers != 1)
                world.Findings.Report($"{Name} got {request.Answers} answers to: {request.Xml}");
        requests.Clear();
    }

    private void Receive(string bytes)
    {
        foreach (var stanza in XElement.Parse($"<stream xmlns='jabber:client'>{bytes}</stream>").Elements())
        {
            world.Dialogue.Receives(Name, stanza);
            Take(stanza);
        }
    }

    private void Take(XElement stanza)
    {
        if (stanza.Attribute("to")?.Value is not { } to || (to != FullJid.ToString() && to != FullJid.Bare.ToString()))
            world.Findings.Report($"{Name} receives what is for somebody else: {stanza}");
        if (stanza.Attribute("from")?.Value is not { } from)
        {
            world.Findings.Report($"{Name} receives a stanza from nobody: {stanza}");
            return;
        }
        var sender = Jid.Parse(from);
        requests.TryGetValue(stanza.Attribute("id")?.Value ?? "", out var request);
        PrivacyCheck.Check(world, this, stanza, sender);
        if (Kept(sender.Bare).Take(stanza) is { } fault)
            world.Findings.Report($"{Name} {fault}: {stanza}");
        switch (stanza.Name.LocalName)
        {
            case "presence":
                TakePresence(stanza, sender, request);
                break;
            case "message":
                TakeMessage(stanza, sender, request);
                break;
            default:
                TakeIq(stanza, sender, request);
                break;
        }
    }

    private void TakePresence(XElement presence, Jid from, Request? request)
    {
        if (request is not null)
            Count(request, presence);
        if (presence.Attribute("type")?.Value == "error")
            return;
        if (from.Resource is { } nick)
            View(from.Bare).See(presence, nick);
        else
            world.Findings.Report($"{Name} receives presence from no occupant: {presence}");
    }

    private void TakeMessage(XElement message, Jid from, Request? request)
    {
        var type = message.Attribute("type")?.Value;
        var isLate = message.Element(XName.Get("delay", "urn:xmpp:delay")) is not null;
        if (type == "groupchat")
        {
            if (View(from.Bare).Nick is null)
                world.Findings.Report($"{Name} hears a room that it is not in: {message}");
            View(from.Bare).Hear(message);
            if (isLate)
                ArchiveCheck.CheckPast(world, this, message, asked: null);
            else if (request is not null)
                Count(request, message);
        }
        else if (message.Element(Activity + "rai") is { } active)
        {
            CheckActivity(active);
        }
        else if (ArchiveCheck.Read(message) is { } archived)
        {
            TakeArchived(message, archived.QueryId, archived.Id);
        }
        else if (type == "error" && request is { IsPresence: false }) // who enters is told beside the answer that no list is theirs to read
        {
            Count(request, message);
        }
    }

    // XEP-0437: of rooms to which this person belongs, and of no others.
    private void CheckActivity(XElement active)
    {
        foreach (var room in active.Elements(Activity + "activity"))
            if (!world.Truth.PrivacyIn(Jid.Parse(room.Value)).Belongs(FullJid.Bare))
                world.Findings.Report($"{Name} hears of {room.Value} without belonging to it: {active}");
    }

    private void TakeArchived(XElement message, string? queryId, string? id)
    {
        if (requests.GetValueOrDefault(queryId ?? "") is { Page: { } page } request)
        {
            page.Add(id ?? "none");
            ArchiveCheck.CheckPast(world, this, message, request.Order);
        }
        else if (!world.Asked.ContainsKey((FullJid, queryId ?? "")))
        {
            world.Findings.Report($"{Name} receives a page that it has not asked for: {message}");
        }
    }

    private void TakeIq(XElement iq, Jid from, Request? request)
    {
        if (iq.Attribute("type")?.Value is "get" or "set")
            AnswerSomehow(iq, from);
        else if (request is not null)
            Count(request, iq);
        else if (!world.Asked.ContainsKey((FullJid, iq.Attribute("id")?.Value ?? "")))
            world.Findings.Report($"{Name} receives an answer to nothing that it asked: {iq}");
    }

    private void Count(Request request, XElement answer)
    {
        request.Answers++;
        if (request.Answers > 1)
            world.Findings.Report($"{Name} gets a second answer to: {request.Xml}\n  {answer}");
        if (answer.Attribute("type")?.Value == "error")
            return;
        if (!request.IsOnDisk)
            world.Findings.Report($"{Name} gets an acknowledgement of what is not on disk: {request.Xml}\n  {answer}");
        request.Then?.Invoke(answer);
    }

    private void AnswerSomehow(XElement iq, Jid from)
    {
        var id = new XAttribute("id", iq.Attribute("id")?.Value ?? "");
        var answer = world.Random.Next(4) switch
        {
            0 => new XElement(Ns + "iq", new XAttribute("type", "result"), id, new XAttribute("to", from)),
            1 => new XElement(
                Ns + "iq", new XAttribute("type", "error"), id, new XAttribute("to", from),
                new XElement(
                    Ns + "error", new XAttribute("type", "cancel"), new XAttribute("by", FullJid),
                    new XElement(XName.Get("service-unavailable", "urn:ietf:params:xml:ns:xmpp-stanzas")))),
            _ => null,
        };
        if (answer is not null)
            Send(answer.ToString(SaveOptions.DisableFormatting));
    }
}
