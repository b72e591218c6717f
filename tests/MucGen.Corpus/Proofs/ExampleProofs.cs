using System.Xml.Linq;
using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>What became of the payloads of examples.</summary>
/// <param name="Read">Those that were read, and written the same.</param>
/// <param name="Listed">Those that are not as their schema says, each with the reason.</param>
/// <param name="Failures">Those that are, and are not read or written the same.</param>
internal sealed record ExampleResult(int Read, IReadOnlyList<string> Listed, IReadOnlyList<string> Failures)
{
    /// <summary>How many there are.</summary>
    public int All => Read + Listed.Count + Failures.Count;
}

/// <summary>
/// Reads the payloads of examples by the emitted code of the published schemas and writes them again. An example that its schema does not allow is listed with what is wrong; of one that has
/// more than its schema names the rest is compared.
/// </summary>
internal sealed class ExampleProofs : IDisposable
{
    private readonly Dictionary<string, List<(PublishedSchema Schema, CompiledSchema Code)>> schemas = new(StringComparer.Ordinal);
    private readonly List<string> listed = [];
    private readonly List<string> failures = [];
    private int read;

    /// <summary>Takes the emitted code of a schema, which goes with it.</summary>
    public void Add(PublishedSchema schema, CompiledSchema code)
    {
        if (!schemas.TryGetValue(schema.Namespace ?? "", out var same))
            schemas.Add(schema.Namespace ?? "", same = []);
        same.Add((schema, code));
    }

    /// <summary>Proves the examples of these XEPs.</summary>
    public ExampleResult Prove(IEnumerable<XepSource> xeps)
    {
        foreach (var payload in xeps.SelectMany(xep => ExamplePayload.FindAll(xep, ns => schemas.ContainsKey(ns.NamespaceName))))
            Prove(payload);
        return new ExampleResult(read, listed, failures);
    }

    public void Dispose()
    {
        foreach (var (_, code) in schemas.Values.SelectMany(same => same))
            code.Dispose();
    }

    private void Prove(ExamplePayload payload)
    {
        // Of several schemas of a namespace that of the same XEP is meant.
        var same = schemas[payload.Element.Name.NamespaceName];
        var code = (same.Find(schema => schema.Schema.Xep == payload.Xep) is { Code: { } own } ? own : null) ?? same[0].Code;
        if (code.Find(payload.Element.Name) is not { } spec)
        {
            listed.Add($"{payload.Place}: the schema has no such element");
            return;
        }
        var markup = Payload.Markup(payload.Element);
        PayloadResult result;
        try
        {
            result = new Payload(code, spec).Run(markup);
        }
        catch (FormatException e)
        {
            listed.Add($"{payload.Place}: {e.Message}");
            return;
        }
        if (result.Rewritten is not { } rewritten)
        {
            listed.Add($"{payload.Place}: {Reason(payload.Element, result.Error)}");
            return;
        }
        var canonical = new CanonicalXml(code);
        var written = canonical.Of(Payload.Parse(rewritten), spec);
        if (canonical.Of(payload.Element, spec) == written)
            read++;
        else if (new Undescribed(code).TakeFrom(payload.Element, spec, out var rest) is { Count: > 0 } unknown && canonical.Of(rest, spec) == written)
            listed.Add($"{payload.Place}: the schema does not name {string.Join(", ", unknown.Distinct(StringComparer.Ordinal))}");
        else
            failures.Add($"{payload.Place}: it is written otherwise: {rewritten}\n    {markup}");
    }

    /// <summary>What the error says; where it is about children together, which these are.</summary>
    private static string Reason(XElement payload, ReadError error)
    {
        if (error is not { Problem: ReadProblem.Unexpected, Field: null })
            return error.ToString();
        var children = payload.DescendantsAndSelf().First(one => one.Name.LocalName == error.Element).Elements().Select(child => child.Name.LocalName).Distinct(StringComparer.Ordinal);
        return $"the schema allows no <{error.Element}/> with just {string.Join(", ", children)}";
    }
}
