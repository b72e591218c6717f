using MucGen.Server.Tests.Support;
using MucGen.Xml;

namespace MucGen.Server.Tests.Streams;

/// <summary>Stanzas on a bound stream (RFC 6120 section 8), keep-alives and timeouts (4.6).</summary>
public sealed class BoundStreamTests
{
    [Theory] // CI-6120-24, CI-6120-27, CI-6120-33, CI-6120-39, CI-6120-42, CI-6120-47, CI-6120-52, CI-6120-102, CI-6120-131
    [InlineData("<message from='user2@localhost' to='user@localhost'/>", "invalid-from")]
    [InlineData("<message from='user@localhost/other' to='user@localhost'/>", "invalid-from")]
    [InlineData("<message from='@' to='user@localhost'/>", "invalid-from")]
    [InlineData("<pubsub/>", "unsupported-stanza-type")]
    [InlineData("<message xmlns='urn:other'/>", "unsupported-stanza-type")]
    [InlineData("<message><body></boby></message>", "not-well-formed")]
    [InlineData("<message><body/><!-- --></message>", "restricted-xml")]
    [InlineData("<foo:message xmlns:foo='jabber:client'/>", "bad-namespace-prefix")]
    public async Task What_is_no_proper_stanza_ends_the_stream(string stanza, string condition)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync(stanza);
        Assert.Contains($"<stream:error><{condition} ", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(server.Router.Routed);
    }

    [Fact] // CI-6120-51
    public async Task Invalid_UTF8_ends_the_stream()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync([.. "<message><body>"u8, 0xC3, 0x28, .. "</body></message>"u8]);
        Assert.Contains("<unsupported-encoding ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory] // CI-6120-104, CI-6120-105, CI-6120-106, CI-6120-109, CI-6121-58
    [InlineData("<iq type='get'><q xmlns='urn:x'/></iq>", "<iq type='error' to='user@localhost/desk'>")]
    [InlineData("<iq type='foo' id='1'><q xmlns='urn:x'/></iq>", "<iq type='error' id='1' to='user@localhost/desk'>")]
    [InlineData("<iq id='1'><q xmlns='urn:x'/></iq>", "<iq type='error' id='1' to='user@localhost/desk'>")]
    [InlineData("<iq type='get' id='1'/>", "<iq type='error' id='1' to='user@localhost/desk'>")]
    [InlineData("<iq type='set' id='1' to='localhost'><q xmlns='urn:x'/><q xmlns='urn:x'/></iq>", "<iq type='error' id='1' from='localhost' to='user@localhost/desk'>")]
    [InlineData("<presence type='foo' id='2'/>", "<presence type='error' id='2' to='user@localhost/desk'>")]
    public async Task A_stanza_that_is_wrong_in_itself_is_refused(string stanza, string start)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync(stanza);
        var answer = await client.ReadAsync();
        Assert.StartsWith(start + "<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>", answer, StringComparison.Ordinal);
        Assert.Empty(server.Router.Routed);
    }

    [Fact] // CI-6120-108: answers are not answered
    public async Task A_wrong_result_is_not_answered()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync("<iq type='result' id='1'><a xmlns='urn:x'/><a xmlns='urn:x'/></iq><message><body>next</body></message>");
        Assert.Contains("next", await client.ReadAsync(), StringComparison.Ordinal);
        Assert.Single(server.Router.Routed);
    }

    [Theory] // CI-6120-102
    [InlineData("user@localhost/desk")]
    [InlineData("user@localhost")]
    [InlineData("USER@localhost")]
    public async Task The_own_address_is_a_right_from(string from)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync($"<message from='{from}' to='user@localhost'><body>a</body></message>");
        Assert.StartsWith("<message from='user@localhost/desk' to='user@localhost'>", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-17, CI-6120-18, CI-6120-26, CI-6120-101, CI-6120-116
    public async Task A_stanza_is_passed_on_as_it_came()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{StreamClient.Base64("\0user\0secret")}</auth>");
        await client.ReadAsync();
        client.Restart();
        await client.OpenAsync(StreamClient.Header.Replace(" to=", " xmlns:y='urn:y' xml:lang='de' to=", StringComparison.Ordinal));
        await client.SendAsync("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>desk</resource></bind></iq>");
        await client.ReadAsync();
        await client.SendAsync("<message to='user@localhost' y:mark='1' id='a'><body>&lt;&#8364;</body><y:x a='b'><!" + "[CDATA[<]]></y:x></message>");
        Assert.Equal(
            "<message from='user@localhost/desk' to='user@localhost' xmlns:y='urn:y' y:mark='1' id='a' xml:lang='de'><body>&lt;&#8364;</body>"
            + "<y:x xmlns:y='urn:y' a='b'><!" + "[CDATA[<]]></y:x></message>",
            await client.ReadAsync());
        await client.SendAsync("<message to='user@localhost' xml:lang='cs'><body>a</body></message>");
        Assert.Contains(" xml:lang='cs'><body>", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-10, CI-6120-11
    public async Task A_silent_client_is_asked_and_then_dropped()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        server.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        server.Registry.CheckAll();
        Assert.Equal("<iq from='localhost' id='ping-1' to='user@localhost/desk' type='get'><ping xmlns='urn:xmpp:ping'/></iq>", await client.ReadAsync());
        await client.SendAsync(" <message><body>alive</body></message>");
        Assert.Contains("alive", await client.ReadAsync(), StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        server.Registry.CheckAll();
        Assert.Contains("ping-2", await client.ReadAsync(), StringComparison.Ordinal);
        server.Time.Advance(TimeSpan.FromSeconds(61));
        server.Registry.CheckAll();
        Assert.Contains("<connection-timeout ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // a slow reader costs its session, not the server's memory
    public async Task Who_reads_too_slowly_loses_the_session()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { MaxPendingBytes = 100_000 });
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        server.Sessions.TryFind(Jid.Parse("user@localhost/desk"), out var session);
        var message = System.Text.Encoding.UTF8.GetBytes($"<message><body>{new string('x', 10_000)}</body></message>");
        while (session!.Send(message))
        {
            // The client reads nothing, so the kernel's buffers fill and then ours.
        }
        Assert.InRange(session.Outbox.PendingBytes, 0, 101_000);
        await client.DisposeAsync();
        await session.Gone.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact] // CI-6120-142
    public async Task Half_a_stanza_has_no_effect()
    {
        await using var server = await StreamServer.StartAsync();
        var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        server.Sessions.TryFind(Jid.Parse("user@localhost/desk"), out var session);
        await client.SendAsync("<message to='user2@localhost'><body>half");
        await client.DisposeAsync();
        await session!.Gone.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(server.Router.Routed);
    }

    [Fact] // CI-6120-140, CI-6120-141
    public async Task Stanzas_have_a_size()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.LoginAsync(server.Port, "user", "desk");
        await client.SendAsync($"<message><body>{new string('x', 100_000)}</body></message>");
        Assert.Contains("xxx", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SendAsync($"<message><body>{new string('x', 300_000)}");
        Assert.Contains("<policy-violation ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
