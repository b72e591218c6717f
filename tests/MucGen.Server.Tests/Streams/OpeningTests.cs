using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Streams;

/// <summary>Stream headers and what is wrong with them (RFC 6120 4.2 to 4.9).</summary>
public sealed class OpeningTests
{
    private const string Streams = "xmlns:stream='http://etherx.jabber.org/streams'";

    [Fact] // CI-6120-01, CI-6120-02, CI-6120-03, CI-6120-13, CI-6120-14, CI-6120-56, CI-6120-71, CI-5802-01
    public async Task A_header_is_answered_by_a_header_and_features()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        var (header, features) = await client.OpenAsync();

        Assert.StartsWith("<?xml version='1.0'?><stream:stream xmlns='jabber:client' ", header, StringComparison.Ordinal);
        Assert.Contains(" from='localhost'", header, StringComparison.Ordinal);
        Assert.Contains(" version='1.0'", header, StringComparison.Ordinal);
        Assert.Contains(" xml:lang='en'", header, StringComparison.Ordinal);
        Assert.DoesNotContain(" to=", header, StringComparison.Ordinal);
        Assert.Matches(" id='[A-Za-z0-9_-]{22}'", header);
        Assert.Equal(
            "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            + "<mechanism>SCRAM-SHA-256</mechanism><mechanism>SCRAM-SHA-1</mechanism><mechanism>PLAIN</mechanism></mechanisms></stream:features>",
            features);
    }

    [Fact] // CI-6120-14
    public async Task The_clients_own_bare_address_comes_back_when_it_says_it()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        var (header, _) = await client.OpenAsync(StreamClient.Header.Replace("to=", "from='user@localhost/x' to=", StringComparison.Ordinal));
        Assert.Contains(" to='user@localhost'", header, StringComparison.Ordinal);
    }

    [Theory] // CI-6120-19: the version of the answer is the lower one
    [InlineData("1.10")]
    [InlineData("2.0")]
    public async Task A_later_version_is_answered_by_ours(string version)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        var (header, _) = await client.OpenAsync(StreamClient.Header.Replace("version='1.0'>", $"version='{version}'>", StringComparison.Ordinal));
        Assert.Contains(" version='1.0'", header, StringComparison.Ordinal);
    }

    [Theory] // CI-6120-20, CI-6120-21, CI-6120-22, CI-6120-28, CI-6120-29, CI-6120-31, CI-6120-36, CI-6120-42, CI-6120-47, CI-6120-51
    [InlineData($"<stream:stream to='nowhere.example' xmlns='jabber:client' {Streams} version='1.0'>", "host-unknown")]
    [InlineData($"<stream:stream xmlns='jabber:client' {Streams} version='1.0'>", "host-unknown")]
    [InlineData($"<stream:stream to='user@localhost' xmlns='jabber:client' {Streams} version='1.0'>", "host-unknown")]
    [InlineData("<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='urn:wrong' version='1.0'>", "invalid-namespace")]
    [InlineData($"<stream:stream to='localhost' xmlns='urn:wrong' {Streams} version='1.0'>", "invalid-namespace")]
    [InlineData($"<stream:stream to='localhost' xmlns='jabber:server' {Streams} version='1.0'>", "invalid-namespace")]
    [InlineData($"<stream:stream to='localhost' {Streams} version='1.0'>", "invalid-namespace")]
    [InlineData($"<stream:strom to='localhost' xmlns='jabber:client' {Streams} version='1.0'>", "bad-format")]
    [InlineData($"<stream:stream to='localhost' xmlns='jabber:client' {Streams}>", "unsupported-version")]
    [InlineData($"<stream:stream to='localhost' xmlns='jabber:client' {Streams} version='0.9'>", "unsupported-version")]
    [InlineData($"<stream:stream to='localhost' xmlns='jabber:client' {Streams} version='one'>", "unsupported-version")]
    [InlineData("<stream:stream to='localhost' xmlns='jabber:client' version='1.0'>", "not-well-formed")]
    [InlineData($"<stream:stream to='localhost' to='localhost' xmlns='jabber:client' {Streams} version='1.0'>", "not-well-formed")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "not-well-formed")]
    [InlineData("<?xml version='1.0' encoding='UTF-16'?>" + $"<stream:stream to='localhost' xmlns='jabber:client' {Streams} version='1.0'>", "unsupported-encoding")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]>" + $"<stream:stream to='localhost' xmlns='jabber:client' {Streams} version='1.0'>", "restricted-xml")]
    public async Task A_wrong_header_gets_a_header_the_error_and_the_end(string header, string condition)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        await client.SendAsync(header);
        var answer = await client.ReadToEndAsync();
        Assert.StartsWith("<?xml version='1.0'?><stream:stream ", answer, StringComparison.Ordinal);
        Assert.EndsWith($"<stream:error><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>", answer, StringComparison.Ordinal);
    }

    [Theory] // CI-6120-06, CI-6120-41, CI-6120-52, CI-6120-64
    [InlineData("<message to='user2@localhost'><body>hi</body></message>", "not-authorized")]
    [InlineData("<presence/>", "not-authorized")]
    [InlineData("<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>", "not-authorized")]
    [InlineData("<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", "not-authorized")]
    [InlineData("<thing xmlns='urn:unknown'/>", "unsupported-stanza-type")]
    [InlineData("<presence><!-- no --></presence>", "restricted-xml")]
    [InlineData("<presence><?no pi?></presence>", "restricted-xml")]
    [InlineData("<presence>&nbsp;</presence>", "restricted-xml")]
    [InlineData("<presence></message>", "not-well-formed")]
    [InlineData("<presence><a:b/></presence>", "not-well-formed")]
    public async Task Nothing_is_taken_before_login(string stanza, string condition)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync(stanza);
        Assert.Equal($"<stream:error><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>", await client.ReadToEndAsync());
        Assert.Empty(server.Router.Routed);
    }

    [Fact] // CI-6120-43, CI-6120-141
    public async Task A_stranger_may_not_say_much()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{new string('A', 20_000)}");
        Assert.Contains("<policy-violation ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-08
    public async Task A_closing_tag_is_answered_by_one()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync("</stream:stream>");
        Assert.Equal("</stream:stream>", await client.ReadToEndAsync());
    }

    [Fact] // CI-6120-46
    public async Task Too_many_connections_are_refused()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { MaxConnections = 1 });
        await using var first = await StreamClient.OpenAsync(server.Port);
        await using var second = await StreamClient.ConnectAsync(server.Port);
        Assert.Contains("<resource-constraint ", await second.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-11: whoever does not get anywhere is not kept for ever
    public async Task A_negotiation_that_takes_too_long_ends()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        server.Time.Advance(TimeSpan.FromSeconds(61));
        server.Registry.CheckAll();
        Assert.Contains("<connection-timeout ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-49
    public async Task A_stopping_server_says_so()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        var stopping = server.Registry.StopAsync(CancellationToken.None);
        Assert.Contains("<system-shutdown ", await client.ReadToEndAsync(), StringComparison.Ordinal);
        await client.DisposeAsync();
        await stopping;
    }

    [Fact] // the stream is framed by its tags, however its bytes arrive
    public async Task Bytes_may_arrive_one_by_one()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        foreach (var one in StreamClient.Header)
            await client.SendAsync([(byte)one]);
        Assert.StartsWith("<?xml", await client.ReadAsync(), StringComparison.Ordinal);
    }
}
