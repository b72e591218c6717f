using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MucGen.Xml;

/// <summary>Where the bytes of a text value stand, and so how they are decoded and escaped.</summary>
internal enum XmlTextKind : byte
{
    Absent,

    /// <summary>UTF-8 that is its own decoded form.</summary>
    Utf8,

    /// <summary>A string from code.</summary>
    Text,

    /// <summary>A prepared address, which knows its escaped form.</summary>
    Jid,

    /// <summary>An attribute's value as it came: references, white space to normalise.</summary>
    RawAttribute,

    /// <summary>A run of character data as it came: references, line ends to normalise.</summary>
    RawText,

    /// <summary>A CDATA section as it came: line ends to normalise.</summary>
    RawCData,

    /// <summary>The direct character data of an element that has more than one run of it.</summary>
    Runs,
}

/// <summary>
/// One text value: from the wire, still escaped, or from code. Reading it decodes; nothing is decoded before. The default value is "absent",
/// which differs from empty. Valid as long as the stanza it came from.
/// </summary>
public readonly ref struct XmlText
{
    // Characters of the longest number, word or instant worth reading, and room for them when a string turns out to be beyond ASCII.
    private const int LongestNumber = 64;
    private const int NumberScratch = LongestNumber * 3;

    private static readonly SearchValues<byte> FloatCharacters = SearchValues.Create("0123456789+-.eE"u8);

    // Three words, each stored at once: a copy made just after a value was composed of smaller parts waits for them to reach the cache.
    private readonly ref readonly byte start;
    private readonly ulong extent;
    internal readonly object? Source;

    /// <summary>Text that is UTF-8 already, not escaped.</summary>
    public XmlText(ReadOnlySpan<byte> utf8)
        : this(utf8, XmlTextKind.Utf8)
    {
    }

    /// <summary>Text from code; null is absent. Characters that XML forbids are written as U+FFFD.</summary>
    public XmlText(string? value)
    {
        Source = value;
        extent = Extent(0, value is null ? XmlTextKind.Absent : XmlTextKind.Text);
    }

    /// <summary>An address; null is absent.</summary>
    public XmlText(Jid? jid)
    {
        if (jid is null) return;
        start = ref MemoryMarshal.GetReference(jid.Utf8);
        extent = Extent(jid.Utf8.Length, XmlTextKind.Jid);
        Source = jid;
    }

    internal XmlText(ReadOnlySpan<byte> bytes, XmlTextKind kind)
    {
        start = ref MemoryMarshal.GetReference(bytes);
        extent = Extent(bytes.Length, kind);
    }

    internal XmlText(Stanza stanza, int elementRow)
    {
        Source = stanza;
        extent = Extent(elementRow, XmlTextKind.Runs);
    }

    internal XmlTextKind Kind => (XmlTextKind)(extent >> 32);

    /// <summary>The bytes in place; not to be asked of <see cref="XmlTextKind.Runs"/>, none for text from code.</summary>
    internal ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in start, (int)extent);

    /// <summary>The element whose runs these are.</summary>
    internal int Row => (int)extent;

    /// <summary>Whether there is a value at all; an empty one counts.</summary>
    public bool IsPresent => Kind != XmlTextKind.Absent;

    /// <summary>Absent, or of no characters.</summary>
    public bool IsEmpty => Kind switch
    {
        XmlTextKind.Text => ((string)Source!).Length == 0,
        XmlTextKind.Runs => MaxUtf8Length == 0,
        _ => Bytes.IsEmpty,
    };

    /// <summary>An upper bound for what <see cref="CopyTo"/> writes, in bytes.</summary>
    public int MaxUtf8Length => Kind is XmlTextKind.Text or XmlTextKind.Runs ? LongestUtf8() : (int)extent;

    /// <summary>The value without the white space around it (space, tab, line ends). Allocates when it comes from code or in several runs and has some.</summary>
    public XmlText Trimmed
    {
        get
        {
            switch (Kind)
            {
                case XmlTextKind.Absent or XmlTextKind.Jid:
                    return this;
                case XmlTextKind.Text or XmlTextKind.Runs:
                    return new XmlText(ToString().Trim(' ', '\t', '\r', '\n'));
                default:
                    return new XmlText(Bytes.Trim(" \t\r\n"u8), Kind);
            }
        }
    }

    /// <summary>An absent value when null.</summary>
    public static implicit operator XmlText(string? value) => new(value);

    /// <summary>UTF-8, not escaped.</summary>
    public static implicit operator XmlText(ReadOnlySpan<byte> utf8) => new(utf8);

    /// <summary>An absent value when null.</summary>
    public static implicit operator XmlText(Jid? jid) => new(jid);

    /// <summary>Compares decoded characters. Absent equals nothing, not even empty text. Allocates nothing.</summary>
    public bool Equals(ReadOnlySpan<byte> utf8)
    {
        switch (Kind)
        {
            case XmlTextKind.Absent:
                return false;
            case XmlTextKind.Utf8 or XmlTextKind.Jid:
                return Bytes.SequenceEqual(utf8);
            default:
                var pieces = new DecodedPieces(this, stackalloc byte[DecodedPieces.ScratchLength]);
                while (pieces.MoveNext())
                {
                    if (!utf8.StartsWith(pieces.Current)) return false;
                    utf8 = utf8[pieces.Current.Length..];
                }
                return utf8.IsEmpty;
        }
    }

    /// <summary>Writes the decoded value as UTF-8.</summary>
    /// <param name="destination">Room for <see cref="MaxUtf8Length"/> bytes suffices always.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int CopyTo(Span<byte> destination)
    {
        if (TryGetUtf8(out var utf8))
        {
            utf8.CopyTo(destination);
            return utf8.Length;
        }
        var written = 0;
        var pieces = new DecodedPieces(this, stackalloc byte[DecodedPieces.ScratchLength]);
        while (pieces.MoveNext())
        {
            pieces.Current.CopyTo(destination[written..]);
            written += pieces.Current.Length;
        }
        return written;
    }

    /// <summary>Gives the value in place when its bytes need no decoding. An absent value gives empty.</summary>
    public bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        var isInPlace = Kind is XmlTextKind.Utf8 or XmlTextKind.Jid or XmlTextKind.Absent;
        utf8 = isInPlace ? Bytes : default;
        return isInPlace;
    }

    /// <summary>The decoded value; "" when absent.</summary>
    public override string ToString()
    {
        if (Kind == XmlTextKind.Text) return (string)Source!;
        if (Kind == XmlTextKind.Jid) return Source!.ToString()!;
        if (TryGetUtf8(out var utf8)) return Encoding.UTF8.GetString(utf8);
        var rented = ArrayPool<byte>.Shared.Rent(MaxUtf8Length);
        var text = Encoding.UTF8.GetString(rented, 0, CopyTo(rented));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>The decoded value; null when absent.</summary>
    public string? ToStringOrNull() => IsPresent ? ToString() : null;

    /// <summary>Reads a decimal number; white space around it is allowed, as XML Schema has it.</summary>
    public bool TryParseInt32(out int value)
    {
        value = 0;
        return TryGetNumber(stackalloc byte[NumberScratch], out var digits)
            && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a decimal number that is not negative.</summary>
    public bool TryParseUInt32(out uint value)
    {
        value = 0;
        return TryGetNumber(stackalloc byte[NumberScratch], out var digits)
            && uint.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a decimal number of 64 bits.</summary>
    public bool TryParseInt64(out long value)
    {
        value = 0;
        return TryGetNumber(stackalloc byte[NumberScratch], out var digits)
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a decimal number of 64 bits that is not negative.</summary>
    public bool TryParseUInt64(out ulong value)
    {
        value = 0;
        return TryGetNumber(stackalloc byte[NumberScratch], out var digits)
            && ulong.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a decimal number that may have a fraction, without exponent.</summary>
    public bool TryParseDecimal(out decimal value)
    {
        value = 0;
        return TryGetNumber(stackalloc byte[NumberScratch], out var digits)
            && decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a floating-point number, <c>INF</c>, <c>-INF</c> or <c>NaN</c>.</summary>
    public bool TryParseDouble(out double value)
    {
        value = 0;
        if (!TryGetNumber(stackalloc byte[NumberScratch], out var digits)) return false;
        if (digits.SequenceEqual("INF"u8)) value = double.PositiveInfinity;
        else if (digits.SequenceEqual("-INF"u8)) value = double.NegativeInfinity;
        else if (digits.SequenceEqual("NaN"u8)) value = double.NaN;
        else return digits.IndexOfAnyExcept(FloatCharacters) < 0 && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        return true;
    }

    /// <summary>Reads "true", "1", "false" or "0".</summary>
    public bool TryParseBoolean(out bool value)
    {
        value = false;
        if (!TryGetNumber(stackalloc byte[NumberScratch], out var word)) return false;
        value = word.SequenceEqual("true"u8) || word.SequenceEqual("1"u8);
        return value || word.SequenceEqual("false"u8) || word.SequenceEqual("0"u8);
    }

    /// <summary>Reads a point in time as XEP-0082 section 3.2 writes it.</summary>
    public bool TryParseInstant(out DateTimeOffset value)
    {
        value = default;
        return TryGetNumber(stackalloc byte[NumberScratch], out var text) && Instants.TryParse(text, out value);
    }

    /// <summary>Decodes base64 (RFC 4648 section 4); white space is skipped. Allocates nothing.</summary>
    /// <param name="destination">Three quarters of <see cref="MaxUtf8Length"/> suffice always.</param>
    /// <param name="written">Bytes written.</param>
    /// <returns>False when absent, when not base64, or when the destination is too short.</returns>
    public bool TryDecodeBase64(Span<byte> destination, out int written)
    {
        written = 0;
        if (!IsPresent) return false;
        if (TryGetUtf8(out var utf8)) return Base64.DecodeFromUtf8(utf8, destination, out _, out written) == OperationStatus.Done;
        var rented = ArrayPool<byte>.Shared.Rent(MaxUtf8Length);
        var decoded = rented.AsSpan(0, CopyTo(rented));
        var status = Base64.DecodeFromUtf8(decoded, destination, out _, out written);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return status == OperationStatus.Done;
    }

    /// <summary>How many bytes, or the row of the element with the runs, and what they are.</summary>
    private static ulong Extent(int length, XmlTextKind kind) => (uint)length | ((ulong)kind << 32);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int LongestUtf8()
    {
        if (Kind == XmlTextKind.Text) return Encoding.UTF8.GetMaxByteCount(((string)Source!).Length);
        var length = 0;
        foreach (var run in new TextRuns((Stanza)Source!, Row))
            length += run.Bytes.Length;
        return length;
    }

    private bool TryGetNumber(Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        if (!TryGetUtf8(out value))
        {
            var isShort = Kind == XmlTextKind.Text ? ((string)Source!).Length <= LongestNumber : MaxUtf8Length <= LongestNumber;
            if (!isShort) return false;
            value = scratch[..CopyTo(scratch)];
        }
        value = value.Trim(" \t\r\n"u8);
        return !value.IsEmpty;
    }
}
