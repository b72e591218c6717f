using System.Text;
using MucGen.Server.Accounts;
using MucGen.Server.Configuration;
using MucGen.Server.Features;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Server.Streams;
using MucGen.Server.Tests.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Accounts;

/// <summary>In-band registration before login (XEP-0077 3.1), against a real store.</summary>
public sealed class RegistrationTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly SqliteStore store;

    public RegistrationTests() => store = temporary.Open();

    [Fact]
    public async Task Who_asks_is_told_the_fields() =>
        // MC-0077-02, MC-0077-25, MC-0077-26
        Assert.Equal(
            "<iq type='result' id='r' from='localhost'><query xmlns='jabber:iq:register'>"
            + "<instructions>Choose a user name and a password.</instructions><username/><password/>"
            + "<x xmlns='jabber:x:data' type='form'><title>Registration</title><instructions>Choose a user name and a password.</instructions>"
            + "<field type='hidden' var='FORM_TYPE'><value>jabber:iq:register</value></field>"
            + "<field label='User name' type='text-single' var='username'/><field label='Password' type='text-private' var='password'/></x></query></iq>",
            await AskAsync("get", ""));

    [Fact]
    public async Task A_new_name_becomes_an_account_and_a_taken_one_does_not()
    {
        // MC-0077-05, MC-0077-06
        Assert.Equal("<iq type='result' id='r' from='localhost'/>", await AskAsync("set", "<username>Romeo</username><password>secret</password>"));
        Assert.True((await store.Credentials.FindAsync(Jid.Parse("romeo@localhost"), default))!.Matches("secret"));
        Assert.Contains("<error type='cancel'><conflict", await AskAsync("set", "<username>romeo</username><password>other</password>"), StringComparison.Ordinal);
        Assert.True((await store.Credentials.FindAsync(Jid.Parse("romeo@localhost"), default))!.Matches("secret"));
    }

    [Fact]
    public async Task A_form_wins_over_the_fields_beside_it()
    {
        // MC-0077-27
        const string Form = "<username>paris</username><password>x</password><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='username'><value>romeo</value></field><field var='password'><value>secret</value></field></x>";
        Assert.Contains("type='result'", await AskAsync("set", Form), StringComparison.Ordinal);
        Assert.Equal(["romeo@localhost"], (await store.Credentials.ListAsync(default)).Select(account => account.ToString()));
    }

    [Theory]
    [InlineData("<username>romeo</username>", "not-acceptable", "MC-0077-07")]
    [InlineData("<username>romeo</username><password/>", "not-acceptable", "MC-0077-07")]
    [InlineData("<password>secret</password>", "not-acceptable", "MC-0077-07")]
    [InlineData("<username>romeo</username><password>a&#xE000;</password>", "not-acceptable", "RFC 4013")]
    [InlineData("<username>ro meo</username><password>x</password>", "jid-malformed", "MC-0077-08")]
    [InlineData("<username>ro@meo</username><password>x</password>", "jid-malformed", "MC-0077-08")]
    [InlineData("<username>romeo/x</username><password>x</password>", "jid-malformed", "MC-0077-08")]
    [InlineData("<remove/>", "unexpected-request", "XEP-0077 3.2")]
    public async Task What_cannot_be_registered_is_refused_without_an_echo(string fields, string condition, string requirement)
    {
        // MC-0077-07, MC-0077-08, MC-0077-23
        var answer = await AskAsync("set", fields);
        Assert.True(answer.Contains($"<{condition} ", StringComparison.Ordinal), $"{requirement}: {answer}");
        Assert.DoesNotContain("jabber:iq:register", answer, StringComparison.Ordinal);
        Assert.Empty(await store.Credentials.ListAsync(default));
    }

    [Fact]
    public async Task While_it_is_off_nothing_is_offered_or_answered()
    {
        // MC-0077-01, MC-0077-33
        var off = Handler(isAllowed: false);
        Assert.Contains("<service-unavailable", await AskAsync("get", "", off), StringComparison.Ordinal);
        Assert.Contains("<service-unavailable", await AskAsync("set", "<username>romeo</username><password>x</password>", off), StringComparison.Ordinal);
        Assert.Equal("", Offered(off, new StreamStage(IsAuthenticated: false, IsSecure: true)));
    }

    [Fact]
    public async Task It_is_for_safe_channels_only()
    {
        // MC-0077-30, MC-0077-33
        var on = Handler();
        Assert.Contains("<policy-violation", await AskAsync("get", "", on, isSecure: false), StringComparison.Ordinal);
        Assert.Equal("", Offered(on, new StreamStage(IsAuthenticated: false, IsSecure: false)));
        Assert.Equal("", Offered(on, new StreamStage(IsAuthenticated: true, IsSecure: true)));
        Assert.NotEqual("", Offered(on, new StreamStage(IsAuthenticated: false, IsSecure: true)));
    }

    [Fact]
    public async Task One_address_may_not_register_without_end()
    {
        // MC-0077-09
        var limited = Handler(perHour: 2);
        for (var number = 0; number < 4; number++)
        {
            var answer = await AskAsync("set", $"<username>u{number}</username><password>x</password>", limited, peer: "192.0.2.1");
            Assert.Contains(number < 2 ? "type='result'" : "<resource-constraint", answer, StringComparison.Ordinal);
        }

        Assert.Contains("type='result'", await AskAsync("set", "<username>v</username><password>x</password>", limited, peer: "192.0.2.2"), StringComparison.Ordinal);
        for (var number = 4; number < 8; number++)
            Assert.Contains("type='result'", await AskAsync("set", $"<username>u{number}</username><password>x</password>", limited), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        store.Dispose();
        temporary.Dispose();
    }

    private static string Offered(RegistrationBeforeLogin handler, StreamStage stage)
    {
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        handler.Write(ref writer, stage);
        writer.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private RegistrationBeforeLogin Handler(bool isAllowed = true, int perHour = 10) => new(
        new MucGenOptions { AllowRegistration = isAllowed, Limits = new LimitOptions { MaxRegistrationsPerHour = perHour } },
        new AccountRegistry(store.Credentials, Credentials.MinIterations),
        TimeProvider.System);

    private async Task<string> AskAsync(
        string type, string fields, RegistrationBeforeLogin? handler = null, bool isSecure = true, string peer = "127.0.0.1")
    {
        using var stanza = Stanza.Parse(
            $"<iq xmlns='jabber:client' id='r' type='{type}' to='localhost'><query xmlns='jabber:iq:register'>{fields}</query></iq>",
            Protocol.GeneratedExtension.Instance.Names);
        handler ??= Handler();
        Assert.True(handler.Handles(stanza.Root.FirstChild));
        using var output = new PooledBufferWriter();
        await handler.HandleAsync(new PreLoginRequest(stanza, output, peer, isSecure), default);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
