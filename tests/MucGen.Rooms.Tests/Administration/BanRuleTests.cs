using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Bans by person, domain and mask, with an end, at one gate (XEP-0045 7.2.7, 9.1, 9.2).</summary>
public sealed class BanRuleTests : SanctionTests
{
    [Theory]
    [InlineData("*@capulet.example", "juliet@capulet.example", true)]
    [InlineData("*@capulet.example", "juliet@verona.capulet.example", false)]
    [InlineData("*@*.capulet.example", "juliet@verona.capulet.example", true)]
    [InlineData("*.capulet.example", "juliet@verona.capulet.example", true)]
    [InlineData("*.capulet.example", "juliet@capulet.example", false)]
    [InlineData("SPAM*@*", "spam4711@anywhere.example", true)]
    [InlineData("spam*@*", "spam@anywhere.example", true)]
    [InlineData("spam*@*", "nospam@anywhere.example", false)]
    [InlineData("a*b*c@*", "a-bb-b-c@x.example", true)]
    [InlineData("a*b*c@*", "a-c-b@x.example", false)]
    [InlineData("*@*", "juliet@capulet.example", true)]
    [InlineData("J\u00dcliet*@B\u00dccher.*", "j\u00fcliet1@b\u00fccher.example", true)]
    [InlineData("capulet.example", "juliet@capulet.example", true)]
    [InlineData("capulet.example", "juliet@verona.capulet.example", false)]
    [InlineData("juliet@capulet.example/balcony", "juliet@capulet.example", true)]
    [InlineData("juliet@capulet.example", "juliette@capulet.example", false)]
    public void A_target_hits_whom_it_says(string target, string person, bool hits)
    {
        Assert.True(BanTarget.TryParse(target, out var parsed));
        Assert.Equal(hits, parsed.Hits(Jid.Parse(person)));
        Assert.True(BanTarget.TryParse(parsed.Text, out var again));
        Assert.Equal(parsed, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*@")]
    [InlineData("@*")]
    [InlineData("a b*@*")]
    [InlineData("*@-*")]
    [InlineData("*@a@b")]
    [InlineData("*@example.org/x")]
    [InlineData("two..dots")]
    public void What_can_hit_nobody_is_no_target(string text) => Assert.False(BanTarget.TryParse(text, out _));

    [Fact, Proves("muc-9.1-05", "muc-9.1-07", "muc-9.1-10", "muc-9.1-11")]
    public void A_mask_removes_whom_it_hits_like_any_ban()
    {
        Room.Join(AdminScene.Juliet, "Juliet");
        Room.Join("benvolio@montague.example/a", "Benvolio");
        var sent = Room.Ban("j*@*", reason: "Too late for a walk");
        Assert.Equal(3, sent.Count);
        Assert.All(sent, stanza =>
        {
            Assert.StartsWith("<presence type='unavailable'", stanza.Xml.Replace($" to='{stanza.To}'", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("code='301'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("affiliation='outcast'", stanza.Xml, StringComparison.Ordinal);
            Assert.Contains("<actor nick='Romeo'/><reason>Too late for a walk</reason>", stanza.Xml, StringComparison.Ordinal);
        });
        Assert.Contains("code='110'", Assert.Single(AdminScene.To(sent, AdminScene.Juliet)), StringComparison.Ordinal);
        Assert.NotNull(Room.Room.Occupants.Find("Benvolio"));
    }

    [Fact, Proves("muc-7.2.7-01", "muc-7.2.7-02", "muc-7.10-19", "muc-9.5-23")]
    public void Every_entry_is_closed_to_whom_a_mask_hits()
    {
        Room.Ban("*@capulet.example");
        Forbidden(Room.Join(AdminScene.Juliet, "Juliet"));
        Forbidden(Room.Send(AdminScene.Juliet, $"<iq to='{TestRoom.Address}' type='get' id='r'><query xmlns='jabber:iq:register'/></iq>"));
        Forbidden(Room.Send(AdminScene.Juliet, $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'><remove/></query></iq>"));
        Forbidden(Room.Send(AdminScene.Juliet, Invite("paris@verona.example")));
        Forbidden(Room.Send(AdminScene.Romeo, Invite("nurse@capulet.example")));
        Forbidden(Scene.Voice(AdminScene.Juliet, ("muc#role", ["participant"])));
        Assert.Contains("<not-acceptable", Assert.Single(Room.Say(AdminScene.Juliet, "hello")).Xml, StringComparison.Ordinal);
        Assert.Contains("<not-acceptable", Assert.Single(Room.Send(AdminScene.Juliet, $"<message to='{TestRoom.Address}/Romeo' type='chat'><body>psst</body></message>")).Xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("admin")]
    [InlineData("owner")]
    public void A_mask_never_hits_those_on_a_list(string affiliation)
    {
        Scene.Admin(AdminScene.Romeo, $"<item jid='juliet@capulet.example' affiliation='{affiliation}'/>");
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.Empty(Room.Ban("*@*"));
        Assert.NotNull(Room.Room.Occupants.Find("Juliet"));
        Assert.NotNull(Room.Room.Occupants.Find("Romeo"));

        var sent = Scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='none'/>");
        Assert.Contains("code='301'", Assert.Single(AdminScene.To(sent, AdminScene.Juliet)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_that_bans_reaches_into_a_domain_of_members()
    {
        Scene.Admin(AdminScene.Romeo, "<item jid='capulet.example' affiliation='member'/>");
        Room.Ban("spam*@*");
        Forbidden(Room.Join("spam1@capulet.example/a", "Spam"));
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.NotNull(Room.Room.Occupants.Find("Juliet"));
    }

    [Theory]
    [InlineData("juliet@capulet.example")]
    [InlineData("capulet.example")]
    [InlineData("*@capulet.example")]
    public void A_ban_ends_when_its_time_is_over_and_not_before(string target)
    {
        Room.Ban(target, Hour);
        Assert.Equal((RoomTimerKind.BanEnds, Room.Now + Hour), RoomRules.NextTimer(Room.Room));
        Room.Now += Hour - TimeSpan.FromMilliseconds(1);
        Forbidden(Room.Join(AdminScene.Juliet, "Juliet"));
        Room.Wait();
        Assert.Empty(BanRule.Of(Room.Room));
        Assert.Null(RoomRules.NextTimer(Room.Room));
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.NotNull(Room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    public void Whoever_comes_after_the_end_enters_even_if_no_timer_rang()
    {
        Room.Ban("*@capulet.example", Hour);
        Room.Now += Hour;
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.NotNull(Room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    public void The_earliest_end_is_waited_for_first()
    {
        Room.Ban("*@capulet.example", 3 * Hour);
        Room.Ban("tybalt@capulet.example", Hour);
        Room.Mute("paris@verona.example", 2 * Hour);
        var start = Room.Now;
        Assert.Equal((RoomTimerKind.BanEnds, start + Hour), RoomRules.NextTimer(Room.Room));
        Room.Wait();
        Assert.Equal((RoomTimerKind.MuteEnds, start + (2 * Hour)), RoomRules.NextTimer(Room.Room));
        Room.Wait();
        Assert.Equal((RoomTimerKind.BanEnds, start + (3 * Hour)), RoomRules.NextTimer(Room.Room));
        Assert.False(RoomRules.AwaitsEnd(Room.Room));
    }

    [Fact]
    public void A_ban_by_request_notes_who_and_when_and_keeps_the_end_of_an_earlier_one()
    {
        Scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='outcast'><reason>Treason</reason></item>");
        var rule = Assert.Single(BanRule.Of(Room.Room));
        Assert.Equal(new BanRule(SanctionScene.Target("juliet@capulet.example"), "Treason", new SanctionTerms(SanctionScene.Romeo, Room.Now)), rule);

        Room.Ban("juliet@capulet.example", Hour);
        Scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='outcast'><reason>Mercy</reason></item>");
        rule = Assert.Single(BanRule.Of(Room.Room));
        Assert.Equal(("Mercy", Room.Now + Hour), (rule.Reason, rule.Until));
    }

    [Fact, Proves("muc-9.1-14", "muc-9.1-15", "muc-9.1-16")]
    public void Who_may_ban_whom_is_the_same_for_every_way_to_ban()
    {
        Scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/><item jid='nurse@capulet.example' affiliation='admin'/>");
        var juliet = new Actor(Jid.Parse("juliet@capulet.example"), MucAffiliation.Admin, MucRole.None, null);
        var paris = new Actor(Jid.Parse("paris@verona.example"), MucAffiliation.Member, MucRole.Moderator, null);
        Assert.Equal(StanzaErrorCondition.Conflict, Check(juliet, "juliet@capulet.example"));
        Assert.Equal(StanzaErrorCondition.NotAllowed, Check(juliet, "romeo@montague.example"));
        Assert.Equal(StanzaErrorCondition.NotAllowed, Check(juliet, "nurse@capulet.example"));
        Assert.Equal(StanzaErrorCondition.Forbidden, Check(paris, "*@capulet.example"));
        Assert.Equal(StanzaErrorCondition.Conflict, Check(SanctionScene.Actor(Room), "romeo@montague.example"));
        Assert.Null(Check(juliet, "*@*"));
    }

    [Fact]
    public void A_room_has_a_limited_number_of_masks()
    {
        for (var i = 0; i < BanMasks.Most; i++)
            Room.Ban($"spam{i}*@*");
        Assert.Equal(StanzaErrorCondition.NotAcceptable, Check(SanctionScene.Actor(Room), "eggs*@*"));
        Assert.Null(Check(SanctionScene.Actor(Room), "spam7*@*"));
    }

    private StanzaErrorCondition? Check(in Actor actor, string target) => Banning.Check(Room.Room, actor, SanctionScene.Target(target))?.Condition;

    private static string Invite(string whom) =>
        $"<message to='{TestRoom.Address}' id='i'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='{whom}'/></x></message>";

    private static void Forbidden(IReadOnlyList<Sent> sent)
    {
        var answer = Assert.Single(sent);
        Assert.Contains("type='auth'", answer.Xml, StringComparison.Ordinal);
        Assert.Contains("<forbidden", answer.Xml, StringComparison.Ordinal);
    }
}
