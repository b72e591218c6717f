using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>
/// Flattens a content model: each child once, with how often it may occur, where it stands in a sequence, and what holds of several together. Reading needs no more,
/// because it takes children in any order.
/// </summary>
internal sealed class ContentModel(Declarations declarations, ContentLinker linker, ElementUse owner, string typeName, MemberNames members)
{
    private readonly HashSet<QualifiedName> openGroups = [];
    private readonly List<Occurrence> occurrences = [];
    private int position;

    public List<ChildSpec> Children { get; } = [];

    public List<ConditionSpec> Conditions { get; } = [];

    public IReadOnlyList<ChoiceSpec> Choices { get; private set; } = [];

    public IReadOnlyList<RuleSpec> Rules { get; private set; } = [];

    /// <summary>Where a wildcard stands in the sequence; -1 without one.</summary>
    public int OthersOrder { get; private set; } = -1;

    /// <summary>The namespaces that wildcards let in; empty for any.</summary>
    public EquatableArray<string> OthersNamespaces { get; private set; }

    /// <summary>Children of several names are repeated together.</summary>
    public bool KeepsOrder { get; private set; }

    /// <summary>Adds the content of a type, and before it that of its bases.</summary>
    public void Add(IReadOnlyList<Declared<ParticleModel>> content)
    {
        var parts = content.Select(part => Expand(part.Schema, part.Declaration, isOrdered: true)).ToList();
        var whole = parts.Count == 1 ? parts[0] : new ContentPart(ParticleKind.Sequence, 1, 1, parts);
        var linked = occurrences.Select((occurrence, number) => Link(occurrence, whole.RangeOf(number))).ToList();
        KeepsOrder = IsRepeatedTogether(whole) || occurrences.Any(occurrence => occurrence.Order != occurrence.LaterOrder);

        var rules = new ContentRules(linked);
        rules.Add(whole, []);
        var indexes = new Dictionary<int, int>();
        for (var number = 0; number < linked.Count; number++)
        {
            if (linked[number] is not { } child)
                continue;
            indexes.Add(number, Children.Count);
            Children.Add(child);
        }
        Choices = [.. rules.Choices.Select(choice => choice with { Children = Renumbered(choice.Children, indexes) }).Where(choice => choice.Children.Count > 0)];
        Rules = [.. rules.Rules.Select(rule => new RuleSpec(Renumbered(rule.Rule, indexes), Renumbered(rule.Children, indexes)))];
    }

    /// <summary>Follows groups and substitutions, and gives each child a number and its place in the sequence.</summary>
    /// <param name="schema">The schema that the particle is written in.</param>
    /// <param name="particle">The particle.</param>
    /// <param name="isOrdered">Each item of a sequence at this level has a place of its own.</param>
    private ContentPart Expand(SchemaModel schema, ParticleModel particle, bool isOrdered)
    {
        switch (particle.Kind)
        {
            case ParticleKind.Element:
                return ExpandElement(schema, declarations.Meant(schema, particle.Element!));
            case ParticleKind.Any:
                AddOthers(particle.Wildcard!);
                return new ContentPart(ParticleKind.Any, particle.Min, particle.Max, []);
            case ParticleKind.Group:
                return ExpandGroup(schema, particle, isOrdered);
            case ParticleKind.Choice when particle.Overlay.Enum is { } enumName:
                AddCondition(schema, particle, enumName);
                return new ContentPart(ParticleKind.Any, particle.Min, particle.Max, []);
            default:
                var isSequence = isOrdered && particle.Kind == ParticleKind.Sequence && (particle.Max == 1 || particle.Items.Count == 1);
                var items = new List<ContentPart>();
                foreach (var item in particle.Items)
                {
                    if (isSequence && item.Kind is not (ParticleKind.Sequence or ParticleKind.Group))
                        position++;
                    items.Add(Expand(schema, item, isSequence));
                }
                return new ContentPart(particle.Kind, particle.Min, particle.Max, items);
        }
    }

    private ContentPart ExpandGroup(SchemaModel schema, ParticleModel reference, bool isOrdered)
    {
        var nothing = new ContentPart(ParticleKind.Sequence, 1, 1, []);
        if (!declarations.Groups.TryGetValue(reference.Reference!, out var group))
        {
            declarations.Report(schema, reference.Node, Diagnostics.UnknownReference, reference.Reference!.ToString(), typeName);
            return nothing;
        }
        if (!openGroups.Add(reference.Reference!))
        {
            declarations.Report(schema, reference.Node, Diagnostics.RecursiveType, reference.Reference!.Local);
            return nothing;
        }
        if (isOrdered && group.Declaration.Kind == ParticleKind.Choice)
            position++;
        var inside = Expand(group.Schema, group.Declaration, isOrdered && reference.Max == 1);
        openGroups.Remove(reference.Reference!);
        return reference is { Min: 1, Max: 1 } ? inside : new ContentPart(ParticleKind.Sequence, reference.Min, reference.Max, [inside]);
    }

    /// <summary>An element; where others say that they may stand for it, the choice of all of them.</summary>
    private ContentPart ExpandElement(SchemaModel schema, ElementModel element)
    {
        if (element.Max == 0)
            return new ContentPart(ParticleKind.Sequence, 0, 0, []);
        var name = element.Reference is null ? new QualifiedName(schema.Namespace, element.Name) : declarations.Meant(element.Reference);
        var isAbstract = element.Reference is not null && declarations.Elements.TryGetValue(name, out var head) && head.Declaration.IsAbstract;
        var substitutes = element.Reference is null ? [] : Substitutes(name, [name]).ToList();
        if (substitutes.Count == 0)
            return Number(schema, element, name);
        var items = substitutes.Select(other => Number(schema, element with { Reference = other, Overlay = Overlay.None, Min = 1, Max = 1 }, other)).ToList();
        if (!isAbstract)
            items.Insert(0, Number(schema, element with { Min = 1, Max = 1 }, name));
        return new ContentPart(ParticleKind.Choice, element.Min, element.Max, items);
    }

    private IEnumerable<QualifiedName> Substitutes(QualifiedName head, HashSet<QualifiedName> seen)
    {
        foreach (var other in declarations.SubstitutesFor(head))
        {
            var name = new QualifiedName(other.Schema.Namespace, other.Declaration.Name);
            if (!seen.Add(name))
                continue;
            if (!other.Declaration.IsAbstract)
                yield return name;
            foreach (var further in Substitutes(name, seen))
                yield return further;
        }
    }

    private ContentPart Number(SchemaModel schema, ElementModel element, QualifiedName name)
    {
        var number = occurrences.FindIndex(known => known.Name == name);
        if (number < 0)
        {
            number = occurrences.Count;
            occurrences.Add(new Occurrence(schema, element, name, position));
        }
        else
        {
            occurrences[number].LaterOrder = position;
            if (occurrences[number].Element.Type.Name != element.Type.Name)
                declarations.Report(schema, element.Node, Diagnostics.UnsupportedConstruct, "element", name.Local, "it is in this content model already, with another type");
        }
        return new ContentPart(ParticleKind.Element, element.Min, element.Max, [], number);
    }

    private ChildSpec? Link(Occurrence occurrence, (int Min, int Max) range) =>
        linker.Child(owner, typeName, occurrence.Schema, occurrence.Element, range.Min, range.Max, members) is { } child
            ? child with { Order = occurrence.Order, LaterOrder = occurrence.LaterOrder }
            : null;

    private void AddOthers(Wildcard wildcard)
    {
        OthersNamespaces = OthersOrder < 0 ? wildcard.Namespaces
            : OthersNamespaces.IsEmpty || wildcard.Namespaces.IsEmpty ? default
            : OthersNamespaces.Concat(wildcard.Namespaces).Distinct().ToEquatableArray();
        OthersOrder = position;
    }

    private void AddCondition(SchemaModel schema, ParticleModel choice, string enumName)
    {
        if (choice.Max > 1)
            Unsupported(schema, choice, "a choice that is read as an enumeration occurs once");
        var isOwn = !enumName.Contains('.');
        if (isOwn && !(CSharp.IsIdentifier(enumName) && char.IsUpper(enumName[0])))
            declarations.Report(schema, choice.Node, Diagnostics.BadName, enumName);
        var place = new Place(schema, choice.Node, "choice", typeName);
        var property = members.Take(choice.Overlay.Name ?? "Condition", place, isGiven: true, "");
        var values = new List<ConditionValue>();
        foreach (var item in choice.Items)
        {
            var element = item.Element is null ? null : declarations.Meant(schema, item.Element);
            var use = element is null ? null : element.Reference is null ? linker.Use(schema, element) : linker.Referenced(schema, element, typeName);
            if (use is null || use.Shape is not (Shape.Flag or Shape.Text))
            {
                Unsupported(schema, item, "a choice that is read as an enumeration is between empty elements, or elements with text only");
                continue;
            }
            var member = element!.Overlay.Name ?? CSharp.Pascal(use.Declaration.Name);
            values.Add(new ConditionValue(use.Name, member, use.Shape == Shape.Text));
        }
        if (values.Any(v => v.HasText))
            members.Take(property + "Text", place, isGiven: true, "");
        if (isOwn)
            linker.DeclareConditionEnum(schema, choice.Node, enumName, values.Select(v => new EnumMember(v.Member, v.Name.Local, null)).ToEquatableArray());
        var sameNamespace = values.All(v => v.Name.Namespace == owner.Schema.Namespace);
        Conditions.Add(new ConditionSpec(property, isOwn ? enumName : "global::" + enumName, sameNamespace, choice.Min > 0, position, values.ToEquatableArray()));
    }

    private void Unsupported(SchemaModel schema, ParticleModel particle, string reason) =>
        declarations.Report(schema, particle.Node, Diagnostics.UnsupportedConstruct, particle.Kind.ToString().ToLowerInvariant(), typeName, reason);

    private static bool IsRepeatedTogether(ContentPart part) =>
        (part.Max > 1 && part.Children.Skip(1).Any()) || part.Items.Any(IsRepeatedTogether);

    private static EquatableArray<int> Renumbered(EquatableArray<int> children, Dictionary<int, int> indexes) =>
        children.Where(indexes.ContainsKey).Select(number => indexes[number]).ToEquatableArray();

    private static Rule Renumbered(Rule rule, Dictionary<int, int> indexes) =>
        rule with { Child = rule.Child < 0 ? -1 : indexes[rule.Child], Items = rule.Items.Select(item => Renumbered(item, indexes)).ToEquatableArray() };

    /// <summary>A child by its name: where it stands first, and last.</summary>
    private sealed class Occurrence(SchemaModel schema, ElementModel element, QualifiedName name, int order)
    {
        public SchemaModel Schema { get; } = schema;

        public ElementModel Element { get; } = element;

        public QualifiedName Name { get; } = name;

        public int Order { get; } = order;

        public int LaterOrder { get; set; } = order;
    }
}
