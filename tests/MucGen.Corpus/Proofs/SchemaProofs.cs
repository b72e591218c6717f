using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Corpus.Proofs;

/// <summary>What was proved about the emitted code of a schema.</summary>
/// <param name="Elements">How many elements.</param>
/// <param name="Instances">Valid instances that were written as they were read, in the order of the schema and in others.</param>
/// <param name="Agreed">Those of them that another reading of the schema knows and finds valid.</param>
/// <param name="Mutations">Changed instances that were read, or refused with the right error.</param>
/// <param name="Failures">What is not as it should be.</param>
internal sealed record ProofResult(int Elements, int Instances, int Agreed, int Mutations, IReadOnlyList<string> Failures)
{
    public static ProofResult None { get; } = new(0, 0, 0, 0, []);

    public static ProofResult operator +(ProofResult one, ProofResult other) =>
        new(one.Elements + other.Elements, one.Instances + other.Instances, one.Agreed + other.Agreed, one.Mutations + other.Mutations, [.. one.Failures, .. other.Failures]);
}

/// <summary>
/// Proves the emitted code of elements on instances that their schema gives: what is read is written the same; children in another order are read the same; foreign content
/// survives a relay byte for byte; one change gives an error that names what is wrong, or is read all the same, and never an exception; and nothing of that allocates.
/// </summary>
internal sealed class SchemaProofs
{
    private const int Seed = 45;

    private readonly CompiledSchema schema;
    private readonly XsdAgreement? agreement;
    private readonly Random random = new(Seed);
    private readonly InstanceWriter instances;
    private readonly CanonicalXml canonical;
    private readonly List<string> failures = [];
    private int instanceCount;
    private int agreedCount;
    private int mutationCount;

    private SchemaProofs(CompiledSchema schema, XsdAgreement? agreement)
    {
        this.schema = schema;
        this.agreement = agreement;
        instances = new InstanceWriter(schema, random);
        canonical = new CanonicalXml(schema);
    }

    /// <summary>Proves the elements of one definition, or of all.</summary>
    /// <param name="schema">The compiled definitions.</param>
    /// <param name="origin">Which of them; null for all.</param>
    /// <param name="agreement">The same definitions as somebody else reads them; null when nobody does.</param>
    public static ProofResult Of(CompiledSchema schema, string? origin, XsdAgreement? agreement)
    {
        var proofs = new SchemaProofs(schema, agreement);
        var proved = schema.Catalog.Elements.Where(element => origin is null || element.Origin == origin).ToList();
        foreach (var element in proved)
            proofs.Prove(element);
        return new ProofResult(proved.Count, proofs.instanceCount, proofs.agreedCount, proofs.mutationCount, proofs.failures);
    }

    private void Prove(ElementSpec element)
    {
        IReadOnlyList<XElement> all;
        try
        {
            all = instances.Of(element);
        }
        catch (InvalidOperationException e)
        {
            Fail(element, "no instance", e.Message);
            return;
        }
        var payload = new Payload(schema, element);
        foreach (var instance in all)
        {
            ProveInstance(element, payload, instance);
            foreach (var mutation in Mutations.Of(element, instance))
                ProveMutation(element, payload, mutation);
        }
    }

    private void ProveInstance(ElementSpec element, Payload payload, XElement instance)
    {
        instanceCount++;
        var markup = Payload.Markup(instance);
        if (agreement?.Knows(instance) == true)
        {
            agreedCount++;
            if (agreement.ProblemOf(instance) is { } problem)
                Fail(element, $"it is no valid instance: {problem}", markup);
        }
        var result = payload.Run(markup);
        if (result.Rewritten is not { } rewritten)
        {
            Fail(element, $"a valid instance is refused: {result.Error}", markup);
            return;
        }
        var written = Payload.Parse(rewritten);
        if (canonical.Of(written, element) != canonical.Of(instance, element) || !NamesIn(written).SequenceEqual(NamesIn(instance)))
            Fail(element, $"it is written otherwise: {rewritten}", markup);
        if (result.Allocated > 0)
            Fail(element, $"{result.Allocated} B are allocated", markup);

        var permuted = Payload.Markup(Permuted(element, instance));
        if (payload.Run(permuted).Rewritten != rewritten)
            Fail(element, "it is read otherwise when its children change places", permuted);

        var injected = Payload.Markup(Injected(instance));
        var foreign = Payload.Markup(InstanceWriter.Foreign(InstanceWriter.ForeignNamespace));
        if (payload.Relayed(injected) != injected)
            Fail(element, "a relay changes it", injected);
        var kept = payload.Run(injected);
        if (kept.Rewritten is null)
            Fail(element, $"foreign content makes it unreadable: {kept.Error}", injected);
        else if (element is { HasOthers: true, OthersNamespaces.IsEmpty: true } && !kept.Rewritten.Contains(foreign, StringComparison.Ordinal))
            Fail(element, $"foreign content is not kept: {kept.Rewritten}", injected);
    }

    private void ProveMutation(ElementSpec element, Payload payload, Mutation mutation)
    {
        mutationCount++;
        var markup = Payload.Markup(mutation.Instance);
        try
        {
            var result = payload.Run(markup);
            var isRefused = result.Rewritten is null;
            if (mutation.Expected is { } expected && !(isRefused && result.Error.Problem == expected && (mutation.Field is null || result.Error.Field == mutation.Field)))
                Fail(element, $"{mutation.What}: {expected} is expected, {(isRefused ? result.Error.ToString() : "it is read")}", markup);
            if (isRefused && result.Error.Element is null)
                Fail(element, $"{mutation.What}: the error names nothing", markup);
            if (!mutation.MayAllocate && result.Allocated > 0)
                Fail(element, $"{mutation.What}: {result.Allocated} B are allocated", markup);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fail(element, $"{mutation.What}: {e.GetType().Name}: {e.Message}", markup);
        }
    }

    /// <summary>The same with the children in other places, wherever their order says nothing; those of one name stay in theirs.</summary>
    private XElement Permuted(ElementSpec element, XElement instance)
    {
        var copy = new XElement(instance.Name, instance.Attributes());
        var nodes = instance.Nodes().Select(node => node is XElement child && element.Child(child.Name) is { Kind: ChildKind.View } view ? Permuted(schema.ViewOf(view), child) : node).ToList();
        if (element.IsMixed || element.KeepsOrder)
        {
            copy.Add(nodes);
            return copy;
        }
        var queues = nodes.GroupBy(node => node is XElement child && element.Names(child.Name) ? child.Name : "others").Select(group => new Queue<XNode>(group)).ToList();
        while (queues.Count > 0)
        {
            var queue = queues[random.Next(queues.Count)];
            copy.Add(queue.Dequeue());
            if (queue.Count == 0)
                queues.Remove(queue);
        }
        return copy;
    }

    /// <summary>Names in document order: what is written is in schema order, as the instance is.</summary>
    private static IEnumerable<XName> NamesIn(XElement element) => element.DescendantsAndSelf().Select(one => one.Name);

    private static XElement Injected(XElement instance)
    {
        var copy = new XElement(instance);
        copy.Add(InstanceWriter.Foreign(InstanceWriter.ForeignNamespace));
        return copy;
    }

    private void Fail(ElementSpec element, string what, string markup) => failures.Add($"{element.Origin} {element.Name}: {what}\n    {markup}");
}
