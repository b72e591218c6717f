using System.Text.RegularExpressions;
using MucGen.Rooms.Tests.Core;

namespace MucGen.Rooms.Tests.Archive;

/// <summary>A room that is archived, with Romeo, its owner, and the questions that the tests beside it ask.</summary>
internal sealed class ArchiveScene
{
    public const string Romeo = "romeo@montague.example/a";
    public const string Juliet = "juliet@capulet.example/a";
    public const string Nurse = "nurse@capulet.example/a";

    public ArchiveScene(RoomPolicy? policy = null, RoomConfig? config = null)
    {
        Room = new TestRoom(policy);
        Room.Join(Romeo, "Romeo");
        Room.Configure(config ?? new RoomConfig { IsLogged = true, IsPersistent = true });
    }

    public TestRoom Room { get; }

    /// <summary>Asks for messages; what comes back to who asks.</summary>
    public IReadOnlyList<string> Query(string from, string content = "") => To(Ask(from, content), from);

    /// <summary>Asks, perhaps without an answer yet.</summary>
    public IReadOnlyList<Sent> Ask(string from, string content = "") =>
        Room.Send(from, $"<iq to='{TestRoom.Address}' type='set' id='q'><query xmlns='urn:xmpp:mam:2'>{content}</query></iq>");

    /// <summary>What was said in the messages of an answer, in their order.</summary>
    public static IReadOnlyList<string> Bodies(IEnumerable<string> answer) =>
        [.. answer.Select(xml => Regex.Match(xml, "<body>(.*)</body>")).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    public static string Set(string content) => $"<set xmlns='http://jabber.org/protocol/rsm'>{content}</set>";

    public static string Form(params (string Var, string Value)[] fields) =>
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field>"
        + string.Concat(fields.Select(field => $"<field var='{field.Var}'><value>{field.Value}</value></field>")) + "</x>";

    /// <summary>What this session was sent.</summary>
    public static IReadOnlyList<string> To(IReadOnlyList<Sent> sent, string who) => [.. sent.Where(s => s.To.ToString() == who).Select(s => s.Xml)];
}
