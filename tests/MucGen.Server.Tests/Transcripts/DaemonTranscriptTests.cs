using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using MucGen.Transcripts.Tcp;

namespace MucGen.Server.Tests.Transcripts;

/// <summary>Every script, over TCP against the daemon.</summary>
[Collection(DaemonCollection.Name)]
public class DaemonTranscriptTests(DaemonFixture daemon)
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "scripts");

    public static TheoryData<string> Names => new(
        ScriptFiles.Find([Scripts]).Select(file => Path.GetRelativePath(Scripts, file)).Where(name => !name.StartsWith("restart", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_script_passes(string name)
    {
        if (DaemonScript.Load(name).Settings is not { Count: > 0 } settings)
        {
            await DaemonScript.PassesAsync(daemon, name);
            return;
        }

        using var own = new DaemonFixture { Settings = settings };
        await own.InitializeAsync();
        try
        {
            await DaemonScript.PassesAsync(own, name);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    [Proves("MC-0133-17")]
    public async Task What_admins_of_the_service_do_in_rooms_is_in_the_log()
    {
        await DaemonScript.PassesAsync(daemon, "affiliations/admins_of_the_service.scs");
        foreach (var change in new[] { "AffiliationChanged", "ConfigChanged", "RoomDestroyed" })
            await daemon.SaysAsync($"operator@localhost acts in room affiliations-admins-of-the-service@conference.localhost with the rights of an admin of the service: {change}");
    }

    // The seed dialogue leaves a temporary room behind, which has to be gone when its last client has disconnected.
    [Fact]
    public async Task The_seed_passes_three_times_in_a_row()
    {
        for (var round = 0; round < 3; round++)
            await DaemonScript.PassesAsync(daemon, "seed/muc_register.scs");
    }

    [Fact]
    public async Task The_seed_passes_over_tls()
    {
        await using var server = new TcpDialogueServer(daemon.Tcp with { Tls = true });
        await DaemonScript.PassesAsync(daemon, "seed/muc_register.scs", server);
    }
}

/// <summary>What was acknowledged survives <c>kill -9</c>; a daemon of its own, because this one is killed.</summary>
public class RestartTranscriptTests(DaemonFixture daemon) : IClassFixture<DaemonFixture>
{
    [Fact]
    public async Task A_reserved_nick_is_still_reserved_after_a_crash()
    {
        await DaemonScript.PassesAsync(daemon, "restart/1_before.scs");
        await daemon.KillAsync();
        await daemon.StartAsync();
        await DaemonScript.PassesAsync(daemon, "restart/2_after.scs");
    }
}

internal static class DaemonScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Transcript Load(string name) => ScriptFiles.Load(Path.Combine(AppContext.BaseDirectory, "scripts", name));

    public static async Task PassesAsync(DaemonFixture daemon, string name, IDialogueServer? server = null)
    {
        await using var plain = new TcpDialogueServer(daemon.Tcp);
        var result = await TranscriptRunner.RunAsync(Load(name), server ?? plain, Patience);
        Assert.True(result.Passed, $"{result.Failure}{Environment.NewLine}The daemon said:{Environment.NewLine}{daemon.Log}");
    }
}
