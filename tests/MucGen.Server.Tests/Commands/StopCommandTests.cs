using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Server.Hosting;
using MucGen.Server.Tests.Support;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

namespace MucGen.Server.Tests.Commands;

/// <summary>Stopping and restarting the service by command (XEP-0133 4.30, 4.31).</summary>
public sealed class StopCommandTests
{
    private const string Commands = "http://jabber.org/protocol/commands";

    [Theory]
    [InlineData("shutdown", false)]
    [InlineData("restart", true)]
    public async Task The_service_stops_when_the_delay_is_over(string action, bool isRestart)
    {
        var time = new ManualTime();
        await using var scene = await AdminScene.BeginAsync(time);
        var romeo = await scene.Server.LoginAsync("romeo");
        var lifetime = scene.Server.Services.GetRequiredService<IHostApplicationLifetime>();

        Assert.Contains("status='completed'", await scene.RunAsync(action, ("delay", "90"), ("announcement", "Save your work.")), StringComparison.Ordinal);
        await romeo.HearAsync("<body>Save your work.</body>");
        time.Advance(TimeSpan.FromSeconds(89));
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.Equal(isRestart, scene.Server.Services.GetRequiredService<ServiceStop>().IsRestart);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("86401")]
    public async Task A_delay_is_a_number_of_seconds(string delay)
    {
        await using var scene = await AdminScene.BeginAsync();

        Assert.Contains("<bad-payload", await scene.RunAsync("shutdown", ("delay", delay)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shutdown")]
    [InlineData("restart")]
    [Proves("MC-0133-15")]
    public async Task People_read_the_announcement_and_then_that_the_system_shuts_down(string action)
    {
        using var daemon = new DaemonFixture();
        await daemon.InitializeAsync();
        try
        {
            await using var server = new TcpDialogueServer(daemon.Tcp);
            var admin = await LoginAsync(server, "operator");
            var romeo = await LoginAsync(server, "romeo");
            await admin.SendAsync($"<iq type='set' to='localhost' id='a'><command xmlns='{Commands}' node='http://jabber.org/protocol/admin#{action}'/></iq>", default);
            var session = (await admin.ReceiveAsync(default)).Elements().Single().Attribute("sessionid")!.Value;
            await admin.SendAsync(
                $"<iq type='set' to='localhost' id='b'><command xmlns='{Commands}' node='http://jabber.org/protocol/admin#{action}' sessionid='{session}'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='delay'><value>0</value></field><field var='announcement'><value>Save your work.</value></field></x></command></iq>",
                default);

            Assert.Equal("Save your work.", (await romeo.ReceiveAsync(default)).Value);
            var end = await Assert.ThrowsAsync<DialogueEndedException>(() => romeo.ReceiveAsync(default));
            Assert.Contains("<system-shutdown", end.Message, StringComparison.Ordinal);
            if (action == "shutdown")
            {
                Assert.Equal(0, await daemon.EndedAsync());
                return;
            }

            await daemon.SaysAsync("ready", times: 2);
            await LoginAsync(server, "romeo");
        }
        finally
        {
            await daemon.DisposeAsync();
        }
    }

    private static Task<IDialogueClient> LoginAsync(TcpDialogueServer server, string user) =>
        server.ConnectAsync(new DialogueLogin($"{user}@localhost", DaemonFixture.Password, "a"), default);
}
