using MucGen.Protocol;
using MucGen.Rooms.Tests.Transcripts;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using Xunit;

namespace MucGen.Sample;

/// <summary>The dialogue runs against rooms that have been given this assembly's extension, and against no others.</summary>
public sealed class PokesTests
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "poke.scs");

    [Fact]
    public async Task The_dialogue_passes_where_the_extension_is_part_of_the_host()
    {
        var host = new ProtocolHost(GeneratedExtension.Instance, MucGen.Rooms.GeneratedExtension.Instance);

        var result = await PlayAsync(host);

        Assert.True(result.Passed, result.Failure);
    }

    [Fact]
    public async Task The_dialogue_fails_where_it_is_not()
    {
        var result = await PlayAsync(new ProtocolHost(MucGen.Rooms.GeneratedExtension.Instance));

        Assert.False(result.Passed);
        Assert.Contains("urn:example:poke:0", result.Failure);
    }

    private static async Task<TranscriptResult> PlayAsync(ProtocolHost host)
    {
        await using var server = new RoomsDialogueServer(host);
        return await TranscriptRunner.RunAsync(ScriptFiles.Load(Script), server, Timeout.InfiniteTimeSpan);
    }
}
