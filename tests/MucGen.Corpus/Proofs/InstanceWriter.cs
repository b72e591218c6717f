using System.Xml.Linq;
using MucGen.Generator.Linking;
using MucGen.Generator.Model;

namespace MucGen.Corpus.Proofs;

/// <summary>How much of what may be left out an instance has.</summary>
internal enum Fullness
{
    Least,
    Some,
    Most,
}

/// <summary>
/// Writes valid instances of elements, as their schema has them: the least, the fullest, and some between that take other alternatives. Children are in schema order. The same
/// schema gives the same instances.
/// </summary>
internal sealed class InstanceWriter
{
    /// <summary>A namespace that no schema knows.</summary>
    public const string ForeignNamespace = "urn:example:foreign";

    /// <summary>The name of an element that no schema knows.</summary>
    public const string ForeignName = "cauldron";

    /// <summary>The name of an attribute that no schema knows.</summary>
    public const string ForeignAttribute = "broth";

    private const int Between = 4;
    private const int FullDepth = 2;
    private const int DeepestNesting = 24;
    private const int Attempts = 200;

    private readonly CompiledSchema schema;
    private readonly ValueTexts texts;
    private readonly Random random;

    /// <summary>A writer of instances.</summary>
    /// <param name="schema">The elements and enumerations.</param>
    /// <param name="random">Decides between alternatives.</param>
    public InstanceWriter(CompiledSchema schema, Random random)
    {
        this.random = random;
        this.schema = schema;
        texts = new ValueTexts(schema.Catalog, random);
    }

    /// <summary>Instances of an element.</summary>
    /// <exception cref="InvalidOperationException">There are none, or none is found.</exception>
    public IReadOnlyList<XElement> Of(ElementSpec element)
    {
        var instances = new List<XElement> { Write(element, Fullness.Least, 0), Write(element, Fullness.Most, 0) };
        instances.AddRange(Enumerable.Range(0, Between).Select(_ => Write(element, Fullness.Some, 0)));
        if (element.IsNillable)
            instances.Add(new XElement(element.Name.ToXName(), Attributes(element, Fullness.Least), new XAttribute(XName.Get("nil", AttributeLinker.InstanceNamespace), "true")));
        return [.. instances.DistinctBy(Payload.Markup, StringComparer.Ordinal)];
    }

    /// <summary>An element that no schema knows, of a namespace of one's choice.</summary>
    public static XElement Foreign(XNamespace ns) => new(
        ns + ForeignName, new XAttribute("eye", "newt & frog"), new XElement(ns + "toe", " of frog "), "wool of bat");

    private XElement Write(ElementSpec element, Fullness fullness, int depth)
    {
        if (depth > DeepestNesting)
            throw new InvalidOperationException($"'{element.Name.Local}' must be inside itself without end");
        if (depth > FullDepth)
            fullness = Fullness.Least;
        var written = new XElement(element.Name.ToXName(), Attributes(element, fullness));
        if (element.Value is { } value)
            written.Add(texts.Of(value));
        foreach (var node in Inside(element, fullness, depth))
        {
            if (element.IsMixed && fullness != Fullness.Least)
                written.Add("fire burn ");
            written.Add(node);
        }
        if (element.IsMixed && fullness != Fullness.Least)
            written.Add("and cauldron bubble");
        return written;
    }

    /// <summary>The children in schema order; those that are repeated together by turns.</summary>
    private IEnumerable<XElement> Inside(ElementSpec element, Fullness fullness, int depth)
    {
        var counts = Counts(element, fullness);
        var turns = element.KeepsOrder ? counts.DefaultIfEmpty().Max() : 1;
        var parts = Enumerable.Range(0, turns)
            .SelectMany(turn => element.Children.Select((child, i) => (
                Place: (turn, child.Order), Nodes: Enumerable.Range(0, !element.KeepsOrder ? counts[i] : counts[i] > turn ? 1 : 0).Select(_ => Child(child, fullness, depth)))))
            .Concat(element.Conditions.Where(condition => condition.Required || Wants(fullness)).Select(condition => (Place: (0, condition.Order), Nodes: Condition(condition))));
        if (element.HasOthers && Wants(fullness))
            parts = parts.Append(((turns - 1, element.OthersOrder), [Foreign(Other(element.OthersNamespaces))]));
        return parts.OrderBy(part => part.Place).SelectMany(part => part.Nodes);
    }

    private List<XAttribute> Attributes(ElementSpec element, Fullness fullness)
    {
        var attributes = new List<XAttribute>();
        foreach (var field in element.Attributes)
        {
            var name = field.ToXName();
            if (field.Fixed is { } constant)
                attributes.Add(new XAttribute(name, constant));
            else if (name.NamespaceName != AttributeLinker.InstanceNamespace && (field.Required || Wants(fullness)))
                attributes.Add(new XAttribute(name, texts.Of(field.Value)));
        }
        if (element.OtherAttributes is { } wildcard && Wants(fullness))
            attributes.Add(new XAttribute(Other(wildcard.Namespaces) + ForeignAttribute, "boiling & baking"));
        return attributes;
    }

    private XElement Child(ChildSpec child, Fullness fullness, int depth) => child.Kind switch
    {
        ChildKind.Flag => new XElement(child.Name.ToXName()),
        ChildKind.Foreign => new XElement(child.Name.ToXName(), new XAttribute("eye", "newt"), "howlet's wing"),
        ChildKind.Text => new XElement(child.Name.ToXName(), texts.Of(child.Value!)),
        ChildKind.LanguageText => new XElement(child.Name.ToXName(), Wants(fullness) ? new XAttribute(XNamespace.Xml + "lang", "en") : null, texts.Of(child.Value!)),
        _ => Write(schema.ViewOf(child), fullness, depth + 1),
    };

    private IEnumerable<XElement> Condition(ConditionSpec condition)
    {
        var value = condition.Values[random.Next(condition.Values.Count)];
        yield return new XElement(value.Name.ToXName(), value.HasText && random.Next(2) == 0 ? "gone" : null);
    }

    private static XNamespace Other(EquatableArray<string> namespaces)
    {
        var named = namespaces.FirstOrDefault(name => name is not Wildcard.Other);
        return namespaces.IsEmpty || namespaces.Contains(Wildcard.Other) ? ForeignNamespace : named == Wildcard.Local ? "" : named!;
    }

    private bool Wants(Fullness fullness) => fullness switch
    {
        Fullness.Least => false,
        Fullness.Most => true,
        _ => random.Next(2) == 0,
    };

    /// <summary>How often each child is there: so that every choice and every rule holds.</summary>
    private int[] Counts(ElementSpec element, Fullness fullness)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var counts = element.Children.Select(child => Count(child, Wants(fullness))).ToArray();
            foreach (var rule in element.Rules)
                Force(element, rule.Rule, counts);
            foreach (var choice in element.Choices)
                Choose(element, choice, counts, fullness);
            if (element.KeepsOrder)
                RepeatTogether(element, counts);
            if (element.Rules.All(rule => Holds(rule.Rule, counts)) && element.Choices.All(choice => Holds(choice, counts)))
                return counts;
        }
        throw new InvalidOperationException($"no content is found that '{element.Name.Local}' allows");
    }

    private static int Count(ChildSpec child, bool isWanted) => !isWanted ? child.Min : Math.Min(child.Max, Math.Max(child.Min, child.IsRepeated ? 2 : 1));

    /// <summary>What is needed in each turn is there as often as there are turns.</summary>
    private static void RepeatTogether(ElementSpec element, int[] counts)
    {
        var turns = counts.DefaultIfEmpty().Max();
        for (var i = 0; i < counts.Length; i++)
        {
            if (element.Children[i] is { IsRepeated: true, Min: > 0 } child)
                counts[i] = Math.Min(turns, child.Max);
        }
    }

    private void Choose(ElementSpec element, ChoiceSpec choice, int[] counts, Fullness fullness)
    {
        if (!choice.Exclusive && choice.Children.Any(i => counts[i] > 0))
            return;
        var isWanted = choice.Required || Wants(fullness);
        var chosen = choice.Children[random.Next(choice.Children.Count)];
        foreach (var i in choice.Children)
            counts[i] = i == chosen && isWanted ? Count(element.Children[i], true) : 0;
    }

    private void Force(ElementSpec element, Rule rule, int[] counts)
    {
        switch (rule.Kind)
        {
            case RuleKind.All:
                foreach (var item in rule.Items)
                    Force(element, item, counts);
                break;
            case RuleKind.OneOf:
                Force(element, rule.Items[random.Next(rule.Items.Count)], counts);
                break;
            case RuleKind.Present:
                counts[rule.Child] = Math.Max(counts[rule.Child], Math.Max(1, element.Children[rule.Child].Min));
                break;
            default:
                counts[rule.Child] = 0;
                break;
        }
    }

    private static bool Holds(Rule rule, int[] counts) => rule.Kind switch
    {
        RuleKind.All => rule.Items.All(item => Holds(item, counts)),
        RuleKind.OneOf => rule.Items.Any(item => Holds(item, counts)),
        RuleKind.Present => counts[rule.Child] > 0,
        _ => counts[rule.Child] == 0,
    };

    private static bool Holds(ChoiceSpec choice, int[] counts)
    {
        var present = choice.Children.Count(i => counts[i] > 0);
        return !(choice.Exclusive && present > 1) && !(choice.Required && present == 0);
    }
}
