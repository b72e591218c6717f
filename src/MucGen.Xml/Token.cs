using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MucGen.Xml;

/// <summary>What a token row describes.</summary>
internal enum TokenKind : byte
{
    /// <summary>An element with everything inside it.</summary>
    Element,

    /// <summary>An attribute or a namespace declaration.</summary>
    Attribute,

    /// <summary>A run of character data or one CDATA section.</summary>
    Text,
}

/// <summary>What is known of a row beside its kind.</summary>
[Flags]
internal enum TokenFlags : byte
{
    None = 0,

    /// <summary>The value is not its own decoded form: it has references or line ends to normalise.</summary>
    Encoded = 1,

    /// <summary>A CDATA section: no references in it.</summary>
    CData = 2,

    /// <summary>An attribute that declares a namespace.</summary>
    Declaration = 4,

    /// <summary>The slice of the element means the same wherever the content namespace is the default.</summary>
    SelfContained = 8,
}

/// <summary>
/// One row of a stanza's flat table, 28 bytes. Rows are in document order: an element, its attributes, then its content.
/// <code>
/// field         element                      attribute                 text
/// Start         of its '&lt;'                   of its name               of its first byte
/// Length        through its end tag          of the value              of the run
/// Extra         rows it takes, itself too    start of the value        1, its own row
/// Key           element key                  head of the name          0
/// NameLength    of the qualified name        of the qualified name     0
/// PrefixLength  of the prefix, colon not     the same                  0
/// Binding       namespace binding in force   the same; 0 = no prefix   0
/// Attributes    rows of them, next to it     0                         0
/// </code>
/// All positions are bytes from the start of the stanza.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Token
{
    public int Start;
    public int Length;
    public int Extra;
    public ElementKey Key;
    public ushort NameLength;
    public ushort PrefixLength;
    public ushort Binding;
    public TokenKind Kind;
    public TokenFlags Flags;
    public ushort Attributes;

    /// <summary>The longest name, in bytes, that its head tells whole.</summary>
    public const int HeadLength = 4;

    /// <summary>Up to four first bytes of a name, so that whoever looks for an attribute compares one number; for names no longer than that it is the name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Head(ReadOnlySpan<byte> name) => name.Length switch
    {
        0 => 0u,
        1 => name[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(name),
        3 => BinaryPrimitives.ReadUInt16LittleEndian(name) | (uint)name[2] << 16,
        _ => BinaryPrimitives.ReadUInt32LittleEndian(name),
    };

    public readonly bool Has(TokenFlags flag) => (Flags & flag) != TokenFlags.None;
}
