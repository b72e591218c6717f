using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using Xunit;

namespace MucGen.Sample;

/// <summary>The sample's XEP in a host that has been given its extension, and in one that has not.</summary>
public sealed class PokesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_dialogue_passes_where_the_extension_is_part_of_the_host()
    {
        await using var host = await ExtensionHost.StartAsync(GeneratedExtension.Instance);
        await using var server = host.Connect();

        var result = await TranscriptRunner.RunAsync(ScriptFiles.Load(Path.Combine(AppContext.BaseDirectory, "poke.scs")), server, Patience);

        Assert.True(result.Passed, result.Failure);
    }

    [Fact]
    public async Task Where_it_is_not_nobody_knows_of_pokes()
    {
        await using var host = await ExtensionHost.StartAsync();
        await using var server = host.Connect();
        using var limit = new CancellationTokenSource(Patience);
        await using var romeo = await server.ConnectAsync(new DialogueLogin("romeo@localhost", "secret", Resource: null), limit.Token);

        await romeo.SendAsync("<presence to='garden@conference.localhost/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>", limit.Token);
        await romeo.ReceiveAsync(limit.Token);
        await romeo.ReceiveAsync(limit.Token);
        await romeo.SendAsync("<iq id='p' type='set' to='garden@conference.localhost'><poke xmlns='urn:example:poke:0' nick='Romeo'/></iq>", limit.Token);
        var answer = await romeo.ReceiveAsync(limit.Token);

        Assert.Equal("p", answer.Attribute("id")?.Value);
        Assert.Contains("service-unavailable", answer.ToString(), StringComparison.Ordinal);
    }
}
