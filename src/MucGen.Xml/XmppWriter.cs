using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace MucGen.Xml;

/// <summary>
/// Writes markup and text over an <see cref="IBufferWriter{T}"/>. Text is escaped by copying the runs between characters that need it.
/// What is written reaches the output with <see cref="Flush"/> or <see cref="Dispose"/>; pass it by reference, a copy would lose track.
/// Attributes are quoted with apostrophes.
/// </summary>
/// <remarks>Not a ref struct, because emitted writers hold it by reference, and C# has no references to those; so the window is an array segment.</remarks>
public struct XmppWriter : IDisposable
{
    private readonly IBufferWriter<byte> output;
    private byte[] window = [];
    private int start;
    private int position;
    private int end;
    private int flushed;
    private bool isRented;

    /// <summary>Starts writing behind what the output holds already.</summary>
    public XmppWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        this.output = output;
    }

    /// <summary>Bytes written through this writer: the place of a gap.</summary>
    public readonly int WrittenBytes => flushed + position - start;

    private readonly Span<byte> Free => window.AsSpan(position, end - position);

    /// <summary>Copies markup that is well-formed already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> markup)
    {
        if (markup.Length > end - position) Reserve(markup.Length);
        markup.CopyTo(Free);
        position += markup.Length;
    }

    /// <summary>Writes character data, escaped as needed; nothing when absent.</summary>
    public void Text(scoped XmlText value) => Escape(value, Escaping.InText);

    /// <summary>Writes <c> name='value'</c>; nothing when the value is absent.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, scoped XmlText value)
    {
        if (!value.IsPresent) return;
        StartAttribute(name);
        Escape(value, Escaping.InAttribute);
        Raw("'"u8);
    }

    /// <summary>Writes a decimal number; nothing when null.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } number) return;
        StartAttribute(name);
        Number(number);
        Raw("'"u8);
    }

    /// <summary>Writes a decimal number; nothing when null.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is not { } number) return;
        StartAttribute(name);
        Number(number);
        Raw("'"u8);
    }

    /// <summary>Writes a decimal number with its fraction; nothing when null.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is not { } number) return;
        StartAttribute(name);
        Number(number);
        Raw("'"u8);
    }

    /// <summary>Writes a floating-point number; nothing when null.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } number) return;
        StartAttribute(name);
        Number(number);
        Raw("'"u8);
    }

    /// <summary>Copies an attribute; one in a namespace gets a prefix of its own, declared beside it.</summary>
    /// <param name="attribute">What to copy.</param>
    /// <param name="number">How many were copied to the start tag before.</param>
    public void Attribute(scoped AttributeView attribute, int number)
    {
        if (attribute.Namespace.IsEmpty || attribute.Name.StartsWith("xml:"u8))
        {
            Attribute(attribute.Name, attribute.Value);
            return;
        }
        Raw(" xmlns:o"u8);
        Number(number);
        Raw("='"u8);
        Escaped(attribute.Namespace, Escaping.InAttribute);
        Raw("' o"u8);
        Number(number);
        Raw(":"u8);
        Raw(attribute.LocalName);
        Raw("='"u8);
        Escape(attribute.Value, Escaping.InAttribute);
        Raw("'"u8);
    }

    /// <summary>Writes "true" or "false"; nothing when null.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, bool? value)
    {
        if (value is not { } flag) return;
        StartAttribute(name);
        Raw(flag ? "true'"u8 : "false'"u8);
    }

    /// <summary>Writes a point in time in UTC (XEP-0082); nothing when null.</summary>
    public void Attribute(scoped ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is not { } instant) return;
        StartAttribute(name);
        Instant(instant);
        Raw("'"u8);
    }

    /// <summary>Writes <c>&lt;name&gt;value&lt;/name&gt;</c>; an empty element when the value is empty; nothing when it is absent.</summary>
    public void TextElement(scoped ReadOnlySpan<byte> name, scoped XmlText value)
    {
        if (!value.IsPresent) return;
        Raw("<"u8);
        Raw(name);
        if (value.IsEmpty)
        {
            Raw("/>"u8);
            return;
        }
        Raw(">"u8);
        Escape(value, Escaping.InText);
        Raw("</"u8);
        Raw(name);
        Raw(">"u8);
    }

    /// <summary>Writes base64 (RFC 4648 section 4) without line ends.</summary>
    public void Base64(scoped ReadOnlySpan<byte> data)
    {
        var length = System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(data.Length);
        Reserve(length);
        System.Buffers.Text.Base64.EncodeToUtf8(data, Free, out _, out var written);
        position += written;
    }

    /// <summary>Writes a point in time in UTC, with milliseconds when it has any (XEP-0082 section 3.2).</summary>
    public void Instant(DateTimeOffset value)
    {
        Reserve(Instants.LongestLength);
        position += Instants.Format(value, Free);
    }

    /// <summary>Writes a decimal number.</summary>
    public void Number(long value)
    {
        const int longest = 20;
        Reserve(longest);
        Utf8Formatter.TryFormat(value, Free, out var written);
        position += written;
    }

    /// <summary>Writes a decimal number.</summary>
    public void Number(ulong value)
    {
        const int longest = 20;
        Reserve(longest);
        Utf8Formatter.TryFormat(value, Free, out var written);
        position += written;
    }

    /// <summary>Writes a decimal number with as many digits behind the point as it has.</summary>
    public void Number(decimal value)
    {
        const int longest = 32;
        Reserve(longest);
        value.TryFormat(Free, out var written, default, CultureInfo.InvariantCulture);
        position += written;
    }

    /// <summary>Writes a floating-point number in the shortest way that reads as the same.</summary>
    public void Number(double value)
    {
        const int longest = 32;
        Reserve(longest);
        if (double.IsInfinity(value))
        {
            Raw(value > 0 ? "INF"u8 : "-INF"u8);
            return;
        }
        value.TryFormat(Free, out var written, default, CultureInfo.InvariantCulture);
        position += written;
    }

    /// <summary>
    /// Copies an element where the content namespace is the default. Its bytes go through as they came; when it leans on namespaces declared
    /// outside of it, those are declared on it.
    /// </summary>
    public void Element(scoped ElementView element) => Element(element, ContentNamespaces.Client);

    /// <summary>Copies an element where <paramref name="defaultNamespace"/> is the default.</summary>
    /// <param name="element">What to copy; nothing is written when it is absent.</param>
    /// <param name="defaultNamespace">The default namespace in force at the place of writing; empty for none.</param>
    public void Element(scoped ElementView element, scoped ReadOnlySpan<byte> defaultNamespace)
    {
        if (!element.IsPresent) return;
        if (element.IsSelfContained && ContentNamespaces.Contains(defaultNamespace)) Raw(element.Bytes);
        else NamespaceRepair.Write(ref this, element, defaultNamespace);
    }

    /// <summary>Writes an end tag; when nothing was written since the start tag, that becomes an empty element instead.</summary>
    /// <param name="endTag">The end tag as markup.</param>
    /// <param name="content">What <see cref="WrittenBytes"/> was behind the '&gt;' of the start tag.</param>
    public void EndElement(scoped ReadOnlySpan<byte> endTag, int content)
    {
        if (WrittenBytes != content || position == start)
        {
            Raw(endTag);
            return;
        }
        position--;
        Raw("/>"u8);
    }

    /// <summary>Hands what was written to the output.</summary>
    public void Flush()
    {
        var written = position - start;
        if (isRented)
        {
            output.Write(window.AsSpan(start, written));
            ArrayPool<byte>.Shared.Return(window);
            isRented = false;
        }
        else if (written > 0)
        {
            output.Advance(written);
        }
        flushed += written;
        window = [];
        start = position = end = 0;
    }

    /// <summary>The same as <see cref="Flush"/>.</summary>
    public void Dispose() => Flush();

    internal void Escaped(scoped ReadOnlySpan<byte> utf8, Escaping escaping) =>
        EscapeBytes(utf8, XmlTextKind.Utf8, escaping);

    private void StartAttribute(scoped ReadOnlySpan<byte> name)
    {
        Reserve(name.Length + 3);
        var free = Free;
        free[0] = (byte)' ';
        name.CopyTo(free[1..]);
        free[name.Length + 1] = (byte)'=';
        free[name.Length + 2] = (byte)'\'';
        position += name.Length + 3;
    }

    private void Reserve(int count)
    {
        if (count <= end - position) return;
        Flush();
        var memory = output.GetMemory(count);
        if (MemoryMarshal.TryGetArray<byte>(memory, out var segment))
        {
            window = segment.Array!;
            start = position = segment.Offset;
            end = segment.Offset + segment.Count;
        }
        else
        {
            // Native memory: gathered in a rented array and copied at the flush.
            window = ArrayPool<byte>.Shared.Rent(count);
            isRented = true;
            start = position = 0;
            end = window.Length;
        }
    }

    private void Escape(scoped XmlText value, Escaping escaping)
    {
        switch (value.Kind)
        {
            case XmlTextKind.Absent:
                return;
            case XmlTextKind.Jid when escaping == Escaping.InAttribute:
                Raw(((Jid)value.Source!).EscapedUtf8);
                return;
            case XmlTextKind.Runs:
                foreach (var run in new TextRuns((Stanza)value.Source!, value.Row))
                    Escape(run, escaping);
                return;
            case XmlTextKind.Text:
                EscapeChars((string)value.Source!, escaping);
                return;
            default:
                EscapeBytes(value.Bytes, value.Kind, escaping);
                return;
        }
    }

    private void EscapeChars(scoped ReadOnlySpan<char> chars, Escaping escaping)
    {
        Span<byte> chunk = stackalloc byte[256];
        while (!chars.IsEmpty)
        {
            Utf8.FromUtf16(chars, chunk, out var read, out var written, replaceInvalidSequences: true, isFinalBlock: true);
            EscapeBytes(chunk[..written], XmlTextKind.Utf8, escaping);
            chars = chars[read..];
        }
    }

    private void EscapeBytes(scoped ReadOnlySpan<byte> bytes, XmlTextKind kind, Escaping escaping)
    {
        while (true)
        {
            var plain = bytes.IndexOfAny(escaping.Stops(kind));
            if (plain < 0)
            {
                Raw(bytes);
                return;
            }
            Raw(bytes[..plain]);
            bytes = bytes[plain..];
            Raw(escaping.Replacement(kind, bytes, out var consumed));
            bytes = bytes[consumed..];
        }
    }
}
