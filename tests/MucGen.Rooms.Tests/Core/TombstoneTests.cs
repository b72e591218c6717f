using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Administration;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>What is left of a destroyed room beyond the transcript: when, for whom, for how long, and over restarts (XEP-0045 10.9).</summary>
public sealed class TombstoneTests
{
    private const string Destroy = "<destroy jid='heath@conference.localhost'/>";
    private const string Venue = "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>xmpp:heath@conference.localhost?join</gone>";
    private const string NoVenue = "<gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>";

    private readonly RoomConfig config = new() { IsPersistent = true, LeavesTombstone = true };

    [Theory]
    [InlineData(false, Destroy)]
    [InlineData(true, "<destroy/>")]
    [InlineData(true, "<destroy><reason>Over</reason></destroy>")]
    [Proves("muc-10.9-14")]
    public void Without_the_option_or_a_venue_the_address_is_free(bool option, string order)
    {
        var scene = new AdminScene(config with { LeavesTombstone = option });
        scene.Owner(AdminScene.Romeo, order);
        Assert.Contains("<status code='201'/>", scene.Room.Join(AdminScene.Juliet, "Juliet")[0].Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_room_that_was_never_configured_leaves_nothing()
    {
        var policy = TestRoom.DefaultPolicy with { DefaultConfig = () => config };
        var scene = new AdminScene(policy);
        scene.Room.Join(AdminScene.Romeo, "Romeo");
        scene.Owner(AdminScene.Romeo, Destroy);
        Assert.Null(scene.Room.Room.Tombstone);
    }

    [Fact]
    public void Where_the_service_wants_none_no_room_leaves_one()
    {
        var scene = new AdminScene(TestRoom.DefaultPolicy with { TombstoneLifetime = TimeSpan.Zero });
        scene.Room.Join(AdminScene.Romeo, "Romeo");
        scene.Room.Configure(config);
        scene.Owner(AdminScene.Romeo, Destroy);
        Assert.Null(scene.Room.Room.Tombstone);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "secret")]
    public void The_venue_of_a_closed_room_is_told_to_its_people_alone(bool isMembersOnly, string password)
    {
        var scene = new AdminScene(config with { IsMembersOnly = isMembersOnly, IsPasswordProtected = password.Length > 0, Password = password });
        scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='member'/><item jid='verona.example' affiliation='member'/>");
        scene.Owner(AdminScene.Romeo, Destroy);
        Assert.Contains(Venue, Enter(scene, AdminScene.Juliet), StringComparison.Ordinal);
        Assert.Contains(Venue, Enter(scene, "paris@verona.example/a"), StringComparison.Ordinal);
        Assert.Contains(NoVenue, Enter(scene, AdminScene.Nurse), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nurse@capulet.example")]
    [InlineData("capulet.example")]
    [InlineData("nur*@*")]
    public void Bans_hold_beyond_the_room(string rule)
    {
        var scene = new AdminScene(config);
        scene.Room.Ban(rule);
        scene.Owner(AdminScene.Romeo, Destroy);
        Assert.Contains(NoVenue, Enter(scene, AdminScene.Nurse), StringComparison.Ordinal);
        Assert.Contains(Venue, Enter(scene, "paris@verona.example/a"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("muc-10.9-14")]
    public void It_outlasts_restarts_and_ends_when_its_time_is_over()
    {
        var scene = new AdminScene(config);
        scene.Owner(AdminScene.Romeo, Destroy);
        var room = scene.Room;
        var replayed = new Room(TestRoom.Address, room.Policy);
        TestRoom.Apply(replayed, room.Journal);
        Assert.Equal(TestRoom.StateOf(room.Room), TestRoom.StateOf(replayed));
        room.Room = RoomSnapshot.Of(replayed)!.ToRoom(TestRoom.Address, room.Policy);

        room.Now += room.Policy.TombstoneLifetime - TimeSpan.FromSeconds(1);
        Assert.Contains(Venue, Enter(scene, AdminScene.Juliet), StringComparison.Ordinal);
        room.Now += TimeSpan.FromSeconds(1);
        Assert.Contains("<status code='201'/>", Enter(scene, AdminScene.Juliet), StringComparison.Ordinal);
        Assert.Null(room.Room.Tombstone);
    }

    [Fact]
    public void Time_alone_ends_it()
    {
        var scene = new AdminScene(config);
        scene.Owner(AdminScene.Romeo, Destroy);
        scene.Room.Now += scene.Room.Policy.TombstoneLifetime;
        scene.Room.Decide(RoomInput.TimerDue(RoomTimerKind.TombstoneEnds));
        Assert.Null(RoomSnapshot.Of(scene.Room.Room));
    }

    [Fact]
    public void An_admin_of_the_service_creates_the_room_anew()
    {
        var scene = new AdminScene(TestRoom.DefaultPolicy with { Admins = new HashSet<Jid> { Jid.Parse("nurse@capulet.example") } });
        scene.Room.Join(AdminScene.Romeo, "Romeo");
        scene.Room.Configure(config);
        scene.Owner(AdminScene.Romeo, Destroy);
        Assert.Contains("<gone", Enter(scene, AdminScene.Juliet), StringComparison.Ordinal);
        Assert.Contains("<status code='201'/>", Enter(scene, AdminScene.Nurse), StringComparison.Ordinal);
        Assert.Null(scene.Room.Room.Tombstone);
    }

    [Fact]
    public void Nobody_inherits_the_right_of_an_owner_whose_account_is_gone()
    {
        var scene = new AdminScene(config);
        scene.Owner(AdminScene.Romeo, Destroy);
        scene.Room.Decide(RoomInput.AccountDeleted(Jid.Parse(AdminScene.Romeo).Bare));
        Assert.Contains("<gone", Enter(scene, AdminScene.Romeo), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<destroy jid='a+b%c@conference.localhost'/>", "xmpp:a%2Bb%25c@conference.localhost?join")]
    [InlineData("<destroy jid='other.example'/>", "xmpp:other.example")]
    [InlineData("<destroy jid='heath@conference.localhost/nick'/>", "xmpp:heath@conference.localhost?join")]
    public void The_venue_is_a_uri(string order, string uri)
    {
        var scene = new AdminScene(config);
        scene.Owner(AdminScene.Romeo, order);
        Assert.Contains($">{uri}</gone>", Enter(scene, AdminScene.Juliet), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_sent_to_it_is_refused_alike()
    {
        var scene = new AdminScene(config);
        scene.Owner(AdminScene.Romeo, Destroy);
        foreach (var stanza in new[]
        {
            "<presence to='{0}/Juliet'/>",
            "<message to='{0}' type='groupchat'><body>x</body></message>",
            "<message to='{0}/Romeo' type='chat'><body>x</body></message>",
            "<iq to='{0}' type='get' id='i'><ping xmlns='urn:xmpp:ping'/></iq>",
            "<iq to='{0}/Juliet' type='get' id='i'><ping xmlns='urn:xmpp:ping'/></iq>",
        })
        {
            var xml = stanza.Replace("{0}", TestRoom.Address.ToString(), StringComparison.Ordinal);
            Assert.Contains(Venue, Assert.Single(scene.Room.Send(AdminScene.Juliet, xml)).Xml, StringComparison.Ordinal);
            Assert.Contains("<item-not-found", Assert.Single(scene.Room.Send(AdminScene.Romeo, xml)).Xml, StringComparison.Ordinal);
        }
    }

    private static string Enter(AdminScene scene, string who) => scene.Room.Join(who, "Somebody")[0].Xml;
}
