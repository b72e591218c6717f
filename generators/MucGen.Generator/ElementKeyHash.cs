using System.Text;

namespace MucGen.Generator;

/// <summary>The key of an element name: the same function as MucGen.Xml.ElementKeys.Of, at build time.</summary>
internal static class ElementKeyHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(string ns, string local)
    {
        var hash = OffsetBasis;
        foreach (var value in Encoding.UTF8.GetBytes("{" + ns + "}" + local))
            hash = unchecked((hash ^ value) * Prime);
        return hash;
    }
}
