using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Archive.ArchiveScene;

namespace MucGen.Rooms.Tests.Archive;

/// <summary>Between the question and the answer of the store anything may happen; what counts is what holds when it is answered.</summary>
public sealed class ArchiveQuestionTests
{
    private readonly ArchiveScene scene = new();

    public ArchiveQuestionTests()
    {
        scene.Room.Say(Romeo, "One");
        scene.Room.AnswersAtOnce = false;
    }

    [Fact]
    public void Nothing_is_sent_before_the_store_has_answered()
    {
        Assert.Empty(scene.Ask(Juliet));
        Assert.Equal(["One"], Bodies(To(scene.Room.Answer(), Juliet)));
    }

    [Fact]
    [Proves("MC-0313-36", "MC-0313-45")]
    public void Who_was_banned_meanwhile_gets_nothing()
    {
        scene.Ask(Juliet);
        scene.Room.Send(Romeo, $"<iq to='{TestRoom.Address}' type='set' id='b'><query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='outcast' jid='juliet@capulet.example'/></query></iq>");
        Assert.Contains("<forbidden ", Assert.Single(To(scene.Room.Answer(), Juliet)), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0313-40", "MC-0313-15")]
    public void Addresses_are_for_those_who_may_see_them_when_it_is_answered()
    {
        scene.Room.Join(Juliet, "Juliet");
        scene.Room.Configure(scene.Room.Room.Config with { Whois = RoomWhois.Anyone });
        scene.Ask(Juliet);
        scene.Ask(Juliet, Form(("with", "romeo@montague.example")));
        scene.Room.Configure(scene.Room.Room.Config with { Whois = RoomWhois.Moderators });
        var answer = To(scene.Room.Answer(), Juliet);
        Assert.Equal(["One"], Bodies(answer));
        Assert.Contains("<forbidden ", answer[^1], StringComparison.Ordinal); // and repeats what was asked, an address that the asker knew
        Assert.DoesNotContain(answer.SkipLast(1), xml => xml.Contains("montague", StringComparison.Ordinal));
        Assert.Equal(0, scene.Room.Withheld);
    }

    [Fact]
    public void Another_room_of_the_same_name_does_not_tell_what_the_first_one_knew()
    {
        scene.Ask(Juliet);
        scene.Room.Decide(RoomInput.Destroy());
        scene.Room.Join(Nurse, "Nurse");
        scene.Room.Configure(new RoomConfig { IsLogged = true });
        Assert.Contains("<item-not-found ", Assert.Single(To(scene.Room.Answer(), Juliet)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_fails_is_no_empty_archive()
    {
        scene.Ask(Juliet);
        scene.Room.Archive.Fails = true;
        var error = Assert.Single(To(scene.Room.Answer(), Juliet));
        Assert.Contains("<internal-server-error ", error, StringComparison.Ordinal);
        Assert.Contains("type='wait'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_nobody_answers_gives_its_stanza_back()
    {
        var stanza = Stanza.Parse($"<iq to='{TestRoom.Address}' type='set' id='q'><query xmlns='urn:xmpp:mam:2'/></iq>", ProtocolNames.Instance);
        var turn = new RoomTurn(new RandomIds());
        turn.Begin(scene.Room.Room, scene.Room.Now);
        RoomRules.Decide(turn, RoomInput.OfStanza(stanza, Jid.Parse(Juliet), TestRoom.Address));
        var question = Assert.Single(turn.Questions);
        Assert.False(question.HoldsRoom);
        turn.Discard();
        Assert.Empty(turn.Questions);
        stanza.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stanza.Root.Key);
    }
}
