using System.Globalization;
using System.Xml.Linq;
using MucGen.Simulation.Clients;
using MucGen.Xml;

namespace MucGen.Simulation.Checking;

/// <summary>Pages of archives (XEP-0313): an unbroken part of what was ever on disk, no longer than asked for, and nothing that was taken back before.</summary>
internal static class ArchiveCheck
{
    private static readonly XNamespace Archive = "urn:xmpp:mam:2";
    private static readonly XNamespace Paging = "http://jabber.org/protocol/rsm";

    /// <summary>Takes a message that belongs to a page; says the id of its query and its own.</summary>
    public static (string? QueryId, string? Id)? Read(XElement message) => message.Element(Archive + "result") is { } result
        ? (result.Attribute("queryid")?.Value, result.Attribute("id")?.Value)
        : null;

    /// <summary>Checks a page that has come wholly.</summary>
    public static void Check(SimulatedWorld world, SimulatedClient client, Jid room, List<string> page, int most, XElement answer)
    {
        var set = answer.Element(Archive + "fin")?.Element(Paging + "set");
        if (page.Count > most)
            world.Findings.Report($"{client.Name} asked {room} for {most.ToString(CultureInfo.InvariantCulture)} messages and got [{string.Join(", ", page)}].");
        if (set?.Element(Paging + "first")?.Value != page.FirstOrDefault() || set?.Element(Paging + "last")?.Value != page.LastOrDefault())
            world.Findings.Report($"{client.Name} got [{string.Join(", ", page)}] and then: {answer}");
        var archived = world.ArchivedIn(room);
        var at = page.Count == 0 ? 0 : archived.IndexOf(page[0]);
        if (at < 0 || !archived.Skip(at).Take(page.Count).SequenceEqual(page))
            world.Findings.Report($"{client.Name} reads [{string.Join(", ", page)}] in {room}, whose archive ever was [{string.Join(", ", archived)}].");
    }

    /// <summary>Checks a message of the past: what was taken back before anybody asked for it is not shown again (XEP-0424 5, XEP-0425).</summary>
    /// <param name="world">The world.</param>
    /// <param name="client">Who receives it.</param>
    /// <param name="message">A message of the history, or of a page.</param>
    /// <param name="asked">The order of the request; null when the room itself chose the moment.</param>
    public static void CheckPast(SimulatedWorld world, SimulatedClient client, XElement message, int? asked)
    {
        foreach (var body in message.Descendants().Where(static element => element.Name.LocalName == "body"))
            if (world.Withdrawn.TryGetValue(body.Value, out var since) && (asked is null || asked > since))
                world.Findings.Report($"{client.Name} is shown what was taken back: {message}");
    }
}
