using System.Globalization;
using System.Text.RegularExpressions;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Administration;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>How many messages there are in an hour, as disco#info tells it (XEP-0502).</summary>
public sealed class MessageActivityTests
{
    private const string Field = "{urn:xmpp:muc-activity}message-activity";

    private readonly RoomConfig config = new() { IsPersistent = true };

    [Fact]
    [Proves("MC-0502-01", "MC-0502-05")]
    public void Messages_count_at_once_and_for_a_day()
    {
        var scene = new AdminScene(config);
        Assert.Equal(0, Activity(scene));
        Say(scene, 6);
        Assert.Equal(6, Activity(scene)); // of less than an hour
        scene.Room.Now += TimeSpan.FromHours(4);
        Assert.Equal(1.5, Activity(scene));
        scene.Room.Now += TimeSpan.FromHours(8);
        Assert.Equal(0.5, Activity(scene));
        Say(scene, 12);
        scene.Room.Now += TimeSpan.FromHours(16);
        var later = Activity(scene)!.Value;
        Assert.InRange(later, 12 / 24.0, 12 / 23.0); // the first six are of yesterday
        scene.Room.Now += TimeSpan.FromHours(100);
        Assert.Equal(0, Activity(scene));
        Say(scene, 1);
        Assert.InRange(Activity(scene)!.Value, 0.03, 0.05);
    }

    [Theory]
    [InlineData(false, true, false, "")]
    [InlineData(true, false, false, "")]
    [InlineData(true, true, true, "")]
    [InlineData(true, true, false, "secret")]
    [Proves("MC-0502-02")]
    public void Where_not_everybody_finds_and_enters_the_room_nothing_is_told(bool isPersistent, bool isPublic, bool isMembersOnly, string password)
    {
        var scene = new AdminScene(new RoomConfig
        {
            IsPersistent = isPersistent,
            IsPublic = isPublic,
            IsMembersOnly = isMembersOnly,
            IsPasswordProtected = password.Length > 0,
            Password = password,
        });
        Say(scene, 3);
        Assert.Null(Activity(scene));
    }

    [Theory]
    [InlineData("<message to='{0}' type='groupchat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>")]
    [InlineData("<message to='{0}' type='groupchat'><subject>News</subject></message>")]
    [InlineData("<message to='{0}' type='groupchat'><displayed xmlns='urn:xmpp:chat-markers:0' id='x'/></message>")]
    [InlineData("<message to='{0}/Romeo' type='chat'><body>psst</body></message>")]
    [InlineData("<message to='{0}' type='groupchat'><body>mended</body><replace xmlns='urn:xmpp:message-correct:0' id='m'/></message>")]
    [InlineData("<message to='{0}' type='groupchat'><body>taken back</body><retract xmlns='urn:xmpp:message-retract:1' id='m'/></message>")]
    [Proves("MC-0502-03", "MC-0502-04")]
    public void Only_what_is_newly_said_to_everybody_counts(string stanza)
    {
        var scene = new AdminScene(config with { IsLogged = true });
        Say(scene, 3);
        scene.Room.Send(AdminScene.Romeo, stanza.Replace("{0}", TestRoom.Address.ToString(), StringComparison.Ordinal));
        Assert.Equal(3, Activity(scene));
    }

    [Fact]
    public void A_restart_forgets_no_count()
    {
        var scene = new AdminScene(config);
        for (var i = 0; i < 30; i++)
        {
            Say(scene, i);
            scene.Room.Now += TimeSpan.FromMinutes(50);
        }
        var before = Activity(scene);
        var replayed = new Room(TestRoom.Address, scene.Room.Policy);
        TestRoom.Apply(replayed, scene.Room.Journal);
        Assert.Equal(TestRoom.StateOf(scene.Room.Room), TestRoom.StateOf(replayed));
        scene.Room.Room = RoomSnapshot.Of(replayed)!.ToRoom(TestRoom.Address, scene.Room.Policy);
        Assert.Equal(before, Activity(scene));
    }

    [Fact]
    [Proves("MC-0502-02")]
    public void A_room_older_than_the_counting_tells_nothing_until_something_is_said()
    {
        var scene = new AdminScene(config);
        scene.Room.Room = (RoomSnapshot.Of(scene.Room.Room)! with { Activity = null }).ToRoom(TestRoom.Address, scene.Room.Policy);
        Assert.Null(Activity(scene));
        Say(scene, 2);
        Assert.Equal(2, Activity(scene));
    }

    [Fact]
    public void A_clock_that_goes_back_loses_nothing()
    {
        var scene = new AdminScene(config);
        var start = scene.Room.Now;
        scene.Room.Now += TimeSpan.FromHours(2);
        Say(scene, 1);
        scene.Room.Now = start;
        Say(scene, 1);
        Assert.Equal(2, scene.Room.Room.Activity.Total);
        Assert.Equal(1, scene.Room.Room.Activity.PerHour(start + TimeSpan.FromHours(2)));
        Assert.Equal(2, scene.Room.Room.Activity.PerHour(start - TimeSpan.FromHours(2)));
    }

    private static void Say(AdminScene scene, int times)
    {
        for (var i = 0; i < times; i++)
            scene.Room.Say(AdminScene.Romeo, "word");
    }

    // What an outsider is told; null when the field is not there at all.
    private static double? Activity(AdminScene scene)
    {
        var info = Assert.Single(scene.Ask(AdminScene.Nurse, "disco#info")).Xml;
        var value = Regex.Match(info, $"{Regex.Escape(Field)}'[^>]*><value>([0-9.]+)</value>");
        Assert.Equal(info.Contains(Field, StringComparison.Ordinal), value.Success);
        return value.Success ? double.Parse(value.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }
}
