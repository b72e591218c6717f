using System.Globalization;
using System.Xml.Linq;
using MucGen.Simulation.Clients;
using MucGen.Transcripts.Running;

namespace MucGen.Simulation.Kills;

/// <summary>
/// The owner of one persistent room: changes it without pause, one acknowledged change after the other, and looks after a crash whether all of
/// them are there, through the protocol alone.
/// </summary>
internal sealed class RoomKeeper(int number, int seed)
{
    private const string Admin = "http://jabber.org/protocol/muc#admin";
    private const string Owner = "http://jabber.org/protocol/muc#owner";
    private const string ConfigForm = "http://jabber.org/protocol/muc#roomconfig";
    private const string RegisterForm = "http://jabber.org/protocol/muc#register";
    private const string MessagePrefix = "message ";
    private const int Page = 100;

    private readonly string room = string.Create(CultureInfo.InvariantCulture, $"kept{number}@conference.localhost");
    private readonly Random random = new(seed);
    private readonly List<string> said = [];
    private readonly Dictionary<string, string> byId = new(StringComparer.Ordinal);
    private readonly List<XElement> heard = [];
    private int last;
    private int kept;

    /// <summary>What has been acknowledged.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>How many reflected messages a crash has taken: they may be lost, but only the last ones.</summary>
    public int LostMessages { get; private set; }

    /// <summary>The account.</summary>
    public DialogueLogin Login => new(string.Create(CultureInfo.InvariantCulture, $"keeper{number}@localhost"), "password", "kill");

    /// <summary>Enters the room and makes it persistent when it is new.</summary>
    public async Task EnterAsync(IDialogueClient client, CancellationToken cancellation)
    {
        heard.Clear();
        var id = NextId();
        await client.SendAsync($"<presence id='{id}' to='{room}/keeper'><x xmlns='http://jabber.org/protocol/muc'/></presence>", cancellation);
        while (heard.LastOrDefault() is not { Name.LocalName: "message" } message || message.Elements().All(static child => child.Name.LocalName != "subject"))
            heard.Add(await client.ReceiveAsync(cancellation));
        if (Ledger.Things.Count == 0)
            await ChangeAsync(client, "name", "", cancellation);
    }

    /// <summary>Changes the room until the server is gone.</summary>
    public async Task WorkAsync(IDialogueClient client, CancellationToken cancellation)
    {
        try
        {
            while (true)
                await ChangeSomethingAsync(client, cancellation);
        }
        catch (Exception e) when (e is DialogueEndedException or IOException or ObjectDisposedException)
        {
            // The server was killed.
        }
    }

    /// <summary>Everything that was acknowledged must be there; says what is not.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(IDialogueClient client, CancellationToken cancellation)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var affiliation in new[] { "member", "admin", "outcast" })
        {
            var list = await RequestAsync(client, "get", $"<query xmlns='{Admin}'><item affiliation='{affiliation}'/></query>", cancellation);
            foreach (var item in list.Descendants(XName.Get("item", Admin)))
                found[item.Attribute("jid")!.Value] = item.Attribute("nick") is { } nick ? $"{affiliation} {nick.Value}" : affiliation;
        }
        var form = await RequestAsync(client, "get", $"<query xmlns='{Owner}'/>", cancellation);
        found["name"] = FieldOf(form, "muc#roomconfig_roomname");
        found["description"] = FieldOf(form, "muc#roomconfig_roomdesc");
        var registration = await RequestAsync(client, "get", "<query xmlns='jabber:iq:register'/>", cancellation);
        found["nick"] = registration.Descendants(XName.Get("username", "jabber:iq:register")).FirstOrDefault()?.Value;
        found["subject"] = heard[^1].Elements().First(static child => child.Name.LocalName == "subject").Value;

        var problems = new List<string>();
        var archived = await ReadArchiveAsync(client, cancellation);
        var texts = archived.Select(TextOf).OfType<string>().ToList();
        foreach (var message in archived)
            if (message.Elements().Any(static child => child.Name.LocalName == "retracted"))
                found[Message(TextOf(message) ?? "")] = "retracted";
        CheckMessages(texts, problems);
        foreach (var thing in Ledger.Things.ToArray())
        {
            if (thing.StartsWith(MessagePrefix, StringComparison.Ordinal) && !texts.Contains(thing[MessagePrefix.Length..]))
            {
                Ledger.Forget(thing); // before the page, or lost with the last ones
                continue;
            }
            var value = found.GetValueOrDefault(thing) ?? Untouched(thing);
            if (Ledger.Find(thing, value) is { } problem)
                problems.Add($"{room}: {problem}");
        }
        return problems;
    }

    /// <summary>The last page of the archive, tombstones included (XEP-0313).</summary>
    private async Task<List<XElement>> ReadArchiveAsync(IDialogueClient client, CancellationToken cancellation)
    {
        var id = NextId();
        await client.SendAsync(
            $"<iq id='{id}' type='set' to='{room}'><query xmlns='urn:xmpp:mam:2' queryid='{id}'><set xmlns='http://jabber.org/protocol/rsm'><max>{Page}</max><before/></set></query></iq>",
            cancellation);
        var page = new List<XElement>();
        while (true)
        {
            var stanza = await client.ReceiveAsync(cancellation);
            if (stanza.Attribute("id")?.Value == id)
                return stanza.Attribute("type")?.Value == "error" ? throw new InvalidOperationException($"Refused: {stanza}") : page;
            if (stanza.Descendants(XName.Get("forwarded", "urn:xmpp:forward:0")).FirstOrDefault() is { } forwarded)
                page.Add(forwarded.Elements().First(static child => child.Name.LocalName == "message"));
        }
    }

    // What was reflected and lost was lost from the end: no gap, nothing twice, nothing that was never said. Archive and history are one.
    private void CheckMessages(List<string> archive, List<string> problems)
    {
        var history = heard.Where(static stanza => stanza.Name.LocalName == "message").Select(TextOf).OfType<string>().ToList();
        var end = archive.Count == 0 ? 0 : said.IndexOf(archive[^1]) + 1;
        foreach (var (name, past) in new[] { ("archive", archive), ("history", history) })
            if (end < kept || past.Count == 0 != (end == 0) || !said.Take(end).TakeLast(past.Count).SequenceEqual(past))
                problems.Add($"{room}: the {name} is [{string.Join(", ", past)}] of [{string.Join(", ", said.TakeLast(past.Count + 5))}]");
        LostMessages += said.Count - end;
        said.RemoveRange(end, said.Count - end);
        kept = end;
    }

    // What a message said, also where a tombstone stands for it.
    private string? TextOf(XElement message) =>
        message.Elements().FirstOrDefault(static child => child.Name.LocalName == "body")?.Value
        ?? byId.GetValueOrDefault(RoomView.IdOf(message));

    private Task ChangeSomethingAsync(IDialogueClient client, CancellationToken cancellation) => random.Next(9) switch
    {
        0 => ChangeAsync(client, "name", NextId(), cancellation),
        1 => ChangeAsync(client, "description", NextId(), cancellation),
        2 => ChangeAsync(client, "nick", NextId(), cancellation),
        3 => ChangeAsync(client, "subject", NextId(), cancellation),
        4 or 5 => SpeakAsync(client, cancellation),
        6 => RetractAsync(client, cancellation),
        7 => ChangeAsync(client, Someone("guest"), random.Next(3) == 0 ? "none" : $"member {NextId()}", cancellation),
        _ => ChangeAsync(client, Someone("user"), random.Next(4) switch { 0 => "none", 1 => "member", 2 => "admin", _ => "outcast" }, cancellation),
    };

    private string Someone(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{random.Next(20)}@localhost");

    private async Task ChangeAsync(IDialogueClient client, string thing, string value, CancellationToken cancellation)
    {
        Ledger.Ask(thing, value, Untouched(thing));
        switch (thing)
        {
            case "name":
                await ConfigureAsync(client, "muc#roomconfig_roomname", value, cancellation);
                break;
            case "description":
                await ConfigureAsync(client, "muc#roomconfig_roomdesc", value, cancellation);
                break;
            case "nick":
                await RequestAsync(
                    client, "set", $"<query xmlns='jabber:iq:register'>{Form(RegisterForm, ("muc#register_roomnick", value))}</query>", cancellation);
                break;
            case "subject":
                await SayAsync(client, $"<subject>{value}</subject>", cancellation);
                break;
            default:
                var nick = value.Split(' ') is [_, var reserved] ? $" nick='{reserved}'" : "";
                await RequestAsync(client, "set", $"<query xmlns='{Admin}'><item jid='{thing}' affiliation='{value.Split(' ')[0]}'{nick}/></query>", cancellation);
                break;
        }
        Acknowledge(thing);
    }

    private Task<XElement> ConfigureAsync(IDialogueClient client, string field, string value, CancellationToken cancellation) => RequestAsync(
        client, "set",
        $"<query xmlns='{Owner}'>{Form(ConfigForm, ("muc#roomconfig_persistentroom", "1"), ("muc#roomconfig_enablelogging", "1"), (field, value))}</query>",
        cancellation);

    /// <summary>Takes one of the last messages back that are known to be on disk (XEP-0425).</summary>
    private async Task RetractAsync(IDialogueClient client, CancellationToken cancellation)
    {
        if (kept == 0)
            return;
        var text = said[Math.Max(0, kept - 1 - random.Next(10))];
        if (byId.FirstOrDefault(entry => entry.Value == text).Key is not { } id)
            return;
        Ledger.Ask(Message(text), "retracted", null);
        await RequestAsync(
            client, "set", $"<moderate xmlns='urn:xmpp:message-moderate:1' id='{id}'><retract xmlns='urn:xmpp:message-retract:1'/></moderate>", cancellation);
        Acknowledge(Message(text));
    }

    /// <summary>A change that was acknowledged is on disk, and with it everything that came before; what changes nothing waits for no disk.</summary>
    private void Acknowledge(string thing)
    {
        if (Ledger.Acknowledge(thing))
            kept = said.Count;
    }

    private static string Message(string text) => MessagePrefix + text;

    // Whoever is on no list has no affiliation; a subject or a nick may be absent.
    private static string? Untouched(string thing) => thing switch
    {
        "nick" => null,
        "subject" or "name" or "description" => "",
        _ when thing.StartsWith(MessagePrefix, StringComparison.Ordinal) => null,
        _ => "none",
    };

    private async Task SpeakAsync(IDialogueClient client, CancellationToken cancellation)
    {
        var text = NextId();
        said.Add(text);
        byId[RoomView.IdOf(await SayAsync(client, $"<body>{text}</body>", cancellation))] = text;
    }

    private async Task<XElement> SayAsync(IDialogueClient client, string content, CancellationToken cancellation)
    {
        var id = NextId();
        await client.SendAsync($"<message id='{id}' type='groupchat' to='{room}'>{content}</message>", cancellation);
        return await AnswerAsync(client, id, cancellation);
    }

    private async Task<XElement> RequestAsync(IDialogueClient client, string type, string payload, CancellationToken cancellation)
    {
        var id = NextId();
        await client.SendAsync($"<iq id='{id}' type='{type}' to='{room}'>{payload}</iq>", cancellation);
        return await AnswerAsync(client, id, cancellation);
    }

    private static async Task<XElement> AnswerAsync(IDialogueClient client, string id, CancellationToken cancellation)
    {
        while (true)
        {
            var stanza = await client.ReceiveAsync(cancellation);
            if (stanza.Attribute("id")?.Value != id)
                continue;
            return stanza.Attribute("type")?.Value == "error" ? throw new InvalidOperationException($"Refused: {stanza}") : stanza;
        }
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"k{number}-{++last}");

    private static string Form(string type, params (string Name, string Value)[] fields) =>
        $"<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>{type}</value></field>"
        + string.Concat(fields.Select(static field => $"<field var='{field.Name}'><value>{field.Value}</value></field>")) + "</x>";

    private static string? FieldOf(XElement stanza, string name)
    {
        XNamespace data = "jabber:x:data";
        return stanza.Descendants(data + "field").FirstOrDefault(field => field.Attribute("var")?.Value == name)?.Element(data + "value")?.Value ?? "";
    }
}
