using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Streams;

/// <summary>STARTTLS and TLS from the first byte (RFC 6120 section 5, XEP-0368).</summary>
public sealed class EncryptionTests
{
    [Fact] // CI-6120-54
    public async Task Who_must_encrypt_is_offered_nothing_else()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { RequireTlsOnLoopback = true });
        await using var client = await StreamClient.ConnectAsync(server.Port);
        var (_, features) = await client.OpenAsync();
        Assert.Equal("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>", features);
    }

    [Theory] // CI-6120-65, CI-6120-82
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    public async Task No_login_before_encryption_where_it_is_required(string mechanism)
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { RequireTlsOnLoopback = true });
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='{mechanism}'>AHVzZXIAc2VjcmV0</auth>");
        Assert.Equal("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><encryption-required/></failure>", await client.ReadAsync());
    }

    [Fact] // CI-6120-57, CI-6120-62, CI-6120-04
    public async Task STARTTLS_begins_a_new_stream()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        var (before, _) = await client.OpenAsync();
        await client.StartTlsAsync();
        var (after, features) = await client.OpenAsync();
        Assert.NotEqual(before, after);
        Assert.DoesNotContain("starttls", features, StringComparison.Ordinal);
        Assert.Contains("<mechanism>SCRAM-SHA-256</mechanism>", features, StringComparison.Ordinal);
    }

    [Fact] // CI-6120-59: STARTTLS injection
    public async Task What_was_sent_in_the_clear_behind_STARTTLS_is_not_heard()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message to='user2@localhost'><body>injected</body></message>");
        Assert.Equal("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", await client.ReadAsync());
        await client.StartTlsAsync(ask: false);
        var (_, features) = await client.OpenAsync();
        Assert.Contains("mechanisms", features, StringComparison.Ordinal);
        Assert.Empty(server.Router.Routed);
    }

    [Fact] // CI-6120-58
    public async Task STARTTLS_over_TLS_fails_and_ends_the_stream()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.StartTlsAsync();
        await client.OpenAsync();
        await client.SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        Assert.Equal("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>", await client.ReadToEndAsync());
    }

    [Fact] // CI-6120-58
    public async Task STARTTLS_without_a_certificate_fails()
    {
        await using var server = await StreamServer.StartAsync(hasCertificate: false);
        await using var client = await StreamClient.ConnectAsync(server.Port);
        var (_, features) = await client.OpenAsync();
        Assert.DoesNotContain("starttls", features, StringComparison.Ordinal);
        await client.SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        Assert.Equal("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>", await client.ReadToEndAsync());
    }

    [Fact] // CI-6120-61
    public async Task A_failed_handshake_ends_without_a_word()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        Assert.StartsWith("<proceed", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SendAsync("<presence/><presence/><presence/>");
        Assert.DoesNotContain("</stream:stream>", await ReadRawAsync(client), StringComparison.Ordinal);
    }

    [Fact] // XEP-0368
    public async Task A_port_may_speak_TLS_from_the_first_byte()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.TlsPort);
        await client.StartTlsAsync(ask: false);
        var (_, features) = await client.OpenAsync();
        Assert.DoesNotContain("starttls", features, StringComparison.Ordinal);
        Assert.Contains("PLUS", features, StringComparison.Ordinal);
    }

    private static async Task<string> ReadRawAsync(StreamClient client)
    {
        try
        {
            return await client.ReadToEndAsync();
        }
        catch (Xunit.Sdk.XunitException)
        {
            return ""; // a TLS alert is no XML, and no closing tag
        }
    }
}
