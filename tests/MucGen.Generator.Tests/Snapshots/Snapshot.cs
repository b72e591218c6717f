using System.Runtime.CompilerServices;
using Xunit;

namespace MucGen.Generator.Tests.Snapshots;

/// <summary>
/// Compares text with a reviewed file beside the test: <c>Class.Method_parameters.verified.txt</c>. On a difference the text is left as
/// <c>.received.</c> and the test fails; with MUCGEN_ACCEPT=1 in the environment it becomes the verified text instead. The conventions are
/// those of Verify, so that the package can take this helper's place.
/// </summary>
internal static class Snapshot
{
    private static readonly bool Accepts = Environment.GetEnvironmentVariable("MUCGEN_ACCEPT") == "1";

    /// <summary>Verifies a text.</summary>
    /// <param name="text">What the test yielded.</param>
    /// <param name="extension">Of the files: <c>txt</c>, or <c>cs</c> for emitted code.</param>
    /// <param name="parameters">Tells apart the cases of a theory.</param>
    /// <param name="file">The test's file, which names the class and the folder.</param>
    /// <param name="method">The test.</param>
    public static async Task Verify(
        string text, string extension = "txt", string? parameters = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(parameters is null ? "" : "_" + parameters)}";
        var verified = Path.Combine(Path.GetDirectoryName(file)!, $"{name}.verified.{extension}");
        var received = Path.Combine(Path.GetDirectoryName(file)!, $"{name}.received.{extension}");
        var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";
        var expected = File.Exists(verified) ? (await File.ReadAllTextAsync(verified)).Replace("\r\n", "\n", StringComparison.Ordinal) : null;
        if (normal == expected)
        {
            File.Delete(received);
            return;
        }
        if (Accepts)
        {
            await File.WriteAllTextAsync(verified, normal);
            File.Delete(received);
            return;
        }
        await File.WriteAllTextAsync(received, normal);
        Assert.Fail($"{(expected is null ? "There is no " + Path.GetFileName(verified) : FirstDifference(expected, normal))}\nCompare with {received}; accept with MUCGEN_ACCEPT=1.");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
            line++;
        return $"Line {line + 1} differs.\n  verified: {(line < before.Length ? before[line] : "(end)")}\n  received: {(line < after.Length ? after[line] : "(end)")}";
    }
}
