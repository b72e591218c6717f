using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Archive.ArchiveScene;

namespace MucGen.Rooms.Tests.Archive;

/// <summary>Somebody is banned with all they said, as one act.</summary>
public sealed class PurgeTests
{
    [Theory]
    [InlineData("Juliet")]
    [InlineData("juliet@capulet.example")]
    public void A_purge_bans_and_retracts_all_in_one_turn(string who)
    {
        var scene = Crowd();
        var journal = scene.Room.Journal.Count;
        var sent = Purge(scene, Romeo, who);

        Assert.Contains("status='completed'", To(sent, Romeo)[^1], StringComparison.Ordinal);
        Assert.Contains(To(sent, Juliet), xml => xml.Contains("<status code='301'/>", StringComparison.Ordinal));
        var notices = To(sent, Nurse).Where(xml => xml.Contains("<retract xmlns='urn:xmpp:message-retract:1'", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, notices.Count);
        Assert.All(notices, notice => Assert.Contains("<reason>Spam</reason>", notice, StringComparison.Ordinal));
        Assert.True(scene.Room.MustCommitFirst);
        Assert.Contains(scene.Room.Journal.Skip(journal), change => change.Contains("\"event\":\"affiliation\"", StringComparison.Ordinal));

        Assert.Equal(["Hello", "What?"], Bodies(scene.Query(Romeo)));
        Assert.Equal(2, scene.Room.Archive.Messages.Count(message => message.IsRetracted));
        Assert.DoesNotContain(scene.Room.Join("rosaline@capulet.example/a", "Rosaline"), stanza => stanza.Xml.Contains("Buy", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_happens_in_the_room_before_the_archive_has_said_what_there_is()
    {
        var scene = Crowd();
        var session = Begin(scene, Romeo);
        scene.Room.AnswersAtOnce = false;
        Assert.Empty(Submit(scene, Romeo, session, "Juliet"));
        Assert.True(Assert.Single(scene.Room.Questions).HoldsRoom);
        Assert.NotEmpty(scene.Room.Answer());
    }

    [Fact]
    public void A_room_without_an_archive_retracts_what_it_remembers()
    {
        var scene = Crowd(new RoomConfig { IsPersistent = true });
        var sent = Purge(scene, Romeo, "Juliet");
        Assert.Equal(2, To(sent, Nurse).Count(xml => xml.Contains("<retract xmlns='urn:xmpp:message-retract:1'", StringComparison.Ordinal)));
        Assert.DoesNotContain(scene.Room.Join("rosaline@capulet.example/a", "Rosaline"), stanza => stanza.Xml.Contains("Buy", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_the_service_wants_to_tell_is_retracted_all_the_same()
    {
        var scene = Crowd(policy: TestRoom.DefaultPolicy with { MaxPurgeNotices = 1 });
        var sent = Purge(scene, Romeo, "Juliet");
        Assert.Single(To(sent, Nurse), xml => xml.Contains("<retract xmlns='urn:xmpp:message-retract:1'", StringComparison.Ordinal));
        Assert.Equal(2, scene.Room.Archive.Messages.Count(message => message.IsRetracted));
    }

    [Fact]
    public void It_is_for_those_who_may_ban_and_never_for_oneself()
    {
        var scene = Crowd();
        Assert.Contains("<forbidden ", Assert.Single(Command(scene, Nurse, "", "")).Xml, StringComparison.Ordinal);
        Assert.Contains("<conflict ", Assert.Single(Purge(scene, Romeo, "Romeo")).Xml, StringComparison.Ordinal);
        Assert.Contains("<item-not-found ", Assert.Single(Purge(scene, Romeo, "Nobody")).Xml, StringComparison.Ordinal);
        Assert.Equal(["Hello", "Buy", "What?", "Buy more"], Bodies(scene.Query(Romeo)));
    }

    private static ArchiveScene Crowd(RoomConfig? config = null, RoomPolicy? policy = null)
    {
        var scene = new ArchiveScene(policy, config);
        scene.Room.Join(Juliet, "Juliet");
        scene.Room.Join(Nurse, "Nurse");
        scene.Room.Say(Nurse, "Hello");
        scene.Room.Say(Juliet, "Buy");
        scene.Room.Say(Nurse, "What?");
        scene.Room.Say(Juliet, "Buy more");
        return scene;
    }

    private static IReadOnlyList<Sent> Purge(ArchiveScene scene, string from, string who) => Submit(scene, from, Begin(scene, from), who);

    private static string Begin(ArchiveScene scene, string from)
    {
        var answer = Command(scene, from, "action='execute'", "").Single().Xml;
        var start = answer.IndexOf("sessionid='", StringComparison.Ordinal) + "sessionid='".Length;
        return answer[start..answer.IndexOf('\'', start)];
    }

    private static IReadOnlyList<Sent> Submit(ArchiveScene scene, string from, string session, string who) => Command(
        scene,
        from,
        $"sessionid='{session}'",
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:mucgen:purge</value></field>"
        + $"<field var='who'><value>{who}</value></field><field var='reason'><value>Spam</value></field></x>");

    private static IReadOnlyList<Sent> Command(ArchiveScene scene, string from, string attributes, string content) => scene.Room.Send(
        from, $"<iq type='set' id='c' to='{TestRoom.Address}'><command xmlns='http://jabber.org/protocol/commands' node='urn:mucgen:purge' {attributes}>{content}</command></iq>");
}
