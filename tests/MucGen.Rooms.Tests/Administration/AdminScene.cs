using MucGen.Rooms.Tests.Core;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>A room with Romeo, its owner, and the requests that the tests beside it make.</summary>
internal sealed class AdminScene
{
    public const string Romeo = "romeo@montague.example/a";
    public const string Juliet = "juliet@capulet.example/a";
    public const string Nurse = "nurse@capulet.example/a";

    public AdminScene(RoomConfig? config = null)
    {
        Room.Join(Romeo, "Romeo");
        Room.Configure(config ?? new RoomConfig());
    }

    /// <summary>A room of this service that nobody has entered yet.</summary>
    public AdminScene(RoomPolicy policy) => Room = new TestRoom(policy);

    public TestRoom Room { get; } = new();

    public IReadOnlyList<Sent> Admin(string from, string items) => Request(from, "set", "muc#admin", items);

    public IReadOnlyList<Sent> List(string from, string item) => Request(from, "get", "muc#admin", item);

    public IReadOnlyList<Sent> Owner(string from, string content) => Request(from, "set", "muc#owner", content);

    public IReadOnlyList<Sent> Configure(string from, params (string Name, string[] Values)[] fields) =>
        Owner(from, Form("http://jabber.org/protocol/muc#roomconfig", fields));

    public IReadOnlyList<Sent> Voice(string from, params (string Name, string[] Values)[] fields) => Room.Send(
        from, $"<message to='{TestRoom.Address}' id='v'>{Form("http://jabber.org/protocol/muc#request", fields)}</message>");

    public IReadOnlyList<Sent> Ask(string from, string query) =>
        Room.Send(from, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='http://jabber.org/protocol/{query}'/></iq>");

    /// <summary>What this session was sent.</summary>
    public static IReadOnlyList<string> To(IReadOnlyList<Sent> sent, string who) => [.. sent.Where(s => s.To.ToString() == who).Select(s => s.Xml)];

    private IReadOnlyList<Sent> Request(string from, string type, string query, string content) => Room.Send(
        from, $"<iq to='{TestRoom.Address}' type='{type}' id='q'><query xmlns='http://jabber.org/protocol/{query}'>{content}</query></iq>");

    private static string Form(string type, (string Name, string[] Values)[] fields) =>
        $"<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>{type}</value></field>{string.Concat(fields.Select(Field))}</x>";

    private static string Field((string Name, string[] Values) field) =>
        $"<field var='{field.Name}'>{string.Concat(field.Values.Select(value => $"<value>{value}</value>"))}</field>";
}
