using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Commands;

/// <summary>Service administration (XEP-0133) as an admin and those concerned see it.</summary>
public sealed class AdminCommandTests
{
    private const string Items = "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>";
    private const string Room = "room@conference.localhost";

    [Fact]
    [Proves("MC-0133-01", "MC-0133-16")]
    public async Task Only_admins_see_and_run_the_commands()
    {
        await using var scene = await AdminScene.BeginAsync();
        var user = await scene.Server.LoginAsync("romeo");

        var shown = await scene.AskAsync(scene.Admin, AdminScene.Domain, "get", Items);
        Assert.Contains("<item jid='localhost' name='Add a user' node='http://jabber.org/protocol/admin#add-user'/>", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<item", await scene.AskAsync(user, AdminScene.Domain, "get", Items), StringComparison.Ordinal);
        foreach (var command in Server.Commands.DomainCommands.All.All)
        {
            Assert.Contains($"node='{command.Node}'", shown, StringComparison.Ordinal);
            Assert.Contains("<forbidden", await scene.ExecuteAsync(user, command.Node), StringComparison.Ordinal);
        }
    }

    [Fact]
    [Proves("MC-0133-04")]
    public async Task A_deleted_user_is_gone_everywhere()
    {
        await using var scene = await AdminScene.BeginAsync();
        var (romeo, juliet) = await MeetAsync(scene);

        Assert.Contains("status='completed'", await scene.RunAsync("delete-user", ("accountjids", "juliet@localhost")), StringComparison.Ordinal);
        await juliet.HearAsync("<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>");
        await romeo.HearAsync("type='unavailable'");
        Assert.Contains("<not-authorized", await scene.TryLoginAsync("juliet", "secret"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0133-05")]
    public async Task A_disabled_user_cannot_log_in_until_enabled_again()
    {
        await using var scene = await AdminScene.BeginAsync();
        var romeo = await scene.Server.LoginAsync("romeo");

        Assert.Contains("status='completed'", await scene.RunAsync("disable-user", ("accountjids", "romeo@localhost")), StringComparison.Ordinal);
        await romeo.HearAsync("</stream:stream>");
        Assert.Contains("<account-disabled/>", await scene.TryLoginAsync("romeo", "secret"), StringComparison.Ordinal);
        Assert.Contains("<not-authorized/>", await scene.TryLoginAsync("romeo", "wrong"), StringComparison.Ordinal);
        Assert.Contains("<value>1</value>", await scene.ExecuteAsync(scene.Admin, "http://jabber.org/protocol/admin#get-disabled-users-num"), StringComparison.Ordinal);
        Assert.Contains("<value>romeo@localhost</value>", await scene.RunAsync("get-disabled-users-list"), StringComparison.Ordinal);

        await scene.RunAsync("reenable-user", ("accountjids", "romeo@localhost"));
        Assert.Contains("<success", await scene.TryLoginAsync("romeo", "secret"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("juliet@localhost")]
    [InlineData("juliet@localhost/a")]
    [Proves("MC-0133-06")]
    public async Task A_session_is_ended_and_its_rooms_hear_of_it(string address)
    {
        await using var scene = await AdminScene.BeginAsync();
        var (romeo, juliet) = await MeetAsync(scene);

        Assert.Contains("status='completed'", await scene.RunAsync("end-user-session", ("accountjids", address)), StringComparison.Ordinal);
        await juliet.HearAsync("</stream:stream>");
        await romeo.HearAsync("type='unavailable'");
        Assert.Contains("<item-not-found", await scene.RunAsync("end-user-session", ("accountjids", "juliet@localhost/b")), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0133-07")]
    public async Task A_changed_password_is_the_only_one()
    {
        await using var scene = await AdminScene.BeginAsync();
        await scene.Server.LoginAsync("romeo");

        await scene.RunAsync("change-user-password", ("accountjid", "romeo@localhost"), ("password", "V3r0n4"));
        Assert.Contains("<not-authorized/>", await scene.TryLoginAsync("romeo", "secret"), StringComparison.Ordinal);
        Assert.Contains("<success", await scene.TryLoginAsync("romeo", "V3r0n4"), StringComparison.Ordinal);
        Assert.Contains("<item-not-found", await scene.RunAsync("change-user-password", ("accountjid", "nobody@localhost"), ("password", "x")), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0133-10", "MC-0133-11")]
    public async Task Users_are_counted_and_listed_by_group()
    {
        var time = new ManualTime();
        await using var scene = await AdminScene.BeginAsync(time);
        await scene.Server.LoginAsync("romeo");
        (await scene.Server.LoginAsync("away")).Hangup();
        await scene.RunAsync("disable-user", ("accountjids", "away@localhost"));
        time.Advance(Server.Commands.UserGroups.IdleAfter - TimeSpan.FromSeconds(1));
        await scene.Admin.SayAsync("<presence/>", "<presence");
        time.Advance(TimeSpan.FromSeconds(1));

        await CountedAsync("registered", 3);
        await CountedAsync("disabled", 1);
        await CountedAsync("online", 2);
        await CountedAsync("active", 1);
        await CountedAsync("idle", 1);
        Assert.Contains("<value>away@localhost</value><value>operator@localhost</value><value>romeo@localhost</value>", await scene.RunAsync("get-registered-users-list", ("max_items", "none")), StringComparison.Ordinal);
        Assert.Contains("var='onlineuserjids'><value>operator@localhost</value><value>romeo@localhost</value></field>", await scene.RunAsync("get-online-users-list"), StringComparison.Ordinal);
        Assert.Contains("var='activeuserjids'><value>operator@localhost</value></field>", await scene.RunAsync("get-active-users"), StringComparison.Ordinal);
        Assert.Contains("var='idleuserjids'><value>romeo@localhost</value></field>", await scene.RunAsync("get-idle-users"), StringComparison.Ordinal);
        Assert.Contains("var='registereduserjids'><value>away@localhost</value></field>", await scene.RunAsync("get-registered-users-list", ("max_items", "1")), StringComparison.Ordinal);
        Assert.Contains("<bad-payload", await scene.RunAsync("get-registered-users-list", ("max_items", "0")), StringComparison.Ordinal);

        async Task CountedAsync(string group, int expected) => Assert.Contains(
            $"var='{group}usersnum'><value>{expected}</value>",
            await scene.ExecuteAsync(scene.Admin, $"http://jabber.org/protocol/admin#get-{group}-users-num"),
            StringComparison.Ordinal);
    }

    private static async Task<(PipeWire Romeo, PipeWire Juliet)> MeetAsync(AdminScene scene)
    {
        var romeo = await scene.Server.LoginAsync("romeo");
        await romeo.SayAsync($"<presence to='{Room}/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
        await romeo.SayAsync($"<iq to='{Room}' type='set' id='c'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'/></query></iq>", "type='result'");
        var juliet = await scene.Server.LoginAsync("juliet");
        await juliet.SayAsync($"<presence to='{Room}/Juliet'><x xmlns='http://jabber.org/protocol/muc'/></presence>", "<subject/>");
        await romeo.HearAsync($"{Room}/Juliet");
        return (romeo, juliet);
    }
}
