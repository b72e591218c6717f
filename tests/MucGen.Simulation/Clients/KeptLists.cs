using System.Xml.Linq;

namespace MucGen.Simulation.Clients;

/// <summary>
/// The lists of affiliations of one room as a client keeps them, also while it is not there (XEP-0463). Where what it hears does not join up with what it
/// knows, it knows no version any more, and asks for everything when it enters the next time.
/// </summary>
internal sealed class KeptLists
{
    private static readonly XNamespace MucUser = "http://jabber.org/protocol/muc#user";
    private static readonly XName Versions = XName.Get("mav", "urn:xmpp:muc:affiliations:1");

    /// <summary>The version that the lists have; null when the client does not know.</summary>
    public string? Version { get; private set; }

    /// <summary>The affiliation of everybody who is on a list, by address.</summary>
    public SortedDictionary<string, string> Affiliations { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a message or a presence of the room; says what is wrong when the room lets the client enter without telling what is new.</summary>
    public string? Take(XElement stanza)
    {
        if (stanza.Element(MucUser + "x") is not { } x || x.Element(Versions) is not { } versions)
            return null;
        var since = versions.Attribute("since")?.Value;
        var until = versions.Attribute("until")?.Value;
        if (since is null && stanza.Name.LocalName == "presence")
            return Enter(until);
        if (since is null)
            Affiliations.Clear();
        Version = since == Version || since is null ? until : null;
        foreach (var item in x.Elements(MucUser + "item"))
            Put(item.Attribute("jid")?.Value.Split('/')[0], item.Attribute("affiliation")?.Value);
        return null;
    }

    // The end of a join: it has the version that the lists must have by now, unless they are not the client's to read.
    private string? Enter(string? until)
    {
        var before = Version;
        if (until != Version)
            Version = null;
        return before is null || before == until || until?.EndsWith(".hidden", StringComparison.Ordinal) == true
            ? null
            : $"is told the version {until} of lists of which it has {before}";
    }

    private void Put(string? address, string? affiliation)
    {
        if (address is null || affiliation is null)
            Version = null;
        else if (affiliation == "none")
            Affiliations.Remove(address);
        else
            Affiliations[address] = affiliation;
    }
}
