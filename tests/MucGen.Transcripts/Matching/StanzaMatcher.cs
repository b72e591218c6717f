using System.Xml.Linq;
using MucGen.Transcripts.Grammar;

namespace MucGen.Transcripts.Matching;

/// <summary>
/// Compares a received stanza with an expected one by Scansion's rules. An element of jabber:client is compared loosely:
/// the attributes and children named must be there, in any order, and more may be. Every other element is compared
/// strictly: exactly these attributes, and exactly these children in this order. <c>scansion:strict</c> decides
/// otherwise, for an element and what is below it. Character data is always compared, without the white space around it.
/// </summary>
public sealed class StanzaMatcher
{
    private const string Any = "{scansion:any}";
    private const string CaptureStart = "{scansion:capture:";

    private readonly Dictionary<string, string> captures = new(StringComparer.Ordinal);

    private StanzaMatcher()
    {
    }

    /// <summary>Compares; the captures are those of the expected stanza, and empty unless it matched.</summary>
    /// <returns>The first difference, or null when the stanzas match.</returns>
    public static Mismatch? Compare(XElement expected, XElement received, out IReadOnlyDictionary<string, string> captures)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(received);
        var matcher = new StanzaMatcher();
        var mismatch = matcher.Element(expected, received, inheritedStrictness: null, expected.Name.LocalName);
        if (mismatch is not null)
            matcher.captures.Clear();
        captures = matcher.captures;
        return mismatch;
    }

    private Mismatch? Element(XElement expected, XElement received, bool? inheritedStrictness, string path)
    {
        if (expected.Name != received.Name)
            return new Mismatch(path, $"expected {Describe(expected)}, received {Describe(received)}");
        var ruled = Directive(expected, "strict") is { } directive ? bool.Parse(directive) : inheritedStrictness;
        var strict = ruled ?? expected.Name.NamespaceName != StanzaText.ClientNamespace;
        return Attributes(expected, received, strict, path)
            ?? Text(expected, received, path)
            ?? (strict ? ChildrenInOrder(expected, received, ruled, path) : ChildrenNamed(expected, received, ruled, path));
    }

    private Mismatch? Attributes(XElement expected, XElement received, bool strict, string path)
    {
        foreach (var attribute in Named(expected))
        {
            if (received.Attribute(attribute.Name) is not { } found)
                return new Mismatch(path, $"attribute '{attribute.Name.LocalName}' is missing, expected '{attribute.Value}'");
            if (!Value(attribute.Value, found.Value))
                return new Mismatch(path, $"attribute '{attribute.Name.LocalName}': expected '{attribute.Value}', received '{found.Value}'");
        }

        var surplus = strict ? Named(received).FirstOrDefault(a => expected.Attribute(a.Name) is null) : null;
        return surplus is null ? null : new Mismatch(path, $"attribute '{surplus.Name.LocalName}' with '{surplus.Value}' is not expected");
    }

    private Mismatch? Text(XElement expected, XElement received, string path)
    {
        var wanted = OwnText(expected);
        var found = OwnText(received);
        return Value(wanted, found) ? null : new Mismatch(path, $"text: expected '{wanted}', received '{found}'");
    }

    private Mismatch? ChildrenInOrder(XElement expected, XElement received, bool? strictness, string path)
    {
        var found = received.Elements().ToList();
        var position = 0;
        foreach (var child in expected.Elements())
        {
            if (position == found.Count)
                return new Mismatch(path, $"child {Describe(child)} is missing");
            if (Element(child, found[position++], strictness, Below(path, child)) is { } mismatch)
                return mismatch;
        }

        return position == found.Count ? null : new Mismatch(path, $"child {Describe(found[position])} is not expected");
    }

    private Mismatch? ChildrenNamed(XElement expected, XElement received, bool? strictness, string path)
    {
        var unused = received.Elements().ToList();
        foreach (var child in expected.Elements())
        {
            var mismatches = new List<Mismatch>();
            var match = unused.FirstOrDefault(candidate => candidate.Name == child.Name && Fits(child, candidate, mismatches));
            if (match is null)
                return Unmatched(child, mismatches, path);
            unused.Remove(match);
        }

        return null;

        bool Fits(XElement wanted, XElement candidate, List<Mismatch> mismatches)
        {
            if (Element(wanted, candidate, strictness, Below(path, wanted)) is not { } mismatch)
                return true;
            mismatches.Add(mismatch);
            return false;
        }
    }

    /// <summary>A lone candidate is explained; of several, it is the expected one that matters.</summary>
    private static Mismatch Unmatched(XElement child, List<Mismatch> mismatches, string path) => mismatches switch
    {
        [] => new Mismatch(path, $"child {Describe(child)} is missing"),
        [var only] => only,
        _ => new Mismatch(path, $"none of {mismatches.Count} {Describe(child)} matches {child.ToString(SaveOptions.DisableFormatting)}"),
    };

    private bool Value(string expected, string received)
    {
        if (expected == Any)
            return true;
        if (expected.StartsWith(CaptureStart, StringComparison.Ordinal) && expected[^1] == '}')
        {
            captures[expected[CaptureStart.Length..^1]] = received;
            return true;
        }

        return expected == received;
    }

    private static IEnumerable<XAttribute> Named(XElement element) =>
        element.Attributes().Where(a => !a.IsNamespaceDeclaration && !IsDirective(element, a));

    private static bool IsDirective(XElement element, XAttribute attribute) =>
        attribute.Name.NamespaceName.Length > 0
        && (attribute.Name.NamespaceName == StanzaText.ScansionNamespace
            || element.GetPrefixOfNamespace(attribute.Name.Namespace) == StanzaText.ScansionPrefix);

    private static string? Directive(XElement element, string name) =>
        element.Attributes().FirstOrDefault(a => a.Name.LocalName == name && IsDirective(element, a))?.Value;

    private static string OwnText(XElement element) =>
        string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value)).Trim();

    private static string Below(string path, XElement child) => $"{path}/{child.Name.LocalName}";

    private static string Describe(XElement element) => element.Name.NamespaceName == StanzaText.ClientNamespace
        ? $"<{element.Name.LocalName}>"
        : $"<{element.Name.LocalName} xmlns='{element.Name.NamespaceName}'>";
}
