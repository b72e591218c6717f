using System.Globalization;
using System.Text;
using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Archive.ArchiveScene;

namespace MucGen.Rooms.Tests.Archive;

/// <summary>What readers of an archive get, and for how long.</summary>
public sealed class ArchiveReadingTests
{
    [Fact]
    [Proves("MC-0313-43", "MC-0313-44")]
    public void Only_an_archived_room_has_the_features_of_archives_and_then_both()
    {
        var scene = new ArchiveScene();
        Assert.Contains("<feature var='urn:xmpp:mam:2'/>", Info(scene), StringComparison.Ordinal);
        Assert.Contains("<feature var='urn:xmpp:mam:2#extended'/>", Info(scene), StringComparison.Ordinal);
        scene.Room.Configure(scene.Room.Room.Config with { IsLogged = false });
        Assert.DoesNotContain("urn:xmpp:mam:", Info(scene), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0313-24", "MC-0313-26")]
    public void A_page_ends_where_the_service_says()
    {
        var scene = new ArchiveScene(TestRoom.DefaultPolicy with { MaxArchivePage = 3 });
        for (var i = 0; i < 7; i++)
            scene.Room.Say(Romeo, i.ToString(CultureInfo.InvariantCulture));
        var answer = scene.Query(Romeo, Set("<max>1000</max>"));
        Assert.Equal(["0", "1", "2"], Bodies(answer));
        Assert.DoesNotContain("complete=", answer[^1], StringComparison.Ordinal);
        Assert.Equal(["0", "1", "2"], Bodies(scene.Query(Romeo)));
        Assert.Equal(["4", "5", "6"], Bodies(scene.Query(Romeo, Set("<max>5</max><before/>"))));
        answer = scene.Query(Romeo, Set($"<after>{scene.Room.Archive.Messages[3].Id}</after>"));
        Assert.Equal(["4", "5", "6"], Bodies(answer));
        Assert.Contains("complete='true'", answer[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0313-16")]
    public void Times_are_bounds_to_the_millisecond_and_in_any_zone()
    {
        var scene = new ArchiveScene();
        for (var i = 0; i < 4; i++)
        {
            scene.Room.Now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, i, TimeSpan.Zero);
            scene.Room.Say(Romeo, i.ToString(CultureInfo.InvariantCulture));
        }
        Assert.Equal(["1", "2"], Bodies(scene.Query(Romeo, Form(("start", "2026-01-02T03:04:05.001Z"), ("end", "2026-01-02T05:04:05.002+02:00")))));
    }

    [Fact]
    [Proves("MC-0313-03")]
    public void What_is_kept_no_longer_is_not_there_and_neither_is_its_id()
    {
        var scene = new ArchiveScene(TestRoom.DefaultPolicy with { ArchiveLifetime = TimeSpan.FromDays(10) });
        for (var day = 0; day < 15; day++)
        {
            scene.Room.Say(Romeo, day.ToString(CultureInfo.InvariantCulture));
            scene.Room.Now += TimeSpan.FromDays(1);
        }
        Assert.Equal(["5", "6", "7", "8", "9", "10", "11", "12", "13", "14"], Bodies(scene.Query(Romeo)));
        Assert.Contains("<item-not-found ", Assert.Single(scene.Query(Romeo, Set($"<after>{scene.Room.Archive.Messages[4].Id}</after>"))), StringComparison.Ordinal);
        Assert.Equal("6", Bodies(scene.Query(Romeo, Set($"<after>{scene.Room.Archive.Messages[5].Id}</after>")))[0]);
    }

    [Fact]
    public void Where_reading_is_bounded_people_see_what_was_said_since_they_came()
    {
        var scene = new ArchiveScene(TestRoom.DefaultPolicy with { BoundsArchiveReading = true });
        Say(scene, "before");
        scene.Room.Join(Juliet, "Juliet");
        Say(scene, "present");
        Assert.Equal(["present"], Bodies(scene.Query(Juliet)));
        Assert.Equal(["before", "present"], Bodies(scene.Query(Romeo)));
        Assert.Contains("<item-not-found ", Assert.Single(scene.Query(Juliet, Set($"<after>{scene.Room.Archive.Messages[0].Id}</after>"))), StringComparison.Ordinal);

        scene.Room.Send(Juliet, $"<presence to='{TestRoom.Address}/Juliet' type='unavailable'/>");
        Assert.Empty(Bodies(scene.Query(Juliet)));
        Affiliate(scene, "member");
        Say(scene, "member");
        Assert.Equal(["member"], Bodies(scene.Query(Juliet)));
        scene.Room.Join(Juliet, "Juliet");
        Assert.Equal(["member"], Bodies(scene.Query(Juliet)));
        Affiliate(scene, "outcast");
        Affiliate(scene, "none");
        Assert.Empty(Bodies(scene.Query(Juliet)));
    }

    [Fact]
    [Proves("MC-0313-01", "MC-0359-09")]
    public void Ids_say_nothing_and_are_never_the_same()
    {
        var scene = new ArchiveScene();
        var turn = new RoomTurn(new RandomIds());
        var archive = new MemoryArchive();
        using var stanza = Stanza.Parse($"<message to='{TestRoom.Address}' type='groupchat'><body>x</body></message>", ProtocolNames.Instance);
        for (var i = 0; i < 100; i++)
        {
            turn.Begin(scene.Room.Room, scene.Room.Now);
            RoomRules.Decide(turn, RoomInput.OfStanza(stanza, Jid.Parse(Romeo), TestRoom.Address));
            archive.Take(turn.Events);
            turn.Discard();
        }

        var ids = archive.Messages.Select(message => message.Id).ToList();
        Assert.Equal(100, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Equal(20, Encoding.UTF8.GetByteCount(id)));
        Assert.NotEqual(ids.Order(StringComparer.Ordinal), ids);
        // What two ids have in common is chance: of 20 characters out of 64 never half.
        Assert.All(ids.Zip(ids.Skip(1)), pair => Assert.InRange(pair.First.Zip(pair.Second).Count(same => same.First == same.Second), 0, 9));
    }

    // Whoever gets a message of an archived room, with the id that it has in the archive, may read it there.
    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    [Proves("MC-0313-07")]
    public void Ids_of_the_archive_go_to_those_who_may_read_it(int seed)
    {
        var dialogue = new RandomDialogue(seed);
        var room = new TestRoom();

        for (var step = 0; step < 100; step++)
        {
            if (room.Room.Exists && !room.Room.Config.IsLogged)
                room.Configure(room.Room.Config with { IsLogged = true });
            foreach (var stanza in dialogue.Step(room).Where(sent => sent.Xml.Contains("<stanza-id ", StringComparison.Ordinal)).ToList())
            {
                if (!room.Room.Config.IsLogged || room.Room.Occupants.Find(stanza.To) is null)
                    continue; // what came after in the same step may have ended the log, or the recipient's stay
                var answer = room.Send(stanza.To.ToString(), $"<iq to='{TestRoom.Address}' type='get' id='q'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
                Assert.Contains("type='result'", Assert.Single(answer).Xml, StringComparison.Ordinal);
            }
        }
    }

    private static void Say(ArchiveScene scene, string text)
    {
        scene.Room.Now += TimeSpan.FromSeconds(1);
        scene.Room.Say(Romeo, text);
        scene.Room.Now += TimeSpan.FromSeconds(1);
    }

    private static void Affiliate(ArchiveScene scene, string affiliation) => scene.Room.Send(
        Romeo, $"<iq to='{TestRoom.Address}' type='set' id='a'><query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='{affiliation}' jid='juliet@capulet.example'/></query></iq>");

    private static string Info(ArchiveScene scene) => scene.Room.Send(
        Romeo, $"<iq to='{TestRoom.Address}' type='get' id='i'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>").Single().Xml;
}
