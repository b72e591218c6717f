using System.Xml.Linq;
using MucGen.Generator.Model;

namespace MucGen.Corpus.Proofs;

/// <summary>What an element has that its schema does not name and has no place for.</summary>
internal sealed class Undescribed(CompiledSchema schema)
{
    /// <summary>Takes it away.</summary>
    /// <param name="element">The element, which is left as it is.</param>
    /// <param name="spec">What its schema says.</param>
    /// <param name="rest">A copy with what the schema names.</param>
    /// <returns>What was taken away, in words.</returns>
    public List<string> TakeFrom(XElement element, ElementSpec spec, out XElement rest)
    {
        var taken = new List<string>();
        rest = new XElement(element);
        Take(rest, spec, taken);
        return taken;
    }

    private void Take(XElement element, ElementSpec spec, List<string> taken)
    {
        if (spec.OtherAttributes is null)
            TakeAttributes(element, attribute => spec.Attribute(attribute.Name) is not null, taken);
        foreach (var node in element.Nodes().ToList())
        {
            if (node is XElement child)
                TakeChild(child, spec, taken);
            else if (!spec.IsMixed && spec.Value is null && node is XText { Value: var words } && words.AsSpan().Trim().Length > 0)
                Remove(node, $"the text '{words.Trim()}'", taken);
        }
    }

    private void TakeChild(XElement child, ElementSpec parent, List<string> taken)
    {
        switch (parent.Child(child.Name))
        {
            case { Kind: ChildKind.View } view:
                Take(child, schema.ViewOf(view), taken);
                break;
            case { Kind: ChildKind.Foreign }:
                break;
            case { } simple:
                TakeAttributes(child, attribute => simple.Kind == ChildKind.LanguageText && attribute.Name == XNamespace.Xml + "lang", taken);
                foreach (var node in child.Nodes().Where(node => node is not XText || simple.Kind == ChildKind.Flag).ToList())
                    Remove(node, $"what is inside '{child.Name.LocalName}'", taken);
                break;
            case null when !parent.HasOthers && !parent.Names(child.Name):
                Remove(child, $"'{child.Name.LocalName}'", taken);
                break;
        }
    }

    private static void TakeAttributes(XElement element, Func<XAttribute, bool> isNamed, List<string> taken)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && !isNamed(attribute)).ToList())
        {
            taken.Add($"the attribute '{attribute.Name.LocalName}' of '{element.Name.LocalName}'");
            attribute.Remove();
        }
    }

    private static void Remove(XNode node, string what, List<string> taken)
    {
        taken.Add(what);
        node.Remove();
    }
}
