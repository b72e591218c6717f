using System.Xml.Linq;
using MucGen.Generator.Model;
using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>One change of an instance.</summary>
/// <param name="What">What was changed, in words.</param>
/// <param name="Instance">The changed instance.</param>
/// <param name="Expected">The problem that it must lead to; null when it may be read all the same.</param>
/// <param name="Field">The attribute or child that the problem must name.</param>
internal sealed record Mutation(string What, XElement Instance, ReadProblem? Expected = null, string? Field = null)
{
    /// <summary>An address that is not plain has to be prepared to be known, which makes strings; nothing else that is read makes objects.</summary>
    public bool MayAllocate { get; init; }
}

/// <summary>Everything that one change at its root, or just inside, can make of an instance.</summary>
internal static class Mutations
{
    private static readonly string[] BadValues = ["", "\u00bf?", new('9', 400), "-"];

    public static IEnumerable<Mutation> Of(ElementSpec spec, XElement instance)
    {
        yield return new Mutation("the name", Changed(instance, root => root.Name = root.Name.Namespace + (root.Name.LocalName + "x")), ReadProblem.Unexpected);
        yield return new Mutation("the namespace", Changed(instance, root => root.Name = (XNamespace)InstanceWriter.ForeignNamespace + root.Name.LocalName), ReadProblem.Unexpected);
        yield return new Mutation("an unknown attribute", Changed(instance, root => root.SetAttributeValue("cauldron", "bubble")));
        yield return new Mutation("an unknown child", Changed(instance, root => root.Add(InstanceWriter.Foreign(InstanceWriter.ForeignNamespace))));
        yield return new Mutation("text inside", Changed(instance, root => root.Add("toil & trouble")));
        var isNil = spec.IsNillable && instance.Attributes().Any(attribute => attribute.Name.LocalName == "nil" && attribute.Value == "true");
        foreach (var attribute in OfAttributes(spec, instance))
            yield return attribute;
        foreach (var child in OfChildren(spec, instance, isNil))
            yield return child;
    }

    private static IEnumerable<Mutation> OfAttributes(ElementSpec spec, XElement instance)
    {
        foreach (var attribute in instance.Attributes())
        {
            var field = spec.Attribute(attribute.Name);
            yield return new Mutation(
                $"no attribute '{attribute.Name.LocalName}'", Changed(instance, root => root.SetAttributeValue(attribute.Name, null)), field is { Required: true } ? ReadProblem.Missing : null, field?.WireName);
            foreach (var bad in BadValues)
            {
                yield return new Mutation($"attribute '{attribute.Name.LocalName}' is {Shown(bad)}", Changed(instance, root => root.SetAttributeValue(attribute.Name, bad)))
                {
                    MayAllocate = IsAddress(field?.Value),
                };
            }
        }
    }

    private static IEnumerable<Mutation> OfChildren(ElementSpec spec, XElement instance, bool isNil)
    {
        var alone = spec.Children.Where((_, i) => !spec.Choices.Any(choice => choice.Children.Contains(i)) && !spec.Rules.Any(rule => rule.Children.Contains(i))).ToHashSet();
        for (var i = 0; i < instance.Elements().Count(); i++)
        {
            var name = instance.Elements().ElementAt(i).Name;
            var child = spec.Child(name);
            var isNeeded = child is { Min: > 0 } && alone.Contains(child) && instance.Elements(name).Count() == child.Min && !isNil;
            yield return new Mutation($"no '{name.LocalName}'", Changed(instance, root => At(root, i).Remove()), isNeeded ? ReadProblem.Missing : null, child?.Name.Local);
            yield return new Mutation(
                $"'{name.LocalName}' twice", Changed(instance, root => root.Add(new XElement(At(root, i)))), child is { IsRepeated: false } && !isNil ? ReadProblem.Duplicate : null, child?.Name.Local);
            yield return new Mutation($"'{name.LocalName}' of another namespace", Changed(instance, root => At(root, i).Name = (XNamespace)InstanceWriter.ForeignNamespace + name.LocalName));
            foreach (var bad in BadValues)
                yield return new Mutation($"'{name.LocalName}' has the text {Shown(bad)}", Changed(instance, root => At(root, i).Value = bad)) { MayAllocate = IsAddress(child?.Value) };
        }
    }

    private static bool IsAddress(ValueSpec? value) => value is { Kind: ValueKind.Jid or ValueKind.BareJid or ValueKind.FullJid or ValueKind.Nick };

    private static string Shown(string text) => text.Length > 20 ? $"{text.Length} times '{text[0]}'" : $"'{text}'";

    private static XElement At(XElement root, int index) => root.Elements().ElementAt(index);

    private static XElement Changed(XElement instance, Action<XElement> change)
    {
        var copy = new XElement(instance);
        change(copy);
        return copy;
    }
}
