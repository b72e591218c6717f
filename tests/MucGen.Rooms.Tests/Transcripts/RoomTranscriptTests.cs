using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using Xunit;

namespace MucGen.Rooms.Tests.Transcripts;

/// <summary>Every script about rooms, played against the rules in memory.</summary>
public class RoomTranscriptTests
{
    /// <summary>Areas that need what stands in front of the rooms, a process to restart, or one with settings of its own.</summary>
    private static readonly string[] OverTcpOnly = ["activity", "admin", "im", "rates", "restart"];

    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "scripts");

    public static TheoryData<string> Names => new(
        ScriptFiles.Find([Scripts])
            .Select(file => Path.GetRelativePath(Scripts, file))
            .Where(name => !OverTcpOnly.Contains(name.Split('/', '\\')[0])));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_script_passes(string name)
    {
        await using var server = new RoomsDialogueServer();
        var transcript = ScriptFiles.Load(Path.Combine(Scripts, name));
        var result = await TranscriptRunner.RunAsync(transcript, server, Timeout.InfiniteTimeSpan);
        Assert.True(result.Passed, result.Failure);
    }

    [Fact]
    public void Every_own_script_cites_requirements()
    {
        var silent = ScriptFiles.Find([Scripts])
            .Where(file => !file.Contains("seed", StringComparison.Ordinal))
            .Where(file => ScriptFiles.Load(file).Proves.Count == 0);
        Assert.Empty(silent);
    }
}
