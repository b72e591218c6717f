using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>What a service may forbid in all its rooms; allowed by default, so that no script meets it.</summary>
public sealed class PolicyTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Stranger = "juliet@users.example/a";

    [Fact]
    [Proves("muc-10.1.1-01", "muc-10.1.1-02")]
    public void Who_may_not_create_rooms_creates_none()
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { MayCreate = jid => jid.Local == "romeo" });
        var refused = Assert.Single(room.Join(Stranger, "Juliet"));
        Assert.Contains("type='error'", refused.Xml, StringComparison.Ordinal);
        Assert.Contains("<error type='cancel' by='room@conference.localhost'><not-allowed", refused.Xml, StringComparison.Ordinal);
        Assert.Contains("<x xmlns='http://jabber.org/protocol/muc'/>", refused.Xml, StringComparison.Ordinal);
        Assert.False(room.Room.Exists);

        room.Join(Owner, "Romeo");
        Assert.True(room.Room.Exists);
    }

    [Fact]
    [Proves("muc-14.6-04")]
    public void Who_owns_enough_rooms_creates_no_further_one_but_enters_others()
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { OwnsEnough = jid => jid.Local == "juliet" });
        var refused = Assert.Single(room.Join(Stranger, "Juliet"));
        Assert.Contains("<error type='wait' by='room@conference.localhost'><resource-constraint", refused.Xml, StringComparison.Ordinal);
        Assert.False(room.Room.Exists);

        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        room.Join(Stranger, "Juliet");
        Assert.NotNull(room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    [Proves("muc-7.2.9-05", "muc-A50")]
    public void A_full_room_takes_a_few_admins_and_no_more()
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { ReservedPlaces = 1, Admins = new HashSet<Jid> { Jid.Parse("friar@users.example"), Jid.Parse("nurse@users.example") } });
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { MaxUsers = 1 });
        Assert.Contains("<error type='wait' by='room@conference.localhost'><service-unavailable", Assert.Single(room.Join(Stranger, "Juliet")).Xml, StringComparison.Ordinal);
        room.Join("friar@users.example/a", "Friar");
        Assert.NotNull(room.Room.Occupants.Find("Friar"));
        Assert.Contains("<error type='wait' by='room@conference.localhost'><service-unavailable", Assert.Single(room.Join("nurse@users.example/a", "Nurse")).Xml, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("muc-10.1.1-13")]
    public void The_password_of_whoever_creates_a_room_is_not_the_rooms()
    {
        var room = new TestRoom();
        room.Send(Owner, $"<presence to='{TestRoom.Address}/Romeo'><x xmlns='http://jabber.org/protocol/muc'><password>s</password></x></presence>");
        room.Configure(new RoomConfig());
        Assert.Equal("", room.Room.Config.Password);
        room.Join(Stranger, "Juliet");
        Assert.NotNull(room.Room.Occupants.Find("Juliet"));
    }

    [Theory]
    [InlineData(RegistrationPolicy.Members, "not-allowed")]
    [InlineData(RegistrationPolicy.Off, "service-unavailable")]
    [Proves("muc-7.10-04", "muc-7.10-10", "MC-0077-41")]
    public void Who_may_not_register_is_told_so(RegistrationPolicy policy, string condition)
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { Registration = policy });
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        foreach (var type in new[] { "get", "set" })
        {
            var refused = Assert.Single(room.Send(Stranger, $"<iq to='{TestRoom.Address}' type='{type}' id='r'><query xmlns='jabber:iq:register'/></iq>"));
            Assert.Contains($"<error type='cancel' by='room@conference.localhost'><{condition}", refused.Xml, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Proves("muc-7.2.14-13", "muc-7.2.13-04")]
    public void History_is_bounded_by_default_and_stamped_in_universal_time()
    {
        var room = new TestRoom();
        room.Join(Owner, "Romeo");
        var config = new RoomConfig();
        room.Configure(config);
        for (var i = 0; i < config.MaxHistoryFetch + 3; i++)
            room.Say(Owner, $"message {i}");
        room.Now = room.Now.AddHours(1);

        var history = room.Join(Stranger, "Juliet").Where(stanza => stanza.Xml.Contains("<body>", StringComparison.Ordinal)).ToList();
        Assert.Equal(config.MaxHistoryFetch, history.Count);
        Assert.Contains("<body>message 3</body>", history[0].Xml, StringComparison.Ordinal);
        Assert.All(history, stanza => Assert.Matches("stamp='2026-01-02T03:04:05(.000)?Z'", stanza.Xml));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Proves("muc-18.1-02", "muc-18.1-03", "muc-18.1-04", "muc-18.1-05", "muc-16.6.2-02", "muc-A42")]
    public void Absent_people_are_told_of_their_affiliation_if_the_service_wishes(bool tells)
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { TellsAbsentUsers = tells });
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
        var sent = room.Send(
            Owner,
            $"<iq to='{TestRoom.Address}' type='set' id='a'><query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item affiliation='admin' jid='juliet@users.example'/></query></iq>");
        var told = sent.Where(stanza => stanza.To.ToString() == "juliet@users.example").ToList();
        Assert.Equal(tells ? 1 : 0, told.Count);
        Assert.All(told, stanza => Assert.EndsWith("<item affiliation='admin' role='none'/><status code='101'/></x></message>", stanza.Xml, StringComparison.Ordinal)); // no body: the item says it all
        Assert.All(told, stanza => Assert.Equal(TestRoom.Address, stanza.From));
    }

    [Theory]
    [InlineData("http://jabber.org/protocol/disco#info")]
    [InlineData("http://jabber.org/protocol/disco#items")]
    [Proves("muc-14.4-01", "muc-16.3-04", "MC-0128-04")]
    public void Strangers_learn_neither_subject_nor_occupants(string query)
    {
        var room = new TestRoom();
        room.Join(Owner, "Montague");
        room.Configure(new RoomConfig { IsPublic = false, IsMembersOnly = true });
        room.Send(Owner, $"<message to='{TestRoom.Address}' type='groupchat'><subject>Secrets</subject></message>");

        var answer = Assert.Single(room.Send(Stranger, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='{query}'/></iq>")).Xml;
        Assert.Contains("type='result'", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Secrets", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Montague", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("romeo@users.example", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("muc_rooms", answer, StringComparison.Ordinal);
    }
}
