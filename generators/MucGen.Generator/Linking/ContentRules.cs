using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>
/// What a content model asks of its children together, beyond how often each may occur. Order is not looked at, and what is repeated as a group is only asked for once: reading is
/// lenient there.
/// </summary>
internal sealed class ContentRules(IReadOnlyList<ChildSpec?> children)
{
    private readonly List<ChoiceSpec> choices = [];
    private readonly List<RuleSpec> rules = [];

    /// <summary>Choices between single elements.</summary>
    public IReadOnlyList<ChoiceSpec> Choices => choices;

    /// <summary>All other rules.</summary>
    public IReadOnlyList<RuleSpec> Rules => rules;

    /// <summary>Adds what a part asks for where it occurs as often as it may in itself.</summary>
    /// <param name="part">The part.</param>
    /// <param name="elsewhere">Children that stand in other parts too; whether they are here cannot be told.</param>
    /// <param name="isOptional">What is around the part may be left out.</param>
    public void Add(ContentPart part, IReadOnlyCollection<int> elsewhere, bool isOptional = false)
    {
        if (part.Child >= 0 || part.Max == 0)
            return;
        var isPlainSequence = part.Kind != ParticleKind.Choice && part.Min > 0 && part.Max == 1;
        if (isPlainSequence || (part.Kind != ParticleKind.Choice && part.Items.Count == 1 && part.Max == 1))
        {
            foreach (var item in part.Items)
                Add(item, [.. elsewhere, .. part.Items.Where(other => other != item).SelectMany(other => other.Children)], isOptional || part.Min == 0);
        }
        else if (part.Kind == ParticleKind.Choice && part.Items.All(item => item.Child >= 0 || item.Kind == ParticleKind.Any) && IsDistinct(part, elsewhere))
        {
            AddChoice(part, isOptional);
        }
        else if (!isOptional && Fits(part, elsewhere) is { Kind: not RuleKind.All } rule)
        {
            rules.Add(new RuleSpec(rule, part.Children.ToEquatableArray()));
        }
    }

    /// <summary>A choice once: at most one child, exactly one when required. Repeated, it is its children in any number.</summary>
    private void AddChoice(ContentPart choice, bool isOptional)
    {
        var least = isOptional ? 0 : choice.Min;
        var indexes = choice.Children.ToEquatableArray();
        if (indexes.Count > 0 && choice.Items.All(item => item.Child >= 0) && (least > 0 || choice.Max == 1))
            choices.Add(new ChoiceSpec(indexes, Required: least > 0 && choice.Items.All(item => item.Min > 0), Exclusive: choice.Max == 1));
    }

    private static bool IsDistinct(ContentPart choice, IReadOnlyCollection<int> elsewhere) =>
        choice.Children.Count() == choice.Items.Count(item => item.Child >= 0) && !choice.Children.Any(elsewhere.Contains);

    /// <summary>What holds when the part is there as often as it may.</summary>
    private Rule Fits(ContentPart part, IReadOnlyCollection<int> elsewhere)
    {
        if (part.Child >= 0)
            return part.Min > 0 && children[part.Child] is not null ? Rule.Present(part.Child) : Rule.True;
        if (part.Kind == ParticleKind.Any || part.Max == 0)
            return Rule.True;
        var inside = part.Kind == ParticleKind.Choice
            ? OneOf([.. part.Items.Select(item => All([Fits(item, elsewhere), .. part.Max == 1 ? Absences(part, item, elsewhere) : []]))])
            : All([.. part.Items.Select(item => Fits(item, elsewhere))]);
        return part.Min > 0 || inside == Rule.True ? inside : OneOf([inside, All([.. Absences(part, null, elsewhere)])]);
    }

    /// <summary>The children of a part, but not of one of its items, are not there.</summary>
    private IEnumerable<Rule> Absences(ContentPart part, ContentPart? but, IReadOnlyCollection<int> elsewhere) =>
        part.Children.Where(child => children[child] is not null && !elsewhere.Contains(child) && but?.Children.Contains(child) != true).Select(Rule.Absent);

    private static Rule All(IEnumerable<Rule> items)
    {
        var parts = items.SelectMany(item => item.Kind == RuleKind.All ? [.. item.Items] : new[] { item }).Distinct().ToEquatableArray();
        return parts.Count == 1 ? parts[0] : new Rule(RuleKind.All, -1, parts);
    }

    private static Rule OneOf(IReadOnlyCollection<Rule> items)
    {
        if (items.Count == 0 || items.Contains(Rule.True))
            return Rule.True;
        var parts = items.SelectMany(item => item.Kind == RuleKind.OneOf ? [.. item.Items] : new[] { item }).Distinct().ToEquatableArray();
        return parts.Count == 1 ? parts[0] : new Rule(RuleKind.OneOf, -1, parts);
    }
}
