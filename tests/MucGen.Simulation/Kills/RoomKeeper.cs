using System.Globalization;
using System.Xml.Linq;
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

    private readonly string room = string.Create(CultureInfo.InvariantCulture, $"kept{number}@conference.localhost");
    private readonly Random random = new(seed);
    private readonly List<string> said = [];
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
                found[item.Attribute("jid")!.Value] = affiliation;
        }
        var form = await RequestAsync(client, "get", $"<query xmlns='{Owner}'/>", cancellation);
        found["name"] = FieldOf(form, "muc#roomconfig_roomname");
        var registration = await RequestAsync(client, "get", "<query xmlns='jabber:iq:register'/>", cancellation);
        found["nick"] = registration.Descendants(XName.Get("username", "jabber:iq:register")).FirstOrDefault()?.Value;
        found["subject"] = heard[^1].Elements().First(static child => child.Name.LocalName == "subject").Value;

        var problems = new List<string>();
        foreach (var thing in Ledger.Things.ToArray())
        {
            var value = found.GetValueOrDefault(thing) ?? Untouched(thing);
            if (Ledger.Find(thing, value) is { } problem)
                problems.Add($"{room}: {problem}");
        }
        CheckHistory(problems);
        return problems;
    }

    // What was reflected and lost was lost from the end: no gap, nothing twice, nothing that was never said.
    private void CheckHistory(List<string> problems)
    {
        var history = heard
            .Where(static stanza => stanza.Name.LocalName == "message")
            .Select(static message => message.Elements().FirstOrDefault(static child => child.Name.LocalName == "body")?.Value)
            .OfType<string>().ToList();
        var end = history.Count == 0 ? 0 : said.IndexOf(history[^1]) + 1;
        if (end < kept || !said.Take(end).TakeLast(history.Count).SequenceEqual(history))
            problems.Add($"{room}: the history is [{string.Join(", ", history)}] of [{string.Join(", ", said.TakeLast(history.Count + 5))}]");
        LostMessages += said.Count - end;
        said.RemoveRange(end, said.Count - end);
        kept = end;
    }

    private Task ChangeSomethingAsync(IDialogueClient client, CancellationToken cancellation) => random.Next(5) switch
    {
        0 => ChangeAsync(client, "name", NextId(), cancellation),
        1 => ChangeAsync(client, "nick", NextId(), cancellation),
        2 => ChangeAsync(client, "subject", NextId(), cancellation),
        3 => SpeakAsync(client, cancellation),
        _ => ChangeAsync(
            client, string.Create(CultureInfo.InvariantCulture, $"user{random.Next(20)}@localhost"),
            random.Next(4) switch { 0 => "none", 1 => "member", 2 => "admin", _ => "outcast" }, cancellation),
    };

    private async Task ChangeAsync(IDialogueClient client, string thing, string value, CancellationToken cancellation)
    {
        Ledger.Ask(thing, value, Untouched(thing));
        switch (thing)
        {
            case "name":
                await RequestAsync(
                    client, "set",
                    $"<query xmlns='{Owner}'>{Form(ConfigForm, ("muc#roomconfig_persistentroom", "1"), ("muc#roomconfig_roomname", value))}</query>", cancellation);
                break;
            case "nick":
                await RequestAsync(
                    client, "set", $"<query xmlns='jabber:iq:register'>{Form(RegisterForm, ("muc#register_roomnick", value))}</query>", cancellation);
                break;
            case "subject":
                await SayAsync(client, $"<subject>{value}</subject>", cancellation);
                break;
            default:
                await RequestAsync(client, "set", $"<query xmlns='{Admin}'><item jid='{thing}' affiliation='{value}'/></query>", cancellation);
                break;
        }
        Ledger.Acknowledge(thing);
    }

    // Whoever is on no list has no affiliation; a subject or a nick may be absent.
    private static string? Untouched(string thing) => thing switch
    {
        "nick" => null,
        "subject" or "name" => "",
        _ => "none",
    };

    private async Task SpeakAsync(IDialogueClient client, CancellationToken cancellation)
    {
        var text = NextId();
        said.Add(text);
        await SayAsync(client, $"<body>{text}</body>", cancellation);
    }

    private async Task SayAsync(IDialogueClient client, string content, CancellationToken cancellation)
    {
        var id = NextId();
        await client.SendAsync($"<message id='{id}' type='groupchat' to='{room}'>{content}</message>", cancellation);
        await AnswerAsync(client, id, cancellation);
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
