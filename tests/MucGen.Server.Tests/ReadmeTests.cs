using System.Reflection;
using System.Text.RegularExpressions;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Tests;

/// <summary>What the README claims to be supported follows from definitions and code.</summary>
public sealed class ReadmeTests
{
    // What comments speak of for another reason than that it is carried out.
    private static readonly string[] Mentioned =
    [
        "XEP-0091", // obsolete; forged ones are taken out
        "XEP-0114", // the namespace of its streams is known
        "XEP-0147", // the action in the URI of a room that one may go to
        "XEP-0163", // of accounts of other servers
        "XEP-0368", // its records in the DNS are the operator's
        "XEP-0392", // what the hue of a hat means to clients
    ];

    private static readonly string Root = Path.GetFullPath(Path.Combine(DaemonFixture.ProjectFolder, "..", ".."));

    private static SortedSet<string> Supported =>
    [
        .. ProtocolCatalogue.Specifications.Select(specification => specification.Id).Where(id => id.StartsWith("XEP-", StringComparison.Ordinal)),
        .. from assembly in new[] { typeof(Stanza).Assembly, typeof(ProtocolCatalogue).Assembly, typeof(MucGen.Rooms.Room).Assembly, typeof(MucGen.Server.Hosting.MucGenServices).Assembly }
           from type in assembly.GetTypes()
           from specification in type.GetCustomAttributes<SpecificationAttribute>()
           select specification.Id,
    ];

    [Fact]
    public void The_supported_specifications_are_those_that_definitions_and_classes_name()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var start = readme.IndexOf("## Supported", StringComparison.Ordinal);
        var section = readme[start..readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];

        Assert.Equal(Supported, Ids(section));
    }

    [Fact]
    public void What_the_product_speaks_of_is_supported_or_named_here_with_a_reason()
    {
        var sources = new[] { "src", "schemas" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".xsd" or ".xml" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var spokenOf = sources.SelectMany(file => Ids(File.ReadAllText(file))).Distinct();

        Assert.Empty(spokenOf.Except(Supported).Except(Mentioned));
    }

    private static IEnumerable<string> Ids(string text) => Regex.Matches(text, "XEP-[0-9]{4}").Select(match => match.Value);
}
