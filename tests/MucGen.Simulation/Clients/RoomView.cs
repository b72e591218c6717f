using System.Xml.Linq;

namespace MucGen.Simulation.Clients;

/// <summary>What a client knows of somebody in a room.</summary>
/// <param name="Affiliation">As the room said last.</param>
/// <param name="Role">As the room said last.</param>
/// <param name="Address">The real address, when it was shown.</param>
/// <param name="Hats">The URIs of the hats, in their order.</param>
internal sealed record SeenOccupant(string? Affiliation, string? Role, string? Address, string Hats);

/// <summary>What one client knows of a room, from the stanzas that it has received and from nothing else.</summary>
internal sealed class RoomView
{
    private static readonly XNamespace MucUser = "http://jabber.org/protocol/muc#user";
    private static readonly XNamespace Hats = "urn:xmpp:hats:0";

    /// <summary>The nick by which the client is in the room; null when it is not.</summary>
    public string? Nick { get; private set; }

    /// <summary>Who is there, oneself included.</summary>
    public SortedDictionary<string, SeenOccupant> Occupants { get; } = new(StringComparer.Ordinal);

    /// <summary>The stanza ids of the messages that came live, in their order.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>The subject; null when none was told yet.</summary>
    public string? Subject { get; private set; }

    /// <summary>A presence from an occupant of the room.</summary>
    public void See(XElement presence, string nick)
    {
        var x = presence.Element(MucUser + "x");
        var item = x?.Element(MucUser + "item");
        var isSelf = x?.Elements(MucUser + "status").Any(static status => status.Attribute("code")?.Value == "110") == true;
        if (presence.Attribute("type")?.Value == "unavailable")
            Leave(nick, isSelf, newNick: IsRenamed(x) ? item?.Attribute("nick")?.Value : null);
        else
            Appear(nick, isSelf, new SeenOccupant(item?.Attribute("affiliation")?.Value, item?.Attribute("role")?.Value, item?.Attribute("jid")?.Value, HatsIn(presence)));
    }

    /// <summary>A message from the room or one of its occupants to everybody.</summary>
    public void Hear(XElement message)
    {
        var ns = message.Name.Namespace;
        var isLate = message.Element(XName.Get("delay", "urn:xmpp:delay")) is not null;
        if (message.Element(ns + "body") is null && message.Element(ns + "subject") is { } subject)
            Subject = subject.Value;
        else if (!isLate && message.Element(ns + "body") is not null)
            Messages.Add(IdOf(message));
    }

    /// <summary>The id that the room gave to a message.</summary>
    public static string IdOf(XElement message) => message.Element(XName.Get("stanza-id", "urn:xmpp:sid:0"))?.Attribute("id")?.Value ?? "none";

    private void Appear(string nick, bool isSelf, SeenOccupant occupant)
    {
        Occupants[nick] = occupant;
        if (!isSelf)
            return;
        if (Nick is null)
            Messages.Clear();
        Nick = nick;
    }

    private void Leave(string nick, bool isSelf, string? newNick)
    {
        if (!isSelf || nick != Nick)
        {
            Occupants.Remove(nick);
            return;
        }
        if (newNick is not null)
        {
            Occupants.Remove(nick);
            Nick = newNick;
            return;
        }
        Occupants.Clear();
        Nick = null;
        Subject = null;
    }

    private static string HatsIn(XElement presence) =>
        string.Join(" ", presence.Elements(Hats + "hats").Elements(Hats + "hat").Select(static hat => hat.Attribute("uri")?.Value));

    private static bool IsRenamed(XElement? x) =>
        x?.Elements(MucUser + "status").Any(static status => status.Attribute("code")?.Value == "303") == true;
}
