using System.Xml.Linq;
using MucGen.Rooms.Features;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>A room with Romeo, its owner, and what people ask for about registration.</summary>
internal sealed class RegistrationScene
{
    public const string Romeo = "romeo@montague.example/a";
    public const string Juliet = "juliet@capulet.example/a";
    public const string Nurse = "nurse@capulet.example/a";
    public const string Tybalt = "tybalt@capulet.example/a";

    private static readonly XNamespace Data = "jabber:x:data";

    public RegistrationScene(RoomConfig? config = null, RoomPolicy? policy = null)
    {
        Room = new TestRoom(policy);
        Room.Join(Romeo, "Romeo");
        Room.Configure((config ?? new RoomConfig()) with { IsPersistent = true });
    }

    public TestRoom Room { get; }

    public string Offer(string who) => Assert.Single(Iq(who, "get", "")).Xml;

    public IReadOnlyList<Sent> Register(string who, string nick, params (string Variable, string[] Values)[] details) => Iq(
        who, "set", Form([("muc#register_roomnick", [nick]), .. details]));

    public IReadOnlyList<Sent> Remove(string who) => Iq(who, "set", "<remove/>");

    public IReadOnlyList<Sent> Iq(string who, string type, string content) =>
        Room.Send(who, $"<iq to='{TestRoom.Address}' type='{type}' id='r'><query xmlns='jabber:iq:register'>{content}</query></iq>");

    /// <summary>An admin's answer, with the requester's address when the client returns what it does not know.</summary>
    public IReadOnlyList<Sent> Answer(string admin, string nick, bool isApproved, string? requester = null)
    {
        List<(string, string[])> fields = [("muc#register_roomnick", [nick]), ("muc#register_allow", [isApproved ? "1" : "0"])];
        if (requester is not null)
            fields.Add(("{urn:mucgen:muc}register_jid", [requester]));
        return Room.Send(admin, $"<message to='{TestRoom.Address}' id='a'>{Form([.. fields])}</message>");
    }

    public IReadOnlyList<Sent> Admin(string items) => Room.Send(
        Romeo, $"<iq to='{TestRoom.Address}' type='set' id='q'><query xmlns='http://jabber.org/protocol/muc#admin'>{items}</query></iq>");

    public IReadOnlyList<Sent> Configure(string variable, string value) => Room.Send(
        Romeo,
        $"<iq to='{TestRoom.Address}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'>"
        + $"<x xmlns='jabber:x:data' type='submit'><field var='{variable}'><value>{value}</value></field></x></query></iq>");

    public string? NickOf(string who) => Room.Room.Affiliations.Find(Jid.Parse(who).Bare)?.Nick;

    public RegistrationState StateOf(string who) => RegistrationRules.StateOf(Room.Room, Jid.Parse(who).Bare);

    /// <summary>What one address was sent.</summary>
    public static IReadOnlyList<string> To(IReadOnlyList<Sent> sent, string who) => [.. sent.Where(s => s.To.ToString() == who).Select(s => s.Xml)];

    /// <summary>The fields of the form in a stanza, each as its type and its values.</summary>
    public static Dictionary<string, (string? Type, string[] Values)> Fields(string stanza) => XElement.Parse(stanza).Descendants(Data + "field").ToDictionary(
        field => field.Attribute("var")!.Value,
        field => (field.Attribute("type")?.Value, field.Elements(Data + "value").Select(value => value.Value).ToArray()),
        StringComparer.Ordinal);

    public static void AssertResult(IReadOnlyList<Sent> sent) => Assert.Matches("^<iq [^>]*type='result'", sent[^1].Xml);

    public static string AssertRefused(IReadOnlyList<Sent> sent, string condition)
    {
        var answer = Assert.Single(sent).Xml;
        Assert.Contains($"<{condition} ", answer, StringComparison.Ordinal);
        return answer;
    }

    private static string Form((string Variable, string[] Values)[] fields) =>
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        + string.Concat(fields.Select(field =>
            $"<field var='{field.Variable}'>{string.Concat(field.Values.Select(value => $"<value>{value}</value>"))}</field>")) + "</x>";
}
