using MucGen.Server.Configuration;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Streams;

/// <summary>Wrong passwords are counted by address, whatever the number of streams (RFC 6120 6.4.5, 6.5.10).</summary>
public sealed class LoginFailuresTests
{
    private static readonly MucGenOptions Options = new()
    {
        Login = new LoginOptions { MaxFailuresPerAddress = 2, FailurePeriod = TimeSpan.FromMinutes(1) },
    };

    [Fact]
    public async Task An_address_that_guesses_waits_until_the_period_is_over()
    {
        var time = new ManualTime();
        await using var server = new ServerInMemory(Options, time);
        await server.LoginAsync("user");

        await LogInAsync(server, "192.0.2.1", "wrong", "<not-authorized/>");
        await LogInAsync(server, "192.0.2.1", "wrong", "<not-authorized/>");
        await LogInAsync(server, "192.0.2.1", "secret", "<temporary-auth-failure/>");
        await LogInAsync(server, "192.0.2.2", "secret", "<success");

        time.Advance(TimeSpan.FromMinutes(1));
        await LogInAsync(server, "192.0.2.1", "secret", "<success");
    }

    [Fact]
    public async Task This_machine_may_fail_as_often_as_it_likes()
    {
        await using var server = new ServerInMemory(Options);
        await server.LoginAsync("user");
        for (var i = 0; i < 5; i++)
            await LogInAsync(server, "127.0.0.1", "wrong", "<not-authorized/>");
        await LogInAsync(server, "127.0.0.1", "secret", "<success");
    }

    private static async Task LogInAsync(ServerInMemory server, string peer, string password, string answer)
    {
        var wire = server.Connect(peer, isEncrypted: true);
        await wire.SayAsync(StreamClient.Header, "</stream:features>");
        await wire.SayAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{StreamClient.Base64($"\0user\0{password}")}</auth>", answer);
    }
}
