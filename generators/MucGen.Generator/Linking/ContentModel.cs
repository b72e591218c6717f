using System;
using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>
/// Flattens a content model: each child once, with how often it may occur and where it stands in a sequence. Reading needs no more,
/// because it takes children in any order.
/// </summary>
internal sealed class ContentModel(Declarations declarations, ContentLinker linker, ElementUse owner, string typeName, MemberNames members)
{
    private readonly HashSet<QualifiedName> openGroups = [];
    private int position;

    public List<ChildSpec> Children { get; } = [];

    public List<ChoiceSpec> Choices { get; } = [];

    public List<ConditionSpec> Conditions { get; } = [];

    /// <summary>Where a wildcard stands in the sequence; -1 without one.</summary>
    public int OthersOrder { get; private set; } = -1;

    public void Add(ParticleModel content) => Add(owner.TypeSchema, content, 1, 1, isOrdered: true);

    /// <summary>Adds a particle with all that is in it.</summary>
    /// <param name="schema">The schema that the particle is written in.</param>
    /// <param name="particle">The particle.</param>
    /// <param name="min">How often what is around it occurs at least.</param>
    /// <param name="max">And at most.</param>
    /// <param name="isOrdered">Each item of a sequence at this level has a place of its own.</param>
    private void Add(SchemaModel schema, ParticleModel particle, int min, int max, bool isOrdered)
    {
        var least = min * particle.Min;
        var most = Times(max, particle.Max);
        switch (particle.Kind)
        {
            case ParticleKind.Element:
                AddElement(schema, particle.Element!, least, most);
                break;
            case ParticleKind.Any:
                OthersOrder = position;
                break;
            case ParticleKind.Group:
                AddGroup(schema, particle, least, most, isOrdered);
                break;
            case ParticleKind.Choice:
                AddChoice(schema, particle, least, most);
                break;
            default:
                AddSequence(schema, particle, least, most, isOrdered);
                break;
        }
    }

    private void AddSequence(SchemaModel schema, ParticleModel sequence, int min, int max, bool isOrdered)
    {
        if (max > 1 && sequence.Items.Count > 1)
            Unsupported(schema, sequence, "a repeated group of several elements loses which belong together; wrap them in an element, or use a repeated choice");
        // Reported once; what follows from it is not.
        if (sequence.Items.Count > 1)
            max = 1;
        var inOrder = isOrdered && sequence.Kind == ParticleKind.Sequence && max == 1;
        foreach (var item in sequence.Items)
        {
            if (inOrder && item.Kind is not (ParticleKind.Sequence or ParticleKind.Group))
                position++;
            Add(schema, item, min, max, inOrder);
        }
    }

    /// <summary>A choice once: at most one child, exactly one when required. Repeated, it is its children in any number.</summary>
    private void AddChoice(SchemaModel schema, ParticleModel choice, int min, int max)
    {
        if (choice.Overlay.Enum is { } enumName)
        {
            AddCondition(schema, choice, enumName, min, max);
            return;
        }
        var first = Children.Count;
        foreach (var item in choice.Items)
        {
            if (item.Kind is ParticleKind.Sequence or ParticleKind.Group or ParticleKind.All && max == 1)
                Unsupported(schema, item, "a choice is between elements; give the choice maxOccurs=\"unbounded\" or name the elements");
            Add(schema, item, 0, max, isOrdered: false);
        }
        var indexes = Enumerable.Range(first, Children.Count - first).ToEquatableArray();
        var hasWildcard = choice.Items.Any(i => i.Kind == ParticleKind.Any);
        if (indexes.Count > 0 && !hasWildcard && (min > 0 || max == 1))
            Choices.Add(new ChoiceSpec(indexes, Required: min > 0 && choice.Items.All(i => i.Min > 0), Exclusive: max == 1));
    }

    private void AddGroup(SchemaModel schema, ParticleModel reference, int min, int max, bool isOrdered)
    {
        if (!declarations.Groups.TryGetValue(reference.Reference!, out var group))
        {
            declarations.Report(schema, reference.Node, Diagnostics.UnknownReference, reference.Reference!.ToString(), typeName);
            return;
        }
        if (!openGroups.Add(reference.Reference!))
        {
            declarations.Report(schema, reference.Node, Diagnostics.RecursiveType, reference.Reference!.Local);
            return;
        }
        if (isOrdered && group.Declaration.Kind == ParticleKind.Choice)
            position++;
        Add(group.Schema, group.Declaration, min, max, isOrdered);
        openGroups.Remove(reference.Reference!);
    }

    private void AddElement(SchemaModel schema, ElementModel element, int min, int max)
    {
        var name = element.Reference ?? new QualifiedName(schema.Namespace, element.Name);
        if (Children.Any(c => c.Name.Local == name.Local && c.Name.Namespace == name.Namespace))
        {
            declarations.Report(schema, element.Node, Diagnostics.UnsupportedConstruct, "element", name.Local, "it is in this content model already; one declaration with maxOccurs says the same, as order is free when reading");
            return;
        }
        if (linker.Child(owner, typeName, schema, element, min, max, position, members) is { } child)
            Children.Add(child);
    }

    private void AddCondition(SchemaModel schema, ParticleModel choice, string enumName, int min, int max)
    {
        if (max > 1)
            Unsupported(schema, choice, "a choice that is read as an enumeration occurs once");
        var isOwn = !enumName.Contains('.');
        if (isOwn && !(CSharp.IsIdentifier(enumName) && char.IsUpper(enumName[0])))
            declarations.Report(schema, choice.Node, Diagnostics.BadName, enumName);
        var property = choice.Overlay.Name ?? "Condition";
        var place = new Place(schema, choice.Node, "choice", typeName);
        members.Take(property, place);
        var values = new List<ConditionValue>();
        foreach (var item in choice.Items)
        {
            var use = item.Element is null ? null : item.Element.Reference is null ? linker.Use(schema, item.Element) : linker.Referenced(schema, item.Element, typeName);
            if (use is null || use.Shape is not (Shape.Flag or Shape.Text))
            {
                Unsupported(schema, item, "a choice that is read as an enumeration is between empty elements, or elements with text only");
                continue;
            }
            var member = item.Element!.Overlay.Name ?? CSharp.Pascal(use.Declaration.Name);
            values.Add(new ConditionValue(use.Name, member, use.Shape == Shape.Text));
        }
        if (values.Any(v => v.HasText))
            members.Take(property + "Text", place);
        if (isOwn)
            linker.DeclareConditionEnum(schema, choice.Node, enumName, values.Select(v => new EnumMember(v.Member, v.Name.Local, null)).ToEquatableArray());
        var sameNamespace = values.All(v => v.Name.Namespace == owner.Schema.Namespace);
        Conditions.Add(new ConditionSpec(property, isOwn ? enumName : "global::" + enumName, sameNamespace, min > 0, position, values.ToEquatableArray()));
    }

    private void Unsupported(SchemaModel schema, ParticleModel particle, string reason) =>
        declarations.Report(schema, particle.Node, Diagnostics.UnsupportedConstruct, particle.Kind.ToString().ToLowerInvariant(), typeName, reason);

    private static int Times(int a, int b) => a == ParticleModel.Unbounded || b == ParticleModel.Unbounded ? ParticleModel.Unbounded : (int)Math.Min((long)a * b, int.MaxValue - 1);
}
