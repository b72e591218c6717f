namespace MucGen.Xml;

/// <summary>What one stanza may cost. The framer enforces every limit while bytes arrive, the tokeniser again on whole frames.</summary>
/// <param name="MaxStanzaBytes">Bytes of one stanza or stream header, tags included.</param>
/// <param name="MaxDepth">Open elements at once within a stanza; the stanza itself is 1.</param>
/// <param name="MaxAttributes">Attributes of one element, namespace declarations included; at most 65,535.</param>
/// <param name="MaxChildren">Elements in one stanza below its root, at any depth.</param>
public sealed record XmlLimits(int MaxStanzaBytes = 262_144, int MaxDepth = 32, int MaxAttributes = 64, int MaxChildren = 4_096)
{
    /// <summary>The defaults.</summary>
    public static XmlLimits Default { get; } = new();
}
