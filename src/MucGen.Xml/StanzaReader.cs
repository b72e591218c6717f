using System.Buffers;

namespace MucGen.Xml;

/// <summary>
/// Reads a stream: its frames, and of those that are stanzas the tokens. A stanza that has arrived whole and in one piece, as nearly all
/// do, is looked at once: the tokeniser finds its end. All others the framer collects first. Both ways give the same stanzas, faults and
/// limits. A mutable struct: keep it in a field, pass it by reference.
/// </summary>
public struct StanzaReader
{
    private readonly XmlLimits limits;
    private readonly NameTable names;
    private StreamFramer framer;

    /// <summary>Starts before the stream header.</summary>
    /// <param name="names">The schemas to resolve keys with.</param>
    /// <param name="limits">What a stanza may cost.</param>
    /// <param name="websocket">Every frame is an element of its own, without a header around it (RFC 7395).</param>
    public StanzaReader(NameTable names, XmlLimits limits, bool websocket = false)
    {
        ArgumentNullException.ThrowIfNull(names);
        this.limits = limits;
        this.names = names;
        framer = new StreamFramer(limits, websocket);
    }

    /// <summary>Starts again before a stream header: after STARTTLS or SASL.</summary>
    public void Reset() => framer.Reset();

    /// <summary>Takes the next frame off the start of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">All bytes not yet consumed, as <see cref="StreamFramer.Read(ref ReadOnlySequence{byte}, out ReadOnlySequence{byte}, out XmlFault)"/> takes them.</param>
    /// <param name="namespaces">What stanzas inherit from the stream header.</param>
    /// <param name="frame">A frame that is no stanza, within the buffer.</param>
    /// <param name="stanza">For <see cref="FrameKind.Stanza"/>, a lease that the caller owns; otherwise null.</param>
    /// <param name="fault">Why the stream cannot go on: of its framing, or of the stanza. Every later call says the same, until <see cref="Reset"/>.</param>
    public FrameKind Read(
        ref ReadOnlySequence<byte> buffer, StreamNamespaces namespaces, out ReadOnlySequence<byte> frame, out Stanza? stanza, out XmlFault fault)
    {
        if (framer.IsBeforeStanza && Stanza.TryReadLeading(buffer.FirstSpan, names, limits, namespaces, out stanza))
        {
            buffer = buffer.Slice(stanza.Bytes.Length);
            frame = default;
            fault = XmlFault.None;
            return FrameKind.Stanza;
        }
        stanza = null;
        var kind = framer.Read(ref buffer, out frame, out fault);
        if (kind != FrameKind.Stanza) return kind;
        var isRead = Stanza.TryRead(frame, names, limits, namespaces, out stanza, out fault);
        frame = default;
        if (isRead) return FrameKind.Stanza;
        framer.Fail(fault);
        return FrameKind.Fault;
    }
}
