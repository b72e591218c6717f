using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace MucGen.Xml;

/// <summary>
/// One stanza: its bytes, copied once, and their token table. A pooled lease with a reference count: whoever keeps it calls
/// <see cref="Retain"/>, whoever is done calls <see cref="Dispose"/>, and the last one returns it. Views and texts of a stanza are valid
/// while somebody holds it. Reading is thread-safe.
/// </summary>
public sealed partial class Stanza : IDisposable
{
    private byte[] buffer = [];
    private int length;
    private Token[] tokens = [];
    private int tokenCount;
    private NamespaceBinding[] bindings = [];
    private int bindingCount;
    private int holders;

    private Stanza()
    {
    }

    /// <summary>The stanza's element.</summary>
    /// <exception cref="ObjectDisposedException">Nobody holds the stanza any more.</exception>
    public ElementView Root
    {
        get
        {
            ThrowIfReturned();
            return new ElementView(this, 0);
        }
    }

    /// <summary>The stanza as it came, white space around it not included.</summary>
    /// <exception cref="ObjectDisposedException">Nobody holds the stanza any more.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ThrowIfReturned();
            return buffer.AsSpan(0, length);
        }
    }

    /// <summary>Reads one frame, copying it.</summary>
    /// <param name="frame">One element and nothing around it, as the framer gives it.</param>
    /// <param name="names">The schemas to resolve keys with.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="namespaces">What it inherits from its stream.</param>
    /// <param name="stanza">A lease that the caller owns.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> frame, NameTable names, in XmlLimits limits, StreamNamespaces namespaces,
        [NotNullWhen(true)] out Stanza? stanza, out XmlFault fault)
    {
        stanza = Rent(frame.Length);
        frame.CopyTo(stanza.buffer);
        fault = Tokenise(stanza, frame.Length, names, limits, namespaces, isHeader: false);
        return KeepUnless(fault, ref stanza);
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, NameTable, in XmlLimits, StreamNamespaces, out Stanza?, out XmlFault)"/>
    public static bool TryRead(
        in ReadOnlySequence<byte> frame, NameTable names, in XmlLimits limits, StreamNamespaces namespaces,
        [NotNullWhen(true)] out Stanza? stanza, out XmlFault fault)
    {
        if (frame.IsSingleSegment) return TryRead(frame.FirstSpan, names, limits, namespaces, out stanza, out fault);
        var frameLength = checked((int)frame.Length);
        stanza = Rent(frameLength);
        frame.CopyTo(stanza.buffer);
        fault = Tokenise(stanza, frameLength, names, limits, namespaces, isHeader: false);
        return KeepUnless(fault, ref stanza);
    }

    /// <summary>Reads the stanza at the start of bytes that may go on behind it: one pass finds its end, checks it and fills its table.</summary>
    /// <returns>
    /// False when it is faulty, too large or does not end; the framer tells these apart, at leisure, and
    /// <see cref="TryRead(ReadOnlySpan{byte}, NameTable, in XmlLimits, StreamNamespaces, out Stanza?, out XmlFault)"/> says why.
    /// </returns>
    internal static bool TryReadLeading(
        ReadOnlySpan<byte> bytes, NameTable names, XmlLimits limits, StreamNamespaces namespaces, [NotNullWhen(true)] out Stanza? stanza)
    {
        if (bytes.Length > limits.MaxStanzaBytes) bytes = bytes[..limits.MaxStanzaBytes];
        stanza = Rent(0);
        stanza.Prepare(names, namespaces);
        var tokeniser = new Tokeniser(stanza, bytes, names, limits);
        if (!tokeniser.TryReadLeadingStanza(out var length))
        {
            stanza.Dispose();
            stanza = null;
            return false;
        }
        stanza.EnsureBuffer(length);
        stanza.length = length;
        bytes[..length].CopyTo(stanza.buffer);
        return true;
    }

    /// <summary>Reads a stream header: an optional XML declaration and a start tag, which becomes an element without content.</summary>
    /// <param name="frame">A frame of kind <see cref="FrameKind.StreamStart"/>.</param>
    /// <param name="names">The schemas to resolve keys with.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="header">A lease that the caller owns.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryReadStreamHeader(
        ReadOnlySpan<byte> frame, NameTable names, in XmlLimits limits, [NotNullWhen(true)] out Stanza? header, out XmlFault fault)
    {
        header = Rent(frame.Length);
        frame.CopyTo(header.buffer);
        fault = Tokenise(header, frame.Length, names, limits, default, isHeader: true);
        return KeepUnless(fault, ref header);
    }

    /// <inheritdoc cref="TryReadStreamHeader(ReadOnlySpan{byte}, NameTable, in XmlLimits, out Stanza?, out XmlFault)"/>
    public static bool TryReadStreamHeader(
        in ReadOnlySequence<byte> frame, NameTable names, in XmlLimits limits, [NotNullWhen(true)] out Stanza? header, out XmlFault fault)
    {
        if (frame.IsSingleSegment) return TryReadStreamHeader(frame.FirstSpan, names, limits, out header, out fault);
        var frameLength = checked((int)frame.Length);
        header = Rent(frameLength);
        frame.CopyTo(header.buffer);
        fault = Tokenise(header, frameLength, names, limits, default, isHeader: true);
        return KeepUnless(fault, ref header);
    }

    /// <summary>Reads a stanza as a client's stream would carry it; for tests and tools.</summary>
    /// <exception cref="FormatException">It is not an XMPP stanza; the message names the fault.</exception>
    public static Stanza Parse(ReadOnlySpan<byte> xml, NameTable names)
    {
        if (TryRead(xml, names, XmlLimits.Default, StreamNamespaces.Client, out var stanza, out var fault)) return stanza;
        throw new FormatException($"The text is not an XMPP stanza: {fault}.");
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, NameTable)"/>
    public static Stanza Parse(string xml, NameTable names)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(Encoding.UTF8.GetBytes(xml), names);
    }

    internal int RowCount => tokenCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Token Row(int row) => ref tokens[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Slice(int start, int count) => buffer.AsSpan(start, count);

    internal ReadOnlySpan<byte> UriOf(int binding)
    {
        ref readonly var entry = ref bindings[binding];
        return entry.OwnUri ?? buffer.AsSpan(entry.UriStart, entry.UriLength);
    }

    internal ReadOnlySpan<byte> PrefixOf(int binding)
    {
        ref readonly var entry = ref bindings[binding];
        return entry.OwnPrefix ?? buffer.AsSpan(entry.PrefixStart, entry.PrefixLength);
    }

    internal ref readonly NamespaceBinding Binding(int binding) => ref bindings[binding];

    internal int BindingCount => bindingCount;

    // Not inlined, as it would use up what the compiler grants a reader that takes several texts.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal XmlText TextIn(int element)
    {
        var first = 0;
        var end = element + tokens[element].Extra;
        for (var row = element + 1 + tokens[element].Attributes; row < end; row += tokens[row].Extra)
        {
            if (tokens[row].Kind != TokenKind.Text) continue;
            if (first != 0) return new XmlText(this, element);
            first = row;
        }
        return first == 0 ? new XmlText(default, XmlTextKind.Utf8) : TextAt(first);
    }

    internal XmlText TextAt(int row)
    {
        ref readonly var token = ref tokens[row];
        var kind = (token.Flags & (TokenFlags.Encoded | TokenFlags.CData)) switch
        {
            TokenFlags.Encoded => XmlTextKind.RawText,
            TokenFlags.Encoded | TokenFlags.CData => XmlTextKind.RawCData,
            _ => XmlTextKind.Utf8,
        };
        return new XmlText(buffer.AsSpan(token.Start, token.Length), kind);
    }

    /// <summary>The value of an attribute; absent when the element has none of that name.</summary>
    /// <param name="element">The element's row.</param>
    /// <param name="head">The head of the name.</param>
    /// <param name="qualifiedName">The name as written.</param>
    internal XmlText AttributeOf(int element, uint head, ReadOnlySpan<byte> qualifiedName)
    {
        foreach (ref readonly var token in tokens.AsSpan(element + 1, tokens[element].Attributes))
            if (IsNamed(in token, head, qualifiedName) && !token.Has(TokenFlags.Declaration))
                return ValueOf(in token);
        return default;
    }

    /// <summary>Whether the row of an attribute has that name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsNamed(ref readonly Token token, uint head, ReadOnlySpan<byte> qualifiedName) =>
        token.Key == (ElementKey)head && token.NameLength == qualifiedName.Length
        && (qualifiedName.Length <= Token.HeadLength || Slice(token.Start, token.NameLength).SequenceEqual(qualifiedName));

    internal XmlText ValueAt(int row) => ValueOf(in tokens[row]);

    internal XmlText ValueOf(ref readonly Token token)
    {
        var kind = token.Has(TokenFlags.Encoded) ? XmlTextKind.RawAttribute : XmlTextKind.Utf8;
        return new XmlText(buffer.AsSpan(token.Extra, token.Length), kind);
    }

    private static bool KeepUnless(XmlFault fault, [NotNullWhen(true)] ref Stanza? stanza)
    {
        if (fault == XmlFault.None && stanza is not null) return true;
        stanza?.Dispose();
        stanza = null;
        return false;
    }

    private static XmlFault Tokenise(Stanza stanza, int frameLength, NameTable names, XmlLimits limits, StreamNamespaces namespaces, bool isHeader)
    {
        stanza.length = frameLength;
        if (frameLength > limits.MaxStanzaBytes) return XmlFault.StanzaTooLarge;
        stanza.Prepare(names, namespaces);
        var tokeniser = new Tokeniser(stanza, stanza.buffer.AsSpan(0, frameLength), names, limits);
        return isHeader ? tokeniser.ReadHeader() : tokeniser.ReadStanza();
    }

    private void ThrowIfReturned() => ObjectDisposedException.ThrowIf(Volatile.Read(ref holders) <= 0, this);
}
