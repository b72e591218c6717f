using System.IO.Pipelines;
using System.Net;
using MucGen.Protocol;
using MucGen.Server.Streams;
using MucGen.Server.Tests.Support;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Tests.Streams;

/// <summary>What strangers may use: connections of an address, requests before login, and time (RFC 6120 4.9.3.14, 13.12).</summary>
public sealed class LimitsBeforeLoginTests
{
    [Fact] // CI-6120-46
    public async Task An_address_has_so_many_connections_and_no_more()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { MaxConnectionsPerAddress = 2 });
        using var registry = new StreamRegistry(server.Services.Policy, server.Time);
        await using var first = Connect(server, "192.0.2.1");
        await using var second = Connect(server, "192.0.2.1");
        await using var third = Connect(server, "192.0.2.1");
        await using var other = Connect(server, "192.0.2.2");
        Assert.True(registry.TryAdd(first, out _, out _));
        Assert.True(registry.TryAdd(second, out _, out _));
        Assert.False(registry.TryAdd(third, out var condition, out var limit));
        Assert.Equal((StreamErrorCondition.PolicyViolation, "MaxConnectionsPerAddress"), (condition, limit));
        Assert.True(registry.TryAdd(other, out _, out _));
        registry.Remove(third);
        registry.Remove(first);
        await using var fourth = Connect(server, "192.0.2.1");
        Assert.True(registry.TryAdd(fourth, out _, out _));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("::1", "::1")]
    public void A_network_of_one_customer_counts_as_one_address(string address, string counted) =>
        Assert.Equal(counted, PeerNetwork.Of(IPAddress.Parse(address)));

    [Fact]
    public async Task Requests_before_login_have_an_end()
    {
        await using var server = await StreamServer.StartAsync(static policy => policy with { MaxRequestsBeforeLogin = 3 }, new Answering());
        await using var client = await StreamClient.OpenAsync(server.Port);
        for (var i = 1; i <= 3; i++)
        {
            await client.SendAsync($"<iq type='get' id='r{i}'><query xmlns='jabber:iq:register'/></iq>");
            Assert.Equal("<iq type='result'/>", await client.ReadAsync());
        }
        Assert.Contains("<policy-violation ", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact] // CI-6120-11: a handshake is part of the negotiation
    public async Task A_handshake_that_takes_too_long_ends()
    {
        await using var server = await StreamServer.StartAsync();
        await using var client = await StreamClient.OpenAsync(server.Port);
        await client.SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        Assert.StartsWith("<proceed", await client.ReadAsync(), StringComparison.Ordinal);
        var end = client.ReadToEndAsync();
        while (!end.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromSeconds(61)); // again and again, since nothing tells when the handshake began
            await Task.Yield();
        }
        Assert.DoesNotContain("stream:error", await end, StringComparison.Ordinal);
    }

    private static ClientStream Connect(StreamServer server, string address) => new(new RemoteWire(address), server.Services);

    private sealed class Answering : IPreLoginHandler
    {
        public bool Handles(ElementView payload) => true;

        public ValueTask HandleAsync(PreLoginRequest request, CancellationToken cancellationToken)
        {
            var writer = new XmppWriter(request.Output);
            writer.Raw("<iq type='result'/>"u8);
            writer.Flush();
            return default;
        }
    }

    private sealed class RemoteWire(string address) : Wire
    {
        public override PipeReader Input => throw new NotSupportedException();
        public override bool IsEncrypted => false;
        public override bool IsLoopback => false;
        public override string PeerAddress => address;
        public override ReadOnlyMemory<byte> ServerEndPointBinding => default;

        public override bool Send(ReadOnlyMemory<byte> bytes, out ValueTask pending)
        {
            pending = default;
            return true;
        }

        public override ValueTask CompleteAsync() => default;

        public override ValueTask DisposeAsync() => default;

        public override void Abort()
        {
        }
    }
}
