using System.Text.RegularExpressions;
using MucGen.Generator.Tests.RoundTrips;
using MucGen.Generator.Tests.Schemas;
using Xunit;

namespace MucGen.Generator.Tests.Guides;

/// <summary>What the page of the definition language shows is compiled and run as it stands there.</summary>
public sealed partial class ExamplesTests
{
    public static TheoryData<string> Names => [.. GuideExample.All.Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_does_what_it_says(string name)
    {
        var example = GuideExample.All.Single(example => example.Name == name);
        Assert.All(example.Uses, use =>
        {
            using var program = new CompiledProgram(Program(use.Code.Text, example.HasSchema ? "Probe" : "MucGen.Protocol"), [.. example.Definitions], ["MG1015", "MG1021"]);
            var wire = string.Concat(use.Wire.Text.Split('\n').Select(line => line.Trim())); // lines are for the page
            var output = program.Call("Run", wire).Split('\n');

            Assert.Equal(Claims(use.Code.Text), output[..^1]);
            Assert.Equal(use.Code.Text.Contains("writer", StringComparison.Ordinal) ? wire : "", output[^1]);
        });
    }

    [Fact]
    public void What_is_emitted_has_the_shape_that_an_example_shows()
    {
        var examples = GuideExample.All.Where(example => example.Shape.Length > 0).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            var emitted = string.Join('\n', SchemaDriver.Run([.. example.Definitions]).Files.Values);
            var shown = example.Shape.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(line => line is not ("{" or "}"));
            Assert.All(shown, line => Assert.Matches($"(?m)^ *{Regex.Escape(line).Replace("\\.\\.\\.", ".+", StringComparison.Ordinal)}$", emitted));
        });
    }

    [Theory]
    [InlineData("construct")]
    [InlineData("annotation")]
    [InlineData("on a form")]
    public void Every_row_of_a_table_is_in_an_example(string table)
    {
        var shown = string.Concat(GuideExample.All.SelectMany(example => example.Definitions).Select(definition => definition.Text));
        var rows = GuidePage.Text[GuidePage.Text.IndexOf($"\n| {table} |", StringComparison.Ordinal)..].Split('\n').Skip(3).TakeWhile(row => row.StartsWith('|'));
        var terms = rows.SelectMany(row => Terms().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)).ToList();

        Assert.NotEmpty(terms);
        Assert.All(terms, term => Assert.Matches($"[< :\"]{Regex.Escape(term)}\\b", shown));
    }

    [Fact]
    public void No_block_of_the_page_is_passed_over() =>
        Assert.All(GuidePage.Blocks, block => Assert.Contains(block.Heading.Split('/') is [var section, _] ? section : "", new[] { GuideExample.Section, GuidePage.WalkThrough }));

    // What is shown is told apart by the lines of the block, so that each claim is about its own line. Forms alone have no names of their own.
    private static string Program(string code, string names) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Text;
        using MucGen.Protocol;
        using MucGen.Xml;
        using Probe;

        public static class Program
        {
            private static readonly SortedDictionary<int, string> Shown = new();

            public static string Run(string xml)
            {
                using var stanza = Stanza.Parse($"<message>{xml}</message>", {{names}}.ProtocolNames.Instance);
                var element = stanza.Root.FirstChild;
                using var buffer = new PooledBufferWriter();
                var writer = new XmppWriter(buffer);
        #line 1
        {{code}}
        #line default
                writer.Flush();
                return string.Concat(Shown.Select(line => $"{line.Key}: {line.Value}\n")) + Encoding.UTF8.GetString(buffer.WrittenSpan);
            }

            private static void Show(object? value, [CallerLineNumber] int line = 0) => Show(FormattableString.Invariant($"{value}"), line);

            private static void Show(XmlText value, [CallerLineNumber] int line = 0) => Show(value.ToString(), line);

            private static void Show(ReadOnlySpan<byte> utf8, [CallerLineNumber] int line = 0) => Show(Encoding.UTF8.GetString(utf8), line);

            private static void Show(string value, [CallerLineNumber] int line = 0) => Shown[line] = Shown.TryGetValue(line, out var before) ? $"{before}, {value}" : value;
        }
        """;

    /// <summary>What the code claims to show, with the lines where it does; one that shows something without saying what claims nothing that could be true.</summary>
    private static IEnumerable<string> Claims(string code) => code.Split('\n')
        .Select((line, index) => (Text: line, Number: index + 1))
        .Where(line => line.Text.Contains("Show(", StringComparison.Ordinal))
        .Select(line => $"{line.Number}: {(line.Text.Split(" // ") is [_, var claim] ? claim : "(no claim)")}");

    [GeneratedRegex("`([\\w:-]+)[^`]*`")]
    private static partial Regex Terms();
}
