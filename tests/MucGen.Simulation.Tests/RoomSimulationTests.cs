using System.Diagnostics;
using System.Globalization;

// A seed counts the stanzas that are held in the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace MucGen.Simulation.Tests;

/// <summary>A few seeds in every test run; many more belong to a run of their own.</summary>
public sealed class RoomSimulationTests
{
    [Fact]
    public void Nothing_is_found_in_the_first_seeds()
    {
        for (var seed = 1; seed <= 60; seed++)
            Assert.Null(RoomSimulation.Play(seed)?.ToString());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(70)]
    public async Task A_seed_is_the_same_in_every_process(int seed)
    {
        var here = RoomSimulation.Transcribe(seed);
        Assert.NotEmpty(here);
        Assert.Equal(here, await TranscribeElsewhereAsync(seed));
    }

    private static async Task<string> TranscribeElsewhereAsync(int seed)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(RoomSimulation).Assembly.Location, "transcribe", "--first", seed.ToString(CultureInfo.InvariantCulture) },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
