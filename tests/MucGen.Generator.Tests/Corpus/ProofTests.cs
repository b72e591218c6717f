using System.Globalization;
using System.Runtime.CompilerServices;
using MucGen.Corpus;
using MucGen.Corpus.Proofs;
using MucGen.Generator.Tests.Schemas;
using MucGen.Generator.Tests.Snapshots;
using Xunit;

namespace MucGen.Generator.Tests.Corpus;

/// <summary>The proofs that the corpus command makes over what the XEPs publish, made over our own definitions and over a selection of our own writing, in the format of the XEPs.</summary>
public sealed class ProofTests
{
    /// <summary>What is emitted for the server itself: written as it is read, in any order, with foreign content, changed, and without an allocation.</summary>
    [Fact]
    public void Every_element_of_the_repository()
    {
        var (output, _, catalog) = Emission.Of(SchemaDriver.Repository().Select(definition => (definition.Path, definition.Text!)));
        using var compiled = new CompiledSchema(output, catalog);

        var proof = SchemaProofs.Of(compiled, null, null);

        Assert.Empty(proof.Failures);
        Assert.Equal(catalog.Elements.Count, proof.Elements);
        Assert.True(proof.Instances > proof.Elements && proof.Mutations > proof.Instances, proof.ToString());
    }

    /// <summary>The whole command: each construct, a repair, a type that is nowhere, a text that is no XML; examples that are read, and those that are listed with the reason.</summary>
    [Fact]
    public async Task Report_of_the_selection()
    {
        await using var report = new StringWriter(CultureInfo.InvariantCulture);

        Assert.True(CorpusRun.Prove(Selection(), report), report.ToString());

        await Snapshot.Verify(report.ToString());
    }

    /// <summary>A proof that cannot fail proves nothing: a schema whose reader lets through what its schema does not is found out.</summary>
    [Fact]
    public void A_reader_that_forgets_a_child_is_found_out()
    {
        var (output, _, catalog) = Emission.Of([Definition("<xs:element name=\"a\"><xs:complexType><xs:sequence><xs:element name=\"b\" type=\"xs:string\"/></xs:sequence></xs:complexType></xs:element>")]);
        var emitted = output.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(".ProbeA.g.cs", StringComparison.Ordinal));
        var lenient = emitted.GetText().ToString().Replace("if ((seen & hasB) == 0)", "if ((seen & hasB) == 0 && !element.IsPresent)", StringComparison.Ordinal);
        var broken = output.ReplaceSyntaxTree(emitted, emitted.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(lenient)));
        using var compiled = new CompiledSchema(broken, catalog);

        var failures = SchemaProofs.Of(compiled, null, null).Failures;

        Assert.NotEmpty(failures);
        Assert.All(failures, failure => Assert.Contains("no 'b': Missing is expected, it is read", failure, StringComparison.Ordinal));
    }

    private static (string Path, string Text) Definition(string declarations)
    {
        var definition = Sample.Schema(declarations);
        return (definition.Path, definition.Text!);
    }

    private static string Selection([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Selection");
}
