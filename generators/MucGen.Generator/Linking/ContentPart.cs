using System;
using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Linking;

/// <summary>A part of a content model with groups and substitutions followed: children are named by their number.</summary>
internal sealed class ContentPart(ParticleKind kind, int min, int max, IReadOnlyList<ContentPart> items, int child = -1)
{
    public ParticleKind Kind { get; } = kind;

    public int Min { get; } = min;

    public int Max { get; } = max;

    public IReadOnlyList<ContentPart> Items { get; } = items;

    /// <summary>The child that an element stands for; -1 for the rest.</summary>
    public int Child { get; } = child;

    /// <summary>The children somewhere in this part.</summary>
    public IEnumerable<int> Children => Child >= 0 ? [Child] : Items.SelectMany(item => item.Children).Distinct();

    /// <summary>How often a child may occur where this part does once in its context.</summary>
    public (int Min, int Max) RangeOf(int number)
    {
        var (least, most) = (0, 0);
        if (Child >= 0)
        {
            (least, most) = Child == number ? (1, 1) : (0, 0);
        }
        else if (Kind == ParticleKind.Choice)
        {
            least = Items.Count == 0 ? 0 : Items.Min(item => item.RangeOf(number).Min);
            most = Items.Count == 0 ? 0 : Items.Max(item => item.RangeOf(number).Max);
        }
        else
        {
            foreach (var item in Items)
            {
                var range = item.RangeOf(number);
                least += range.Min;
                most = Sum(most, range.Max);
            }
        }
        return (least * Min, Product(most, Max));
    }

    private static int Sum(int a, int b) => a == ParticleModel.Unbounded || b == ParticleModel.Unbounded ? ParticleModel.Unbounded : Math.Min(a + b, ParticleModel.Unbounded - 1);

    private static int Product(int a, int b)
    {
        if (a == 0 || b == 0)
            return 0;
        return a == ParticleModel.Unbounded || b == ParticleModel.Unbounded ? ParticleModel.Unbounded : (int)Math.Min((long)a * b, ParticleModel.Unbounded - 1);
    }
}
