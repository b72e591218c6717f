namespace MucGen.Xml;

/// <summary>Why bytes cannot be read as XMPP; each has one stream error condition (RFC 6120 section 4.9.3).</summary>
public enum XmlFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Not well-formed by XML or by Namespaces in XML, an undeclared prefix included: <c>not-well-formed</c>.</summary>
    NotWellFormed,

    /// <summary>A comment, processing instruction, DTD or entity other than the five: <c>restricted-xml</c> (RFC 6120 section 11.1).</summary>
    RestrictedXml,

    /// <summary>A stanza or a child of it in the content namespace has a prefix: <c>bad-namespace-prefix</c> (RFC 6120 section 4.8.5).</summary>
    BadNamespacePrefix,

    /// <summary>The bytes are not UTF-8: <c>unsupported-encoding</c>.</summary>
    InvalidUtf8,

    /// <summary>More bytes than <see cref="XmlLimits.MaxStanzaBytes"/>: <c>policy-violation</c>.</summary>
    StanzaTooLarge,

    /// <summary>Deeper than <see cref="XmlLimits.MaxDepth"/>: <c>policy-violation</c>.</summary>
    TooDeep,

    /// <summary>More attributes than <see cref="XmlLimits.MaxAttributes"/>, or too many prefixes at once: <c>policy-violation</c>.</summary>
    TooManyAttributes,

    /// <summary>More elements than <see cref="XmlLimits.MaxChildren"/>: <c>policy-violation</c>.</summary>
    TooManyChildren,

    /// <summary>The XML declaration names another encoding: <c>unsupported-encoding</c>.</summary>
    UnsupportedEncoding,
}
