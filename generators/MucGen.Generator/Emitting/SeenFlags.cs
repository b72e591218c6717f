using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>
/// Which of the children that may be there once were met, a bit each: a variable each would not fit into the registers, and then the walk itself is slowed down.
/// </summary>
internal sealed class SeenFlags(ElementSpec element)
{
    private const int BitsOfWord = 32;

    private readonly List<string> properties =
        element.Children.Where(child => !child.IsRepeated).Select(child => child.PropertyName).Concat(element.Conditions.Select(condition => condition.PropertyName)).ToList();

    /// <summary>Emits the bits by name, and the words that hold them.</summary>
    public void Declare(SourceWriter w)
    {
        for (var i = 0; i < properties.Count; i++)
            w.Line($"const uint {Bit(properties[i])} = 1u << {CSharp.Number(i % BitsOfWord)};");
        foreach (var word in properties.Select(Word).Distinct())
            w.Line($"var {word} = 0u;");
    }

    /// <summary>An expression that is true when the child was met.</summary>
    public string Is(string property) => $"({Word(property)} & {Bit(property)}) != 0";

    /// <summary>An expression that is true when it was not.</summary>
    public string IsNot(string property) => $"({Word(property)} & {Bit(property)}) == 0";

    /// <summary>The statement for when it is met.</summary>
    public string Note(string property) => $"{Word(property)} |= {Bit(property)};";

    private static string Bit(string property) => "has" + property;

    private string Word(string property) => properties.IndexOf(property) / BitsOfWord is > 0 and var number ? "seen" + CSharp.Number(number + 1) : "seen";
}
