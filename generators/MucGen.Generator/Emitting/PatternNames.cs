using System.Collections.Generic;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>The patterns that the values of one element have to match, each emitted once, in a class of its own so that views without patterns need no static constructor.</summary>
internal sealed class PatternNames
{
    private const string ClassName = "Patterns";

    private readonly List<string> patterns;

    private PatternNames(IEnumerable<ValueSpec> values) => patterns = values.SelectMany(PatternsOf).Distinct().ToList();

    public static PatternNames Of(IEnumerable<ValueSpec> values) => new(values);

    public static PatternNames Of(ElementSpec element) => new(
        element.Attributes.Select(field => field.Value).Concat(element.Children.Select(child => child.Kind == ChildKind.View ? null : child.Value)).Concat([element.Value]).OfType<ValueSpec>());

    public string NameOf(string pattern) => patterns.Count == 1 ? $"{ClassName}.Only" : $"{ClassName}.Number{patterns.IndexOf(pattern) + 1}";

    public void Emit(SourceWriter w)
    {
        if (patterns.Count == 0)
            return;
        w.Line();
        using (w.Block($"private static class {ClassName}"))
        {
            foreach (var pattern in patterns)
                w.Line($"public static readonly XmlPattern {NameOf(pattern).Substring(ClassName.Length + 1)} = new({CSharp.Literal(pattern)});");
        }
    }

    private static IEnumerable<string> PatternsOf(ValueSpec value) => value.Open || value.Lenient
        ? []
        : value.Facets.Patterns.Concat(value.Union.SelectMany(PatternsOf)).Concat(value.Item is null ? [] : PatternsOf(value.Item));
}
