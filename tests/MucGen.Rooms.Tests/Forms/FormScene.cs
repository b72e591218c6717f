using System.Xml.Linq;
using MucGen.Rooms.Tests.Administration;
using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Forms;

/// <summary>A room whose owner, Romeo, sets options through the form; Juliet is a participant, the nurse is outside.</summary>
internal sealed class FormScene
{
    public const string Romeo = AdminScene.Romeo;
    public const string Juliet = AdminScene.Juliet;
    public const string Nurse = AdminScene.Nurse;

    private static readonly XNamespace Data = "jabber:x:data";

    private readonly AdminScene scene = new();

    public FormScene() => Room.Join(Juliet, "Juliet");

    public TestRoom Room => scene.Room;

    public IReadOnlyList<Sent> Admin(string items) => scene.Admin(Romeo, items);

    /// <summary>Submits a field, which must be accepted, offered with that value from then on, and stored.</summary>
    public IReadOnlyList<Sent> Set(string variable, params string[] values) => Set([(variable, values)]);

    public IReadOnlyList<Sent> Set(params (string Variable, string[] Values)[] fields)
    {
        var sent = Submit(fields);
        Assert.Contains(" type='result'", sent[^1].Xml, StringComparison.Ordinal);
        foreach (var (variable, values) in fields)
            Assert.Equal(values.Order(), Offered(variable).Order());
        var replayed = new Room(TestRoom.Address, Room.Policy);
        TestRoom.Apply(replayed, Room.Journal);
        Assert.Equal(TestRoom.StateOf(Room.Room), TestRoom.StateOf(replayed));
        replayed.Release();
        return sent;
    }

    public IReadOnlyList<Sent> Submit(params (string Variable, string[] Values)[] fields) => scene.Configure(Romeo, fields);

    /// <summary>The values with which the owner's form offers a field.</summary>
    public string[] Offered(string variable) => Values(Assert.Single(scene.Ask(Romeo, "muc#owner")).Xml, variable)
        ?? throw new InvalidOperationException($"{variable} is not offered");

    /// <summary>The values of a field of disco#info as somebody sees them; null when it is not there.</summary>
    public string[]? Info(string variable, string who = Nurse) => Values(Assert.Single(scene.Ask(who, "disco#info")).Xml, variable);

    public bool HasFeature(string name) =>
        Assert.Single(scene.Ask(Nurse, "disco#info")).Xml.Contains($"<feature var='{name}'/>", StringComparison.Ordinal);

    public string Ask(string who, string query) => Assert.Single(scene.Ask(who, query)).Xml;

    public IReadOnlyList<Sent> Voice(string who) => scene.Voice(who, ("muc#role", ["participant"]));

    public IReadOnlyList<Sent> Whisper(string from, string nick) =>
        Room.Send(from, $"<message to='{TestRoom.Address}/{nick}' type='chat' id='p'><body>psst</body></message>");

    public IReadOnlyList<Sent> MakeVisitor(string nick) => Admin($"<item nick='{nick}' role='visitor'/>");

    /// <summary>What one session was sent.</summary>
    public static IReadOnlyList<string> To(IReadOnlyList<Sent> sent, string who) => AdminScene.To(sent, who);

    /// <summary>Asserts that there is one answer, and that it is this error.</summary>
    public static string AssertRefused(IReadOnlyList<Sent> sent, string condition, string type)
    {
        var answer = Assert.Single(sent).Xml;
        Assert.Contains($"<error type='{type}'", answer, StringComparison.Ordinal);
        Assert.Contains($"<{condition} ", answer, StringComparison.Ordinal);
        return answer;
    }

    private static string[]? Values(string stanza, string variable) =>
        XElement.Parse(stanza).Descendants(Data + "field").FirstOrDefault(field => field.Attribute("var")?.Value == variable) is { } field
            ? [.. field.Elements(Data + "value").Select(value => value.Value)]
            : null;
}
