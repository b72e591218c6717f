using Microsoft.CodeAnalysis;
using MucGen.Corpus.Proofs;
using MucGen.Generator.Reading;

namespace MucGen.Corpus;

/// <summary>What became of a schema.</summary>
internal enum TrialOutcome
{
    AsPublished,

    /// <summary>Read with the help of repair rules.</summary>
    Repaired,

    /// <summary>Read after its overlay changed its text.</summary>
    Patched,

    Rejected,
}

/// <summary>What became of a schema.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Files">How many files were emitted for it, those of what it imports included.</param>
/// <param name="Repairs">The repair rules that were used on it.</param>
/// <param name="Problem">Why it is rejected, the first reason; null when it is not.</param>
internal sealed record TrialResult(PublishedSchema Schema, int Files, IReadOnlyList<TrialProblem> Repairs, TrialProblem? Problem)
{
    /// <summary>What was proved about its emitted code.</summary>
    public ProofResult Proof { get; init; } = ProofResult.None;

    public TrialOutcome Outcome => Problem is not null ? TrialOutcome.Rejected
        : Schema.PatchText is not null ? TrialOutcome.Patched
        : Repairs.Count > 0 ? TrialOutcome.Repaired
        : TrialOutcome.AsPublished;
}

/// <summary>A diagnostic of the generator, or of the compiler about emitted code.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Place">Line and column, in the XEP's source.</param>
/// <param name="Message">What it says.</param>
/// <param name="Format">What it says without the names in it, to count its like.</param>
internal sealed record TrialProblem(string Id, string Place, string Message, string Format);

/// <summary>
/// Reads, links, emits and compiles each schema in a compilation of its own, with the schemas of the namespaces that it names: our own where there is one, else the first
/// published. Emitted code has to compile without a warning, also of the analyzers for trimming, AOT and single files.
/// </summary>
internal sealed class SchemaTrials(IReadOnlyList<PublishedSchema> published)
{
    private readonly TrimAnalyzers analyzers = new(Emission.Options, Emission.Empty);

    private readonly IReadOnlyDictionary<string, (string Path, IReadOnlyList<string> Imports)> own = Own();

    /// <summary>Tries one schema, and proves what is emitted for it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="compiled">Its emitted code, to be disposed; null when it is rejected, or declares no element.</param>
    public TrialResult Try(PublishedSchema schema, out CompiledSchema? compiled)
    {
        var definitions = Texts(schema).ToList();
        var (output, diagnostics, catalog) = Emission.Of(definitions);
        var problem = diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning).OrderBy(one => one.Location.GetLineSpan().Path == schema.Path ? 0 : 1).FirstOrDefault()
            ?? analyzers.Check(output).FirstOrDefault();
        var repairs = diagnostics.Where(one => one.Id == "MG1021" && one.Location.GetLineSpan().Path == schema.Path).Select(Describe).ToList();
        compiled = problem is null && !catalog.Elements.IsEmpty ? new CompiledSchema(output, catalog) : null;
        // What is mended or patched would be read by others as it stands.
        var agreement = compiled is not null && repairs.Count == 0 && schema.PatchText is null
            ? XsdAgreement.Of(definitions.Where(definition => definition.Path.EndsWith(".xsd", StringComparison.Ordinal)).Select(definition => definition.Text))
            : null;
        return new TrialResult(schema, output.SyntaxTrees.Count(), repairs, problem is null ? null : Describe(problem))
        {
            Proof = compiled is null ? ProofResult.None : SchemaProofs.Of(compiled, XmlSource.OriginOf(schema.Path), agreement),
        };
    }

    private static TrialProblem Describe(Diagnostic problem)
    {
        var place = problem.Location.GetLineSpan();
        return new TrialProblem(
            problem.Id,
            $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})",
            problem.GetMessage(),
            problem.Descriptor.MessageFormat.ToString());
    }

    private IEnumerable<(string Path, string Text)> Texts(PublishedSchema schema)
    {
        yield return (schema.Path, schema.Text);
        yield return (Path.ChangeExtension(schema.Path, ".overlay.xml"), schema.Overlay);
        var known = new HashSet<string?> { schema.Namespace };
        var open = new Queue<string>(schema.Imports);
        while (open.TryDequeue(out var name))
        {
            if (!known.Add(name))
                continue;
            IReadOnlyList<string> imports = [];
            if (own.TryGetValue(name, out var ours))
            {
                yield return (ours.Path, File.ReadAllText(ours.Path));
                imports = ours.Imports;
            }
            else if (published.FirstOrDefault(other => other.Namespace == name && other.IsReadable) is { } other)
            {
                yield return (other.Path, other.Text);
                yield return (Path.ChangeExtension(other.Path, ".overlay.xml"), other.Overlay);
                imports = other.Imports;
            }
            foreach (var import in imports)
                open.Enqueue(import);
        }
    }

    /// <summary>The schemas of this repository by namespace: those of the RFCs are in no XEP.</summary>
    public static IReadOnlyDictionary<string, (string Path, IReadOnlyList<string> Imports)> Own()
    {
        return Directory.EnumerateFiles(Path.Combine(RepositoryFolders.Schemas, "core"), "*.xsd")
            .Select(path => (Path: path, Head: PublishedSchema.HeadOf(File.ReadAllText(path))))
            .ToDictionary(schema => schema.Head.Namespace!, schema => (schema.Path, schema.Head.Imports));
    }
}
