using System.Text.RegularExpressions;
using System.Xml.Linq;
using MucGen.Simulation.Clients;
using MucGen.Xml;

namespace MucGen.Simulation.Checking;

/// <summary>
/// No real address is seen by who may not see it (XEP-0045 7.2.3, 7.2.4): every stanza is searched for addresses of people as text, wherever they
/// stand, without asking the room.
/// </summary>
internal static partial class PrivacyCheck
{
    private static readonly XNamespace MucUser = "http://jabber.org/protocol/muc#user";
    private static readonly XNamespace Data = "jabber:x:data";

    /// <summary>Checks one stanza that has arrived.</summary>
    public static void Check(SimulatedWorld world, SimulatedClient client, XElement stanza, Jid sender)
    {
        var text = Content(stanza);
        foreach (Match address in Address().Matches(text))
        {
            if (address.Value == client.FullJid.Bare.ToString() || MayKnow(world, client, stanza, sender, address.Value))
                continue;
            world.Findings.Report($"{client.Name} sees {address.Value}: {stanza}");
            return;
        }
    }

    private static bool MayKnow(SimulatedWorld world, SimulatedClient client, XElement stanza, Jid sender, string address)
    {
        var privacy = world.Truth.PrivacyIn(sender.Bare);
        if (privacy.Trusts(client.FullJid.Bare) || (privacy.IsContact(address) && !Content(WithoutContacts(stanza)).Contains(address, StringComparison.Ordinal)))
            return true;
        if (world.Policy.Admins.Contains(client.FullJid.Bare))
            return true;
        // An error repeats what its recipient has said itself.
        if (stanza.Attribute("type")?.Value == "error"
            && world.Asked.TryGetValue((client.FullJid, stanza.Attribute("id")?.Value ?? ""), out var asked) && asked.Contains(address, StringComparison.Ordinal))
            return true;
        // 7.8.2: who invites and who declines give themselves away, and a failure names the one whom its recipient invited.
        var x = stanza.Element(MucUser + "x");
        return x?.Element(MucUser + "invite") is not null || x?.Element(MucUser + "decline") is not null;
    }

    private static XElement WithoutContacts(XElement stanza)
    {
        var copy = new XElement(stanza);
        copy.Descendants(Data + "field").Where(static field => field.Attribute("var")?.Value == "muc#roominfo_contactjid").Remove();
        return copy;
    }

    private static string Content(XElement stanza)
    {
        var copy = new XElement(stanza);
        copy.Attribute("to")?.Remove();
        return copy.ToString(SaveOptions.DisableFormatting);
    }

    [GeneratedRegex("[a-z]+@users\\.example")]
    private static partial Regex Address();
}
