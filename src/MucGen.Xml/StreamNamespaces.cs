namespace MucGen.Xml;

/// <summary>The namespaces that stanzas inherit from their stream header: the default one and those bound to prefixes.</summary>
public readonly struct StreamNamespaces : IEquatable<StreamNamespaces>
{
    private readonly (byte[] Prefix, byte[] Uri)[]? bindings;

    private StreamNamespaces(params (byte[] Prefix, byte[] Uri)[] bindings) => this.bindings = bindings;

    /// <summary>A client's stream: default namespace <c>jabber:client</c>, prefix <c>stream</c>.</summary>
    public static StreamNamespaces Client { get; } = ForContent("jabber:client"u8);

    /// <summary>A server's stream: default namespace <c>jabber:server</c>, prefix <c>stream</c>.</summary>
    public static StreamNamespaces Server { get; } = ForContent("jabber:server"u8);

    /// <summary>A component's stream (XEP-0114): default namespace <c>jabber:component:accept</c>, prefix <c>stream</c>.</summary>
    public static StreamNamespaces Component { get; } = ForContent("jabber:component:accept"u8);

    /// <summary>WebSocket frames (RFC 7395) inherit nothing: each declares what it uses.</summary>
    public static StreamNamespaces WebSocket => default;

    internal ReadOnlySpan<(byte[] Prefix, byte[] Uri)> Bindings => bindings;

    /// <summary>What the stanzas of a stream inherit from its header, further prefixes that it declares included.</summary>
    /// <param name="header">The root of a stanza read by <see cref="Stanza.TryReadStreamHeader(ReadOnlySpan{byte}, NameTable, in XmlLimits, out Stanza?, out XmlFault)"/>.</param>
    /// <remarks>For the headers that nearly every peer sends this is one of the shared instances, so stanzas need no set-up per stream.</remarks>
    public static StreamNamespaces FromHeader(ElementView header)
    {
        var declared = new List<(byte[] Prefix, byte[] Uri)>();
        foreach (var (prefix, uri) in header.DeclaredNamespaces())
            declared.Add((prefix, uri));
        foreach (var known in new[] { Client, Server, Component })
            if (known.Declares(declared))
                return known;
        return new StreamNamespaces([.. declared]);
    }

    /// <inheritdoc/>
    public bool Equals(StreamNamespaces other) => ReferenceEquals(bindings, other.bindings);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamNamespaces other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => bindings is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(bindings);

    /// <summary>Whether both inherit from the very same header or constant.</summary>
    public static bool operator ==(StreamNamespaces left, StreamNamespaces right) => left.Equals(right);

    /// <summary>Whether they inherit from different ones.</summary>
    public static bool operator !=(StreamNamespaces left, StreamNamespaces right) => !left.Equals(right);

    private static StreamNamespaces ForContent(ReadOnlySpan<byte> uri) =>
        new(([], uri.ToArray()), ("stream"u8.ToArray(), ContentNamespaces.Streams.ToArray()));

    private bool Declares(List<(byte[] Prefix, byte[] Uri)> others)
    {
        if (others.Count != Bindings.Length) return false;
        foreach (var (prefix, uri) in Bindings)
        {
            var same = others.Exists(other => prefix.AsSpan().SequenceEqual(other.Prefix) && uri.AsSpan().SequenceEqual(other.Uri));
            if (!same) return false;
        }
        return true;
    }
}

/// <summary>The namespaces that differ by kind of stream only, and are read as one.</summary>
internal static class ContentNamespaces
{
    public static ReadOnlySpan<byte> Client => "jabber:client"u8;

    public static ReadOnlySpan<byte> Streams => "http://etherx.jabber.org/streams"u8;

    public static bool Contains(ReadOnlySpan<byte> uri) => uri.Length switch
    {
        13 => uri.SequenceEqual(Client) || uri.SequenceEqual("jabber:server"u8),
        23 => uri.SequenceEqual("jabber:component:accept"u8),
        _ => false,
    };
}
