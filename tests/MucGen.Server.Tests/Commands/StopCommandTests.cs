using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MucGen.Server.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Commands;

/// <summary>Stopping and restarting the service by command (XEP-0133 4.30, 4.31).</summary>
public sealed class StopCommandTests
{
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
}
