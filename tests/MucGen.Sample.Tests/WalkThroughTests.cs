using MucGen.Generator.Tests.Guides;
using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Running;
using Xunit;

namespace MucGen.Sample;

/// <summary>
/// 'Add a XEP' of schemas/README.md, followed to the letter but for one thing: what it has built is built here in memory. <c>tests/MucGen.Sample/run</c> follows it with the SDK.
/// </summary>
public sealed class WalkThroughTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Here = Files("In this repository");
    private static readonly Dictionary<string, string> Elsewhere = Files("In a project of your own");

    [Fact]
    public void In_this_repository_it_is_three_files_that_are_not_there_yet()
    {
        Assert.Equal([".xsd", ".cs", ".scs"], Here.Keys.Select(Path.GetExtension));
        Assert.All(Here.Keys, path =>
        {
            Assert.False(File.Exists(Path.Combine(GuidePage.Root, path)), path);
            Assert.True(Directory.Exists(Path.Combine(GuidePage.Root, Path.GetDirectoryName(Path.GetDirectoryName(path))!)), path);
        });
    }

    [Fact]
    public Task In_this_repository_the_dialogue_passes() => PlayAsync(FileOf(".scs"), new InMemoryProject("MucGen.Rooms.Features", [FileOf(".cs")], [FileOf(".xsd")]));

    [Fact]
    public Task In_a_project_of_ones_own_the_dialogue_passes()
    {
        Assert.Equal(["MyChat.csproj", "Program.cs", "LastActivity.cs"], Elsewhere.Keys);
        var handler = FileOf(".cs");
        var body = handler.Split("\n\n", 3)[2]; // behind the usings and the namespace
        Assert.StartsWith("/// <summary>", body, StringComparison.Ordinal);

        return PlayAsync(FileOf(".scs"), new InMemoryProject("MyChat", [Elsewhere["Program.cs"], $"{Elsewhere["LastActivity.cs"]}\n{body}"], [FileOf(".xsd")]));
    }

    private static async Task PlayAsync(string transcript, InMemoryProject project)
    {
        await using var host = await ExtensionHost.StartAsync(project.Build());
        await using var server = host.Connect();

        var result = await TranscriptRunner.RunAsync(TranscriptParser.Parse("guide.scs", transcript), server, Patience);

        Assert.True(result.Passed, result.Failure);
    }

    private static string FileOf(string extension) => Here.Single(file => file.Key.EndsWith(extension, StringComparison.Ordinal)).Value;

    // The line before a block begins with the path of the file, in back quotes.
    private static Dictionary<string, string> Files(string situation) => GuidePage.Blocks
        .Where(block => block.Heading == $"{GuidePage.WalkThrough}/{situation}")
        .ToDictionary(block => block.Before.Split('`') is ["", var path, _] ? path : throw new InvalidDataException($"Line {block.Line}: it is not said which file this is."), block => block.Text);
}
