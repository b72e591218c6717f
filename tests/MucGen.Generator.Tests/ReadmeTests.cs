using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MucGen.Protocol;
using Xunit;

namespace MucGen.Generator.Tests;

/// <summary>What the README claims follows from the schemas.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_supported_specifications_are_those_of_the_schemas()
    {
        var readme = File.ReadAllText(RepositoryFile("README.md"));
        var start = readme.IndexOf("## Supported", StringComparison.Ordinal);
        var section = readme[start..readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];

        var claimed = Regex.Matches(section, "XEP-[0-9]{4}").Select(match => match.Value);

        Assert.Equal(ProtocolCatalogue.Specifications.Select(s => s.Id).Where(id => id.StartsWith("XEP-", StringComparison.Ordinal)), claimed);
    }

    private static string RepositoryFile(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../..", path);
}
