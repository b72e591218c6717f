namespace MucGen.Xml;

/// <summary>
/// The key of a known element: FNV-1a, 32 bits, over the UTF-8 of <c>{namespace}local</c>. It depends on nothing but the name, so adding
/// a schema renumbers nothing. Tables confirm every hit by equality; the generator refuses schemas in which two names share a key.
/// </summary>
public enum ElementKey : uint
{
    /// <summary>The element is not in the name table.</summary>
    None = 0,
}

/// <summary>Computes element keys.</summary>
public static class ElementKeys
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The key of a name, the same number that the generator writes into emitted code.</summary>
    /// <param name="ns">The namespace name, decoded UTF-8.</param>
    /// <param name="local">The local name, UTF-8.</param>
    public static ElementKey Of(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> local)
    {
        var hash = Add(OffsetBasis, "{"u8);
        hash = Add(hash, ns);
        hash = Add(hash, "}"u8);
        return (ElementKey)Add(hash, local);
    }

    private static uint Add(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            hash = unchecked((hash ^ value) * Prime);
        return hash;
    }
}
