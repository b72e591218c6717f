using MucGen.Server.Configuration;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;
using MucGen.Xml;

namespace MucGen.Server.Tests.Accounts;

/// <summary>In-band registration of who has logged in: what is on file, a new password, the end of the account (XEP-0077 3.1 to 3.3).</summary>
public sealed class OwnRegistrationTests
{
    private const string Query = "<query xmlns='jabber:iq:register'>";
    private static readonly Jid Romeo = Jid.Parse("romeo@localhost");
    private static readonly MucGenOptions On = new() { AllowRegistration = true };

    [Fact]
    [Proves("MC-0077-03", "MC-0077-04")]
    public async Task What_is_on_file_is_told_but_for_the_password()
    {
        await using var server = new ServerInMemory(On);
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync(Iq("get", ""), "</iq>");
        Assert.Contains($"{Query}<registered/><username>romeo</username><password/></query>", romeo.Sent, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("MC-0077-19", "MC-0077-24", "CI-6120-90")]
    public async Task A_new_password_takes_the_place_of_the_old_one_and_sessions_stay()
    {
        await using var server = new ServerInMemory(On);
        var romeo = await server.LoginAsync("romeo");
        var other = await server.LoginAsync("romeo", "b");
        await romeo.SayAsync(Iq("set", "<username>romeo</username><password>new</password>"), "type='result'");

        var kept = (await server.Credentials.FindAsync(Romeo, CancellationToken.None))!;
        Assert.True(kept.Matches("new"));
        Assert.False(kept.Matches("secret"));
        await RefusedAsync(server, "secret");
        foreach (var session in new[] { romeo, other })
            await session.SayAsync("<iq type='get' id='p' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>", "type='result' id='p'");
    }

    [Theory]
    [InlineData("<username>romeo</username><password/>")]
    [InlineData("<username>romeo</username>")]
    [InlineData("<password>moonlight</password>")]
    [InlineData("<username>juliet</username><password>moonlight</password>")]
    [Proves("MC-0077-20", "MC-0077-21")]
    public async Task Nothing_less_than_ones_own_name_and_a_password_changes_it(string fields)
    {
        await using var server = new ServerInMemory(On);
        var romeo = await server.LoginAsync("romeo");
        await server.LoginAsync("juliet");
        await romeo.SayAsync(Iq("set", fields), "<bad-request ");
        Assert.DoesNotContain("moonlight", romeo.Sent, StringComparison.Ordinal);
        foreach (var account in await server.Credentials.ListAsync(CancellationToken.None))
            Assert.True((await server.Credentials.FindAsync(account, CancellationToken.None))!.Matches("secret"));
    }

    [Fact]
    [Proves("MC-0077-17")]
    public async Task While_it_is_off_nothing_is_changed_and_nothing_told()
    {
        await using var server = new ServerInMemory(new MucGenOptions());
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync(Iq("set", "<username>romeo</username><password>new</password>"), "<not-allowed ");
        await romeo.SayAsync(Iq("set", "<remove/>"), "<not-allowed ");
        await romeo.SayAsync(Iq("get", ""), "<service-unavailable ");
        Assert.True((await server.Credentials.FindAsync(Romeo, CancellationToken.None))!.Matches("secret"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Proves("MC-0077-32")]
    public async Task Discovery_tells_whether_it_is_on(bool isOn)
    {
        await using var server = new ServerInMemory(new MucGenOptions { AllowRegistration = isOn });
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync("<iq type='get' id='d' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>", "</iq>");
        Assert.Equal(isOn, romeo.Sent.Contains("<feature var='jabber:iq:register'/>", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("MC-0077-12")]
    public async Task A_removal_stands_alone()
    {
        await using var server = new ServerInMemory(On);
        var romeo = await server.LoginAsync("romeo");
        await romeo.SayAsync(Iq("set", "<remove/><username>romeo</username>"), "<bad-request ");
        Assert.NotNull(await server.Credentials.FindAsync(Romeo, CancellationToken.None));
    }

    [Fact]
    [Proves("MC-0077-11")]
    public async Task A_removal_ends_the_account_and_every_session()
    {
        await using var server = new ServerInMemory(On);
        var romeo = await server.LoginAsync("romeo");
        var other = await server.LoginAsync("romeo", "b");
        await romeo.SayAsync(Iq("set", "<remove/>"), "</stream:stream>");
        await other.HearAsync("</stream:stream>");

        var result = romeo.Sent.IndexOf("type='result' id='r'", StringComparison.Ordinal);
        Assert.InRange(result, 0, romeo.Sent.IndexOf("<not-authorized ", StringComparison.Ordinal));
        Assert.Contains("<not-authorized ", other.Sent, StringComparison.Ordinal);
        Assert.Null(await server.Credentials.FindAsync(Romeo, CancellationToken.None));
        await RefusedAsync(server, "secret");
    }

    [Fact]
    [Proves("MC-0077-13")]
    public async Task A_removal_ends_the_subscriptions_of_contacts()
    {
        await using var server = new ServerInMemory(On);
        var romeo = await server.LoginAsync("romeo");
        var juliet = await server.LoginAsync("juliet");
        foreach (var session in new[] { romeo, juliet })
            await session.SayAsync("<iq type='get' id='l'><query xmlns='jabber:iq:roster'/></iq><presence/>", "<presence ");
        await romeo.SayAsync("<presence type='subscribe' to='juliet@localhost'/>", "ask='subscribe'");
        await juliet.HearAsync("type='subscribe'");
        await juliet.SayAsync("<presence type='subscribed' to='romeo@localhost'/><presence type='subscribe' to='romeo@localhost'/>", "ask='subscribe'");
        await romeo.HearAsync("type='subscribe'");
        await romeo.SayAsync("<presence type='subscribed' to='juliet@localhost'/>", "subscription='both'");
        await juliet.HearAsync("subscription='both'");

        await romeo.SayAsync(Iq("set", "<remove/>"), "</stream:stream>");
        await juliet.HearAsync("type='unsubscribe'");
        await juliet.HearAsync("type='unsubscribed'");
        await juliet.HearAsync("type='unavailable'");
    }

    private static string Iq(string type, string fields) => $"<iq type='{type}' id='r'>{Query}{fields}</query></iq>";

    private static async Task RefusedAsync(ServerInMemory server, string password)
    {
        var wire = server.Connect();
        await wire.SayAsync(StreamClient.Header, "</stream:features>");
        await wire.SayAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{StreamClient.Base64($"\0romeo\0{password}")}</auth>", "<not-authorized/>");
    }
}
