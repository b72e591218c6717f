using System.Text;
using System.Xml.Linq;
using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Service;
using MucGen.Rooms.Tests.Core;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Transcripts;

/// <summary>
/// The rooms without a server: stanzas go straight to the rules, deliveries straight to the clients, and time passes a second a stanza.
/// What sits in front of the rooms, accounts and presence, is not here; scripts about that are played over TCP only.
/// </summary>
internal sealed class RoomsDialogueServer : IDialogueServer
{
    private static readonly Jid Service = Jid.Parse("conference.localhost");

    private readonly RoomPolicy policy;
    private readonly Dictionary<Jid, Room> rooms = [];
    private readonly Dictionary<Jid, MemoryArchive> archives = [];
    private readonly Dictionary<Jid, RoomsDialogueClient> clients = [];
    private readonly RoomDirectory directory = new();
    private readonly RoomTurn roomTurn = new(new RandomIds());
    private readonly ServiceTurn serviceTurn;
    private DateTimeOffset now = new(2002, 10, 13, 23, 58, 37, TimeSpan.Zero);
    private int sessions;

    /// <summary>Rooms that answer by the server's own protocol, or by that of an application.</summary>
    public RoomsDialogueServer(ProtocolHost? protocol = null)
    {
        policy = new RoomPolicy { OccupantIdSecret = "a secret of tests"u8.ToArray(), Admins = new HashSet<Jid> { Jid.Parse("operator@localhost") } };
        if (protocol is not null)
            policy = policy with { Protocol = protocol };
        serviceTurn = new ServiceTurn(new ServicePolicy { Address = Service, Protocol = policy.Protocol }, directory);
    }

    public Task<IDialogueClient> ConnectAsync(DialogueLogin login, CancellationToken cancellation)
    {
        var address = Jid.Parse($"{login.BareJid}/{login.Resource ?? $"session-{++sessions}"}");
        var client = new RoomsDialogueClient(this, address);
        clients.Add(address, client);
        return Task.FromResult<IDialogueClient>(client);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var room in rooms.Values)
            room.Release();
        return ValueTask.CompletedTask;
    }

    internal void Take(Jid from, string xml)
    {
        now += TimeSpan.FromSeconds(1);
        using var stanza = Stanza.Parse(xml, policy.Protocol.Names);
        var address = stanza.Root.Attribute("to"u8);
        if (!Jid.TryParse(address, out var to, out _))
            Refuse(from, stanza.Root);
        else if (to.Domain != Service.Domain)
            throw new DialogueEndedException($"in memory there are only rooms, not {to}");
        else if (to.Local is null)
            TellService(stanza, from, to);
        else
            Tell(to.Bare, RoomInput.OfStanza(stanza, from, to));
    }

    internal void Disconnect(Jid session)
    {
        clients.Remove(session);
        foreach (var room in rooms.Keys.ToList())
            Tell(room, RoomInput.SessionGone(session));
    }

    private void Tell(Jid address, in RoomInput input)
    {
        if (!rooms.TryGetValue(address, out var room))
            rooms.Add(address, room = new Room(address, policy));
        roomTurn.Begin(room, now);
        RoomRules.Decide(roomTurn, input);
        Assert.Equal(0, roomTurn.Withheld);
        foreach (var delivery in roomTurn.Deliveries)
            Deliver(delivery);
        var archive = ArchiveOf(address);
        archive.Take(roomTurn.Events);
        RoomQuestion[] questions = [.. roomTurn.Questions];
        roomTurn.Questions.Clear();
        roomTurn.Discard();
        Publish(room);
        foreach (var question in questions)
        {
            using (question.Stanza)
                Tell(address, RoomInput.Answered(question, archive.Answer(question.Query)));
        }
    }

    private MemoryArchive ArchiveOf(Jid room)
    {
        if (!archives.TryGetValue(room, out var archive))
            archives.Add(room, archive = new MemoryArchive());
        return archive;
    }

    private void Publish(Room room)
    {
        if (RoomListing.Of(room) is { } listing)
            directory.List(listing);
        else
            directory.Unlist(room.Address);
        if (room.Exists || room.Tombstone is not null)
            return;
        rooms.Remove(room.Address);
        room.Release();
    }

    private void TellService(Stanza stanza, Jid from, Jid to)
    {
        serviceTurn.Begin(stanza, from, to, now);
        ServiceRules.Decide(serviceTurn);
        foreach (var delivery in serviceTurn.Deliveries)
        {
            Deliver(delivery);
            delivery.Payload.Dispose();
        }

        serviceTurn.Deliveries.Clear();
    }

    private void Deliver(in Delivery delivery)
    {
        if (!clients.TryGetValue(delivery.To, out var client))
            return;
        using var bytes = new PooledBufferWriter();
        delivery.Payload.WriteTo(delivery.To, bytes);
        client.Deliver(StanzaText.Parse(Encoding.UTF8.GetString(bytes.WrittenSpan)));
    }

    /// <summary>An address that is none never reaches a room: whatever routes stanzas answers (RFC 6120 8.3.3.8).</summary>
    private void Refuse(Jid from, in ElementView stanza)
    {
        XNamespace client = StanzaText.ClientNamespace;
        clients[from].Deliver(new XElement(
            client + Encoding.UTF8.GetString(stanza.LocalName),
            new XAttribute("type", "error"),
            new XAttribute("id", stanza.Attribute("id"u8).ToString()),
            new XElement(
                client + "error",
                new XAttribute("type", "modify"),
                new XElement(XName.Get("jid-malformed", "urn:ietf:params:xml:ns:xmpp-stanzas")))));
    }
}

/// <summary>One character, connected to the rooms in memory. Everything it causes has happened when its call returns.</summary>
internal sealed class RoomsDialogueClient(RoomsDialogueServer server, Jid address) : IDialogueClient
{
    private readonly Queue<XElement> waiting = new();

    public string FullJid => address.ToString();

    public Task SendAsync(string xml, CancellationToken cancellation)
    {
        server.Take(address, xml);
        return Task.CompletedTask;
    }

    public Task<XElement> ReceiveAsync(CancellationToken cancellation) => waiting.TryDequeue(out var stanza)
        ? Task.FromResult(stanza)
        : throw new DialogueEndedException("nothing is waiting");

    public bool TryReceive(out XElement? stanza) => waiting.TryDequeue(out stanza);

    public Task SettleAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        server.Disconnect(address);
        return ValueTask.CompletedTask;
    }

    internal void Deliver(XElement stanza) => waiting.Enqueue(stanza);
}
