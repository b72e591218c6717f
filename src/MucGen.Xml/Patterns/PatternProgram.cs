using System;
using System.Collections.Generic;

namespace MucGen.Xml;

/// <summary>
/// A pattern of XML Schema (part 2, appendix F) as steps of a machine that is in several places at once: the time that it takes grows with the text, whatever the pattern.
/// The generator compiles these files too, to say at its line what is wrong with a pattern.
/// </summary>
internal sealed class PatternProgram
{
    /// <summary>The most steps that a pattern may take; counted repetitions are written out.</summary>
    public const int MostSteps = 2048;

    private readonly List<PatternStep> steps = [];

    private PatternProgram(PatternNode root)
    {
        steps.Add(default);
        Start = Compile(root, 0);
    }

    /// <summary>The step to begin with; step 0 is the end.</summary>
    public int Start { get; }

    public IReadOnlyList<PatternStep> Steps => steps;

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            Parse(pattern);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is none, it has a part that is not supported, or it takes too many steps.</exception>
    public static PatternProgram Parse(string pattern) => new(new PatternParser(pattern).Parse());

    /// <summary>Adds the steps of a node that goes on at <paramref name="next"/>; gives the first of them.</summary>
    private int Compile(PatternNode node, int next)
    {
        switch (node.Kind)
        {
            case PatternNodeKind.Set:
                return Add(new PatternStep(node.Set, next, next));
            case PatternNodeKind.Sequence:
                for (var i = node.Items.Count - 1; i >= 0; i--)
                    next = Compile(node.Items[i], next);
                return next;
            case PatternNodeKind.Choice:
                var start = Compile(node.Items[0], next);
                for (var i = 1; i < node.Items.Count; i++)
                    start = Add(new PatternStep(null, start, Compile(node.Items[i], next)));
                return start;
            default:
                return Repeat(node, next);
        }
    }

    private int Repeat(PatternNode node, int next)
    {
        var start = next;
        if (node.Most == PatternNode.Unbounded)
        {
            start = Add(default);
            steps[start] = new PatternStep(null, Compile(node.Items[0], start), next);
        }
        else
        {
            for (var i = node.Least; i < node.Most; i++)
                start = Add(new PatternStep(null, Compile(node.Items[0], start), next));
        }
        for (var i = 0; i < node.Least; i++)
            start = Compile(node.Items[0], start);
        return start;
    }

    private int Add(PatternStep step)
    {
        if (steps.Count == MostSteps)
            throw new FormatException($"the pattern takes more than {MostSteps} steps; limit the length by maxLength");
        steps.Add(step);
        return steps.Count - 1;
    }
}

/// <summary>One step: a character of the set, then <paramref name="next"/>; without a set a fork in two ways.</summary>
internal readonly struct PatternStep(PatternSet? set, int next, int other)
{
    public PatternSet? Set { get; } = set;

    public int Next { get; } = next;

    public int Other { get; } = other;
}

internal enum PatternNodeKind
{
    Set,
    Sequence,
    Choice,
    Repeat,
}

/// <summary>A part of a pattern.</summary>
internal sealed class PatternNode(PatternNodeKind kind, PatternSet? set, IReadOnlyList<PatternNode> items, int least = 1, int most = 1)
{
    public const int Unbounded = int.MaxValue;

    public PatternNodeKind Kind { get; } = kind;

    public PatternSet? Set { get; } = set;

    public IReadOnlyList<PatternNode> Items { get; } = items;

    public int Least { get; } = least;

    public int Most { get; } = most;
}
