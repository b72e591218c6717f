using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Authentication.ExtendedProtection;
using MucGen.Server.Storage;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Streams;

/// <summary>SASL on the wire (RFC 6120 section 6, RFC 5802).</summary>
public sealed class LoginTests
{
    private const string Ns = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";

    [Fact] // CI-6120-70, CI-6120-78, CI-6120-05, CI-6120-93
    public async Task PLAIN_with_an_initial_response()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth {Ns} mechanism='PLAIN'>{StreamClient.Base64("\0user\0secret")}</auth>");
        Assert.StartsWith("<success", await client.ReadAsync(), StringComparison.Ordinal);
        client.Restart();
        var (_, features) = await client.OpenAsync();
        Assert.Equal(
            "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session></stream:features>",
            features);
    }

    [Fact] // CI-6120-70: the longer form
    public async Task PLAIN_without_an_initial_response()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth {Ns} mechanism='PLAIN'/>");
        Assert.Equal($"<challenge {Ns}/>", await client.ReadAsync());
        await client.SendAsync($"<response {Ns}>{StreamClient.Base64("\0user\0secret")}</response>");
        Assert.StartsWith("<success", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory] // CI-6120-67, CI-6120-68, CI-6120-79, CI-6120-84, CI-6120-85, CI-6120-86, CI-6120-88, CI-6120-89, CI-5802-08, CI-5802-11, CI-5802-12, CI-5802-14, CI-5802-15
    [InlineData("PLAIN", "\0user\0wrong", "not-authorized")]
    [InlineData("PLAIN", "\0nobody\0secret", "not-authorized")]
    [InlineData("PLAIN", "user2@localhost\0user\0secret", "invalid-authzid")]
    [InlineData("PLAIN", "user\0secret", "malformed-request")]
    [InlineData("PLAIN", "\0user\0", "malformed-request")]
    [InlineData("PLAIN", "\0broken\0secret", "temporary-auth-failure")]
    [InlineData("SCRAM-SHA-1", "x,,n=user,r=abc", "malformed-request")]
    [InlineData("SCRAM-SHA-1", "n,,n=us=er,r=abc", "malformed-request")]
    [InlineData("SCRAM-SHA-1", "n,,n=,r=abc", "malformed-request")]
    [InlineData("SCRAM-SHA-1", "n,,m=foo,n=user,r=abc", "malformed-request")]
    [InlineData("SCRAM-SHA-1", "p=tls-unique,,n=user,r=abc", "malformed-request")]
    [InlineData("SCRAM-SHA-1", "p=foo,,n=user,r=abc", "malformed-request")]
    [InlineData("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=user,r=abc", "invalid-mechanism")]
    [InlineData("DIGEST-MD5", "x", "invalid-mechanism")]
    [InlineData("", "x", "invalid-mechanism")]
    public async Task A_failed_login_has_a_name(string mechanism, string message, string condition)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth {Ns} mechanism='{mechanism}'>{StreamClient.Base64(message)}</auth>");
        Assert.Equal($"<failure {Ns}><{condition}/></failure>", await client.ReadAsync());
    }

    [Theory] // CI-6120-67, CI-6120-83, RFC 6120 13.9.1
    [InlineData("AHVzZXIA c2VjcmV0")]
    [InlineData("AHVzZXIAc2VjcmV0\n")]
    [InlineData("AHVzZXIAc2Vj*cmV0")]
    [InlineData("AHVzZXIA=c2VjcmV0")]
    [InlineData("AHVzZXIAc2Vjcm")]
    public async Task Base64_is_strict(string text)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth {Ns} mechanism='PLAIN'>{text}</auth>");
        Assert.Equal($"<failure {Ns}><incorrect-encoding/></failure>", await client.ReadAsync());
    }

    [Fact] // CI-6120-74
    public async Task An_aborted_login_may_begin_again()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth {Ns} mechanism='SCRAM-SHA-1'>{StreamClient.Base64("n,,n=user,r=abc")}</auth>");
        Assert.StartsWith("<challenge", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SendAsync($"<abort {Ns}/>");
        Assert.Equal($"<failure {Ns}><aborted/></failure>", await client.ReadAsync());
        await client.SendAsync($"<auth {Ns} mechanism='PLAIN'>{StreamClient.Base64("\0user\0secret")}</auth>");
        Assert.StartsWith("<success", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-73
    public async Task A_new_login_discards_the_one_under_way()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync($"<auth {Ns} mechanism='SCRAM-SHA-1'>{StreamClient.Base64("n,,n=user,r=abc")}</auth>");
        Assert.StartsWith("<challenge", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SendAsync($"<auth {Ns} mechanism='PLAIN'>{StreamClient.Base64("\0user\0secret")}</auth>");
        Assert.StartsWith("<success", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-75, CI-6120-76
    public async Task Too_many_failures_end_the_stream()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { MaxLoginAttempts = 3 });
        await using var client = await StreamClient.OpenAsync(server.Port);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await client.SendAsync($"<auth {Ns} mechanism='PLAIN'>{StreamClient.Base64("\0user\0wrong")}</auth>");
            Assert.Equal($"<failure {Ns}><not-authorized/></failure>", await client.ReadAsync());
        }
        Assert.Contains("<policy-violation ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-77
    public async Task Who_logs_in_must_be_who_the_header_said()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.ConnectAsync(server.Port);
        await client.OpenAsync(StreamClient.Header.Replace("to=", "from='user2@localhost' to=", StringComparison.Ordinal));
        await client.SendAsync($"<auth {Ns} mechanism='PLAIN'>{StreamClient.Base64("\0user\0secret")}</auth>");
        Assert.Equal($"<failure {Ns}><invalid-authzid/></failure>", await client.ReadAsync());
    }

    [Theory] // CI-5802-04
    [InlineData("SCRAM-SHA-1")]
    [InlineData("SCRAM-SHA-256")]
    public async Task SCRAM_proves_both_sides(string mechanism)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        var scram = new ScramClient(mechanism, "user", "secret");
        Assert.True(scram.Accepts(await scram.ExchangeAsync(client)));
    }

    [Fact] // CI-5802-04, CI-5802-20, CI-6120-135
    public async Task SCRAM_binds_the_channel_over_TLS()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.StartTlsAsync();
        var (_, features) = await client.OpenAsync();
        Assert.Contains("<mechanism>SCRAM-SHA-256-PLUS</mechanism><mechanism>SCRAM-SHA-256</mechanism><mechanism>SCRAM-SHA-1-PLUS</mechanism>", features, StringComparison.Ordinal);
        Assert.Contains("<channel-binding type='tls-server-end-point'/>", features, StringComparison.Ordinal);
        var binding = client.Tls!.RemoteCertificate!.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var scram = new ScramClient("SCRAM-SHA-256-PLUS", "user", "secret") { Flag = "p=tls-server-end-point", Binding = binding };
        Assert.True(scram.Accepts(await scram.ExchangeAsync(client)));
    }

    [Theory] // CI-5802-22, CX-0440-01
    [InlineData(SslProtocols.Tls12, "<channel-binding type='tls-unique'/><channel-binding type='tls-server-end-point'/>")]
    [InlineData(SslProtocols.Tls13, "<channel-binding type='tls-server-end-point'/>")]
    public async Task SCRAM_tells_of_tls_unique_only_where_it_is_defined_and_takes_it_anywhere(SslProtocols version, string offered)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.StartTlsAsync(version: version);
        var (_, features) = await client.OpenAsync();
        Assert.Contains($"<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>{offered}</sasl-channel-binding>", features, StringComparison.Ordinal);
        var scram = new ScramClient("SCRAM-SHA-256-PLUS", "user", "secret") { Flag = "p=tls-unique", Binding = UniqueBinding(client.Tls!) };
        Assert.True(scram.Accepts(await scram.ExchangeAsync(client)));
    }

    [Fact] // CI-5802-13, CX-0440-04: without the offer, "y" is the truth
    public async Task Who_could_bind_but_is_not_offered_to_logs_in_without()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { OfferChannelBinding = false });
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.StartTlsAsync();
        var (_, features) = await client.OpenAsync();
        Assert.DoesNotContain("PLUS", features, StringComparison.Ordinal);
        Assert.DoesNotContain("channel-binding", features, StringComparison.Ordinal);
        var scram = new ScramClient("SCRAM-SHA-256", "user", "secret") { Flag = "y" };
        Assert.True(scram.Accepts(await scram.ExchangeAsync(client)));
    }

    [Theory] // CI-5802-03, CI-5802-06, CI-5802-07, CI-5802-13, CI-5802-17
    [InlineData("wrong password")]
    [InlineData("wrong nonce")]
    [InlineData("wrong binding")]
    [InlineData("downgrade")]
    [InlineData("other authzid")]
    public async Task SCRAM_refuses_what_does_not_fit(string fault)
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        if (fault == "downgrade")
        {
            await client.StartTlsAsync();
            await client.OpenAsync();
        }
        var scram = new ScramClient("SCRAM-SHA-256", "user", fault == "wrong password" ? "guess" : "secret")
        {
            Flag = fault == "downgrade" ? "y" : "n",
            Authzid = fault == "other authzid" ? "user2@localhost" : null,
            BreaksNonce = fault == "wrong nonce",
            BreaksBinding = fault == "wrong binding",
        };
        var answer = await scram.ExchangeAsync(client);
        Assert.Equal($"<failure {Ns}><{(fault == "other authzid" ? "invalid-authzid" : "not-authorized")}/></failure>", answer);
    }

    [Fact] // CI-6120-69
    public async Task The_own_address_is_a_right_authzid()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        var scram = new ScramClient("SCRAM-SHA-256", "user", "secret") { Authzid = "user@localhost" };
        Assert.True(scram.Accepts(await scram.ExchangeAsync(client)));
    }

    [Fact] // CI-6120-88, CI-5802-18: nobody learns who exists
    public async Task A_stranger_gets_the_same_salt_every_time_and_fails_at_the_end()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        var first = new ScramClient("SCRAM-SHA-256", "stranger", "secret");
        Assert.Equal($"<failure {Ns}><not-authorized/></failure>", await first.ExchangeAsync(client));
        var again = new ScramClient("SCRAM-SHA-256", "stranger", "secret");
        await again.ExchangeAsync(client);
        var other = new ScramClient("SCRAM-SHA-256", "another", "secret");
        await other.ExchangeAsync(client);
        Assert.Equal(first.Salt, again.Salt);
        Assert.NotEqual(first.Salt, other.Salt);
        Assert.Equal(Credentials.SaltBytes, first.Salt!.Length);
    }

    private static byte[] UniqueBinding(SslStream tls)
    {
        using var token = tls.TransportContext.GetChannelBinding(ChannelBindingKind.Unique)!;
        var bytes = new byte[token.Size];
        Marshal.Copy(token.DangerousGetHandle(), bytes, 0, bytes.Length);
        return bytes[(bytes.AsSpan().IndexOf("tls-unique:"u8) + "tls-unique:".Length)..];
    }
}
