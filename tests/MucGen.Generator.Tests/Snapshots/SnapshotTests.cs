using Xunit;

namespace MucGen.Generator.Tests.Snapshots;

/// <summary>The helper itself: what is not verified fails, and says where the difference is.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public async Task A_difference_fails_with_its_line_and_leaves_what_was_received()
    {
        var folder = Directory.CreateTempSubdirectory("snapshot");
        var file = Path.Combine(folder.FullName, "Case.cs");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Case.Test_one.verified.txt"), "first\nsecond\n");

        var failure = await Record.ExceptionAsync(() => Snapshot.Verify("first\nother", parameters: "one", file: file, method: "Test"));

        if (Environment.GetEnvironmentVariable("MUCGEN_ACCEPT") != "1")
        {
            Assert.Contains("Line 2 differs", failure!.Message, StringComparison.Ordinal);
            Assert.Equal("first\nother\n", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "Case.Test_one.received.txt")));
        }
        folder.Delete(recursive: true);
    }
}
