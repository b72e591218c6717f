using System.Xml.Linq;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Whatever comes from an occupant names them by one id, which only the room can make (XEP-0421).</summary>
public sealed class OccupantIdTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Other = "juliet@users.example/a";
    private const string Forged = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/>";

    private static readonly XName OccupantId = XName.Get("occupant-id", "urn:xmpp:occupant-id:0");

    private readonly TestRoom room = new();

    public OccupantIdTests()
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { IsPersistent = true });
    }

    [Fact]
    [Proves("MC-0421-01")]
    public void The_room_says_so() => Assert.Contains(
        "<feature var='urn:xmpp:occupant-id:0'/>",
        Assert.Single(room.Send(
            Other, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>")).Xml,
        StringComparison.Ordinal);

    [Fact]
    [Proves("MC-0421-02", "MC-0421-04", "MC-0421-05")]
    public void Every_presence_has_one_and_no_forged_one()
    {
        var entry = room.Send(
            Other, $"<presence to='{TestRoom.Address}/Juliet'><x xmlns='http://jabber.org/protocol/muc'/>{Forged}{Forged}</presence>");
        Assert.Equal(3, Presences(entry).Count);
        var own = IdOf(entry, "Juliet");
        Assert.NotEqual(own, IdOf(entry, "Romeo"));
        var update = room.Send(Other, $"<presence to='{TestRoom.Address}/Juliet'><show>away</show>{Forged}</presence>");
        Assert.Equal(2, Presences(update).Count);
        Assert.Equal(own, IdOf(update, "Juliet"));
    }

    [Fact]
    [Proves("MC-0421-03", "MC-0421-04", "MC-0421-05")]
    public void Every_copy_of_a_message_has_one_and_no_forged_one()
    {
        var own = IdOf(room.Join(Other, "Juliet"), "Juliet");
        var said = room.Send(Other, $"<message to='{TestRoom.Address}' type='groupchat' id='m'><body>x</body>{Forged}{Forged}</message>");
        Assert.Equal(2, said.Count);
        Assert.Equal(own, IdOf(said, "Juliet"));
    }

    [Fact]
    [Proves("MC-0421-06")]
    public void Leaving_another_nick_a_kick_and_a_ban_have_it_too()
    {
        var own = IdOf(room.Join(Other, "Juliet"), "Juliet");
        var renamed = room.Send(Other, $"<presence to='{TestRoom.Address}/Capulet'/>");
        Assert.Equal([own, own], [IdOf(renamed, "Juliet"), IdOf(renamed, "Capulet")]);
        Assert.Equal(own, IdOf(room.Send(Other, $"<presence to='{TestRoom.Address}/Capulet' type='unavailable'/>"), "Capulet"));
        room.Join(Other, "Juliet");
        Assert.Equal(own, IdOf(Admin("<item nick='Juliet' role='none'/>"), "Juliet"));
        room.Join(Other, "Juliet");
        Assert.Equal(own, IdOf(Admin("<item affiliation='outcast' jid='juliet@users.example'/>"), "Juliet"));
    }

    [Fact]
    [Proves("MC-0421-09")]
    public void A_person_keeps_it_whatever_nick_resource_or_process()
    {
        var own = IdOf(room.Join(Other, "Juliet"), "Juliet");
        room.Send(Other, $"<presence to='{TestRoom.Address}/Juliet' type='unavailable'/>");
        Assert.Equal(own, IdOf(room.Join("juliet@users.example/b", "Capulet"), "Capulet"));

        var restarted = new TestRoom();
        restarted.Join(Owner, "Romeo");
        restarted.Configure(new RoomConfig());
        Assert.Equal(own, IdOf(restarted.Join(Other, "Juliet"), "Juliet"));
    }

    [Fact]
    [Proves("MC-0421-10", "MC-0421-12", "MC-0421-13")]
    public void It_depends_on_a_secret_and_is_short()
    {
        var ids = new List<string>();
        foreach (var secret in (string[])["one", "two"])
        {
            var keyed = new TestRoom(TestRoom.DefaultPolicy with { OccupantIdSecret = System.Text.Encoding.UTF8.GetBytes(secret) });
            ids.Add(IdOf(keyed.Join(Owner, "Romeo"), "Romeo"));
            keyed.Configure(new RoomConfig());
            ids.Add(IdOf(keyed.Join(Other, "Juliet"), "Juliet"));
        }

        Assert.Equal(4, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 128));
    }

    [Fact]
    [Proves("MC-0421-11")]
    public void The_same_person_has_another_one_in_another_room()
    {
        var ids = new List<string>();
        foreach (var address in (string[])["one@conference.localhost", "two@conference.localhost"])
        {
            var other = new TestRoom { Room = new Room(Jid.Parse(address), TestRoom.DefaultPolicy) };
            ids.Add(IdOf(other.Send(Owner, $"<presence to='{address}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>"), "Romeo"));
        }

        Assert.NotEqual(ids[0], ids[1]);
    }

    private IReadOnlyList<Sent> Admin(string item) =>
        room.Send(Owner, $"<iq to='{TestRoom.Address}' type='set' id='a'><query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query></iq>");

    private static List<XElement> Presences(IReadOnlyList<Sent> sent) =>
        [.. sent.Select(stanza => XElement.Parse(stanza.Xml)).Where(stanza => stanza.Name.LocalName == "presence")];

    /// <summary>The one id that every stanza from this nick has.</summary>
    private static string IdOf(IReadOnlyList<Sent> sent, string nick) => Assert.Single(sent
        .Where(stanza => stanza.From.Resource == nick)
        .Select(stanza => Assert.Single(XElement.Parse(stanza.Xml).Elements(OccupantId)).Attribute("id")!.Value)
        .Distinct());
}
