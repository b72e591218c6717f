using System.Text;
using System.Text.Json.Serialization;
using MucGen.Rooms.Journal;

namespace MucGen.Rooms;

/// <summary>
/// Children of a stanza that a room keeps: well-formed XML that means the same wherever the default namespace is the content
/// namespace. Empty by default.
/// </summary>
/// <param name="utf8">The bytes; the value owns them.</param>
[JsonConverter(typeof(MarkupConverter))]
public readonly struct Markup(byte[] utf8) : IEquatable<Markup>
{
    private readonly byte[]? utf8 = utf8;

    /// <summary>The bytes, to be written as they are.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8;

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => utf8 is not { Length: > 0 };

    /// <summary>Whether both are the same, byte for byte.</summary>
    public bool Equals(Markup other) => Utf8.SequenceEqual(other.Utf8);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Markup other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    /// <summary>Byte-wise equality.</summary>
    public static bool operator ==(Markup left, Markup right) => left.Equals(right);

    /// <summary>Byte-wise inequality.</summary>
    public static bool operator !=(Markup left, Markup right) => !left.Equals(right);
}
