using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Bans and mutes by the commands of the room.</summary>
public sealed class SanctionCommandTests : SanctionTests
{
    public SanctionCommandTests() => Room.Join(AdminScene.Juliet, "Juliet");

    [Theory]
    [InlineData("juliet@capulet.example/a")]
    [InlineData("capulet.example")]
    [InlineData("*@capulet.example")]
    public void A_ban_is_told_before_the_result_and_ends_after_its_minutes(string target)
    {
        var sent = Run(AdminScene.Romeo, "ban", ("target", target), ("reason", "Treason"), ("minutes", "60"));
        Assert.Contains("code='301'", Assert.Single(AdminScene.To(sent, AdminScene.Juliet)), StringComparison.Ordinal);
        Assert.Contains("status='completed'", sent[^1].Xml, StringComparison.Ordinal);
        var rule = Assert.Single(BanRule.Of(Room.Room));
        Assert.Equal(("Treason", Room.Now + TimeSpan.FromHours(1), SanctionScene.Romeo), (rule.Reason, rule.Until, rule.Terms!.Actor));
        Room.Wait();
        Assert.Empty(BanRule.Of(Room.Room));
    }

    [Theory]
    [InlineData("ban", "target", "", "bad-request")]
    [InlineData("ban", "target", "two..dots", "bad-request")]
    [InlineData("ban", "target", "romeo@montague.example", "conflict")]
    [InlineData("mute", "nick", "Nobody", "item-not-found")]
    [InlineData("mute", "nick", "", "bad-request")]
    [InlineData("mute", "nick", "Romeo", "not-allowed")]
    [InlineData("mute", "jid", "capulet.example", "bad-request")]
    [InlineData("mute", "jid", "@", "bad-request")]
    [InlineData("lift", "bans", "capulet.example", "item-not-found")]
    [InlineData("lift", "mutes", "juliet@capulet.example", "item-not-found")]
    public void What_cannot_be_done_is_refused_and_changes_nothing(string command, string field, string value, string condition)
    {
        var before = TestRoom.StateOf(Room.Room);
        Assert.Contains($"<{condition}", Assert.Single(Run(AdminScene.Romeo, command, (field, value))).Xml, StringComparison.Ordinal);
        Assert.Equal(before, TestRoom.StateOf(Room.Room));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    public void A_time_is_a_number_of_minutes(string minutes) => Assert.Contains(
        "<bad-payload", Assert.Single(Run(AdminScene.Romeo, "ban", ("target", "a@b.example"), ("minutes", minutes))).Xml, StringComparison.Ordinal);

    [Fact]
    public void Moderators_mute_and_only_admins_ban()
    {
        Assert.Contains("<forbidden", Begin(AdminScene.Juliet, "mute"), StringComparison.Ordinal);
        Scene.Admin(AdminScene.Romeo, "<item nick='Juliet' role='moderator'/>");
        Assert.Contains("<forbidden", Begin(AdminScene.Juliet, "ban"), StringComparison.Ordinal);
        Room.Join(AdminScene.Nurse, "Nurse");
        var sent = Run(AdminScene.Juliet, "mute", ("nick", "Nurse"), ("minutes", "5"));
        Assert.Contains("role='visitor'", Assert.Single(AdminScene.To(sent, AdminScene.Nurse)), StringComparison.Ordinal);
        Assert.Equal(Room.Now + TimeSpan.FromMinutes(5), Assert.Single(Room.Room.Mutes.All).Terms.Until);

        Run(AdminScene.Romeo, "ban", ("target", "spam*@*"));
        Assert.Contains("<forbidden", Assert.Single(Run(AdminScene.Juliet, "lift", ("bans", "spam*@*"))).Xml, StringComparison.Ordinal);
        sent = Run(AdminScene.Juliet, "lift", ("mutes", "nurse@capulet.example"));
        Assert.Contains("role='participant'", Assert.Single(AdminScene.To(sent, AdminScene.Nurse)), StringComparison.Ordinal);
    }

    [Fact]
    public void Admins_see_every_rule_with_reason_actor_and_end_and_moderators_the_mutes()
    {
        Run(AdminScene.Romeo, "ban", ("target", "spam*@*"), ("reason", "Noise"), ("minutes", "1"));
        Run(AdminScene.Romeo, "ban", ("target", "tybalt@capulet.example"));
        Run(AdminScene.Romeo, "mute", ("jid", "nurse@capulet.example"), ("reason", "Hush"));
        var list = Begin(AdminScene.Romeo, "sanctions");
        Assert.Contains(
            "<item><field var='kind'><value>ban</value></field><field var='target'><value>spam*@*</value></field><field var='reason'><value>Noise</value></field>"
            + "<field var='actor'><value>romeo@montague.example</value></field><field var='since'><value>2026-01-02T03:04:05Z</value></field>"
            + "<field var='until'><value>2026-01-02T03:05:05Z</value></field></item>",
            list,
            StringComparison.Ordinal);
        Assert.Equal(3, list.Split("<item>").Length - 1);

        Scene.Admin(AdminScene.Romeo, "<item nick='Juliet' role='moderator'/>");
        list = Begin(AdminScene.Juliet, "sanctions");
        Assert.Contains("nurse@capulet.example", list, StringComparison.Ordinal);
        Assert.DoesNotContain("spam", list, StringComparison.Ordinal);
        Assert.DoesNotContain("tybalt", list, StringComparison.Ordinal);
    }

    [Fact]
    public void Lifting_is_for_all_that_is_named_or_none()
    {
        Run(AdminScene.Romeo, "ban", ("target", "capulet.example"));
        Run(AdminScene.Romeo, "ban", ("target", "*@*.example"));
        Run(AdminScene.Romeo, "lift", ("bans", "capulet.example"), ("mutes", "juliet@capulet.example"));
        Assert.Equal(2, BanRule.Of(Room.Room).Count());
        Run(AdminScene.Romeo, "lift", ("bans", "capulet.example"));
        Run(AdminScene.Romeo, "lift", ("bans", "*@*.EXAMPLE"));
        Assert.Empty(BanRule.Of(Room.Room));
        Room.Join(AdminScene.Juliet, "Juliet");
        Assert.NotNull(Room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    public void The_admins_of_the_service_are_beyond_bans()
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { Admins = new HashSet<Jid> { Jid.Parse("juliet@capulet.example") } });
        room.Join(AdminScene.Romeo, "Romeo");
        room.Configure(new RoomConfig());
        room.Join(AdminScene.Juliet, "Juliet");
        room.Ban("*@*");
        Assert.NotNull(room.Room.Occupants.Find("Juliet"));
        Assert.Equal(
            StanzaErrorCondition.NotAllowed,
            Features.Banning.Check(room.Room, SanctionScene.Actor(room), SanctionScene.Target("juliet@capulet.example"))?.Condition);
    }

    private string Begin(string from, string command) => Room.Send(
        from, $"<iq type='set' id='c' to='{TestRoom.Address}'><command xmlns='http://jabber.org/protocol/commands' node='{command}'/></iq>")[^1].Xml;

    private IReadOnlyList<Sent> Run(string from, string command, params (string Var, string Value)[] fields)
    {
        var form = Begin(from, command);
        var start = form.IndexOf("sessionid='", StringComparison.Ordinal) + "sessionid='".Length;
        var session = form[start..form.IndexOf('\'', start)];
        var submission = string.Concat(fields.Select(field => $"<field var='{field.Var}'><value>{field.Value}</value></field>"));
        return Room.Send(
            from,
            $"<iq type='set' id='c' to='{TestRoom.Address}'><command xmlns='http://jabber.org/protocol/commands' node='{command}' sessionid='{session}'>"
            + $"<x xmlns='jabber:x:data' type='submit'>{submission}</x></command></iq>");
    }
}
