using MucGen.Rooms;
using MucGen.Server.Tests.Support;
using MucGen.Xml;

namespace MucGen.Server.Tests.Streams;

/// <summary>Resource binding, and how sessions end (RFC 6120 section 7).</summary>
public sealed class BindingTests
{
    [Fact] // CI-6120-94, CI-6120-95
    public async Task The_server_makes_a_resource_up()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await LoginAsync(server);
        await client.SendAsync("<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        Assert.Matches("^<iq id='b1' type='result'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>user@localhost/[A-Za-z0-9_-]{22}</jid></bind></iq>$", await client.ReadAsync());
    }

    [Theory] // CI-6120-98, CI-7622-14
    [InlineData("&#9;tab")]
    [InlineData("")]
    public async Task A_bad_resource_is_refused_or_replaced(string resource)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await LoginAsync(server);
        await client.SendAsync($"<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>");
        var answer = await client.ReadAsync();
        Assert.Contains(resource.Length == 0 ? "<jid>user@localhost/" : "<error type='modify'><bad-request ", answer, StringComparison.Ordinal);
    }

    [Fact] // CI-6120-100
    public async Task Binding_may_not_fail_for_ever()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await LoginAsync(server);
        for (var attempt = 0; attempt < server.Services.Policy.MaxBindAttempts; attempt++)
        {
            await client.SendAsync("<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>&#9;</resource></bind></iq>");
            Assert.Contains("<bad-request ", await client.ReadAsync(), StringComparison.Ordinal);
        }
        Assert.Contains("<policy-violation ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-91
    public async Task An_account_may_not_have_too_many_sessions()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { MaxSessionsPerAccount = 1 });
        await using var first = await StreamClient.LoginAsync(server.Port, "user", "one");
        await using var second = await LoginAsync(server);
        await second.SendAsync("<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        Assert.Contains("<error type='wait'><resource-constraint ", await second.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-34, CI-6120-97, CI-6120-99: the newest wins, and everybody knows that the old one is gone before the new one is there
    public async Task A_taken_resource_goes_to_the_newest()
    {
        await using var server = await StreamServer.StartAsync();
        await using var old = await StreamClient.LoginAsync(server.Port, "user", "desk");
        server.Sessions.TryFind(Jid.Parse("user@localhost/desk"), out var session);
        session!.Rooms.Add(Jid.Parse("room@conference.localhost"));
        await using var young = await StreamClient.LoginAsync(server.Port, "user", "desk");
        Assert.Contains("<conflict ", await old.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(["bound user@localhost/desk", "gone user@localhost/desk", "bound user@localhost/desk"], server.Accounts.Log);
        Assert.Equal([(Jid.Parse("room@conference.localhost"), RoomInputKind.SessionGone, Jid.Parse("user@localhost/desk"))], server.Rooms.Inputs);
        await young.SendAsync("<message to='user@localhost'><body>here</body></message>");
        Assert.Contains("here", await young.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory] // no ghosts: however a session ends, its rooms and its account are told, once
    [InlineData("closing tag")]
    [InlineData("connection lost")]
    [InlineData("broken XML")]
    [InlineData("ended by the server")]
    public async Task However_a_session_ends_everybody_is_told_once(string how)
    {
        await using var server = await StreamServer.StartAsync();
        var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        server.Sessions.TryFind(Jid.Parse("user@localhost/desk"), out var session);
        session!.Rooms.Add(Jid.Parse("room@conference.localhost"));
        switch (how)
        {
            case "closing tag":
                await client.SendAsync("</stream:stream>");
                break;
            case "broken XML":
                await client.SendAsync("<message></presence>");
                break;
            case "ended by the server":
                session.End(MucGen.Protocol.StreamErrorCondition.PolicyViolation, "Enough.");
                break;
        }
        await client.DisposeAsync();
        await session.Gone.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["bound user@localhost/desk", "gone user@localhost/desk"], server.Accounts.Log);
        Assert.Single(server.Rooms.Inputs);
        Assert.Equal(0, server.Sessions.Count);
    }

    [Fact] // CI-6120-92, CI-6120-96
    public async Task A_stream_binds_once()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync("<iq type='set' id='b2'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        Assert.Contains("<error type='cancel'><not-allowed ", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact] // RFC 3921 clients ask for a session, which is there already
    public async Task The_old_session_request_succeeds()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync("<iq type='set' id='s1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
        Assert.Equal("<iq id='s1' to='user@localhost/desk' type='result'/>", await client.ReadAsync());
    }

    private static async Task<StreamClient> LoginAsync(StreamServer server)
    {
        var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{StreamClient.Base64("\0user\0secret")}</auth>");
        Assert.StartsWith("<success", await client.ReadAsync(), StringComparison.Ordinal);
        client.Restart();
        await client.OpenAsync();
        return client;
    }
}
