using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MucGen.Xml;

/// <summary>
/// An XMPP address, prepared: every instance is valid, and two addresses are the same exactly when their parts are equal
/// (RFC 7622). Immutable.
/// </summary>
public sealed class Jid : IEquatable<Jid>
{
    private readonly string text;
    private readonly byte[] utf8;
    private readonly byte[] escapedUtf8;
    private readonly int hash;
    private Jid? bare;

    private Jid(string? local, string domain, string? resource)
    {
        Local = local;
        Domain = domain;
        Resource = resource;
        text = (local, resource) switch
        {
            (null, null) => domain,
            (_, null) => $"{local}@{domain}",
            (null, _) => $"{domain}/{resource}",
            _ => $"{local}@{domain}/{resource}",
        };
        utf8 = Encoding.UTF8.GetBytes(text);
        escapedUtf8 = utf8.AsSpan().ContainsAny("<&'"u8) ? Escape(utf8) : utf8;
        hash = string.GetHashCode(text, StringComparison.Ordinal);
        if (resource is null) bare = this;
    }

    /// <summary>The localpart, prepared; null when there is none.</summary>
    public string? Local { get; }

    /// <summary>The domainpart, prepared: lower case, U-labels, no trailing dot.</summary>
    public string Domain { get; }

    /// <summary>The resourcepart, prepared; null when there is none.</summary>
    public string? Resource { get; }

    /// <summary>Whether there is no resourcepart.</summary>
    public bool IsBare => Resource is null;

    /// <summary>Whether there is a resourcepart.</summary>
    public bool IsFull => Resource is not null;

    /// <summary>The address without its resourcepart; this very instance when it has none.</summary>
    public Jid Bare => bare ??= new Jid(Local, Domain, null);

    /// <summary>The whole address, not escaped.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8;

    /// <summary>The whole address, escaped for an attribute in apostrophes or quotes.</summary>
    public ReadOnlySpan<byte> EscapedUtf8 => escapedUtf8;

    /// <summary>Whether both are the same address, or both null.</summary>
    public static bool operator ==(Jid? left, Jid? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Jid? left, Jid? right) => !(left == right);

    /// <summary>Reads and prepares an address.</summary>
    /// <exception cref="FormatException">It is not one; the message names the error.</exception>
    public static Jid Parse(string text)
    {
        if (TryParse(text, out var jid, out var error)) return jid;
        throw new FormatException($"'{text}' is not an address: {error}.");
    }

    /// <summary>Reads and prepares an address.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Jid? jid, out JidError error)
    {
        jid = null;
        error = JidError.Empty;
        if (string.IsNullOrEmpty(text)) return false;

        // RFC 7622 section 3.2: the resourcepart is all behind the first '/', the localpart all before the first '@' of the rest.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        var at = address.IndexOf('@', StringComparison.Ordinal);
        string? local = null;
        string? resource = null;
        if (at >= 0 && !JidPreparation.TryLocal(address[..at], out local, out error)) return false;
        if (!JidPreparation.TryDomain(address[(at + 1)..], out var domain, out error)) return false;
        if (slash >= 0 && !JidPreparation.TryResource(text[(slash + 1)..], out resource, out error)) return false;
        jid = new Jid(local, domain, resource);
        return true;
    }

    /// <summary>Reads and prepares an address from decoded UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Jid? jid, out JidError error) =>
        TryParse(Encoding.UTF8.GetString(utf8), out jid, out error);

    /// <summary>Reads and prepares an address from a text value; absent is <see cref="JidError.Empty"/>.</summary>
    public static bool TryParse(in XmlText text, [NotNullWhen(true)] out Jid? jid, out JidError error)
    {
        if (text is not { Kind: XmlTextKind.Jid, Source: Jid prepared }) return TryParse(text.ToStringOrNull(), out jid, out error);
        jid = prepared;
        error = JidError.None;
        return true;
    }

    /// <summary>Prepares a resourcepart, such as a nickname (RFC 7622 section 3.4).</summary>
    public static bool TryPrepareResource(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JidPreparation.TryResource(value, out prepared, out error);
    }

    /// <summary>The same address with another resourcepart, which is prepared; with none when null.</summary>
    /// <exception cref="FormatException">It is not a resourcepart; the message names the error.</exception>
    public Jid WithResource(string? resource)
    {
        if (resource is null) return Bare;
        if (JidPreparation.TryResource(resource, out var prepared, out var error)) return new Jid(Local, Domain, prepared);
        throw new FormatException($"'{resource}' is not a resourcepart: {error}.");
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Jid? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && utf8.AsSpan().SequenceEqual(other.utf8));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Jid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>The whole address.</summary>
    public override string ToString() => text;

    private static byte[] Escape(ReadOnlySpan<byte> value)
    {
        using var buffer = new PooledBufferWriter(value.Length * 2);
        using (var writer = new XmppWriter(buffer))
            writer.Escaped(value, Escaping.InAttribute);
        return buffer.WrittenSpan.ToArray();
    }
}
