namespace MucGen.Xml;

/// <summary>
/// A prefix bound to a namespace name within one stanza. Bindings are never removed while a stanza lives, so rows refer to them by index;
/// those in scope are a chain through <see cref="Outer"/>.
/// </summary>
internal struct NamespaceBinding
{
    /// <summary>Index of the binding of "no namespace".</summary>
    public const int None = 0;

    /// <summary>Index of the binding of the prefix <c>xml</c>.</summary>
    public const int Xml = 1;

    /// <summary>Namespace and prefix as bytes of their own: inherited from the stream header, or decoded. Null: in the stanza's bytes.</summary>
    public byte[]? OwnUri;
    public byte[]? OwnPrefix;

    public int UriStart;
    public int UriLength;
    public int PrefixStart;
    public int PrefixLength;

    /// <summary>Row of the declaring element; -1 when inherited from the stream.</summary>
    public int DeclaredBy;

    /// <summary>Number of the namespace in the stanza's name table.</summary>
    public int NamespaceNumber;

    /// <summary>The binding declared before, as long as this one is in scope; -1 ends the chain.</summary>
    public int Outer;

    /// <summary>The namespace is one of the content namespaces.</summary>
    public bool IsContent;
}
