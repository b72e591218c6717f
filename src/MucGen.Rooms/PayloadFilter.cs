using System.Text;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// What a service lets through its rooms beside the texts, show and priority of plain messages and presence: payloads of these namespaces, and
/// no others (XEP-0045 17.2, 17.3, 18.1.1).
/// </summary>
public sealed class PayloadFilter
{
    private readonly byte[][] namespaces;

    /// <summary>Lets these namespaces pass.</summary>
    /// <param name="namespaces">Whole names, compared byte by byte; none at all leaves plain messages and presence.</param>
    public PayloadFilter(IEnumerable<string> namespaces)
    {
        Namespaces = [.. namespaces.Distinct(StringComparer.Ordinal)];
        this.namespaces = [.. Namespaces.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The namespaces that pass, as the node muc#traffic lists them.</summary>
    public IReadOnlyList<string> Namespaces { get; }

    /// <summary>Whether a child of a stanza reaches others.</summary>
    internal bool Passes(in ElementView child)
    {
        var ns = child.Namespace;
        if (ns.SequenceEqual("jabber:client"u8))
            return true;
        foreach (var allowed in namespaces)
        {
            if (ns.SequenceEqual(allowed))
                return true;
        }
        return false;
    }
}
