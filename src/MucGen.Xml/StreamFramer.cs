using System.Buffers;

namespace MucGen.Xml;

/// <summary>What the framer found.</summary>
public enum FrameKind
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>The stream header, with the XML declaration before it if there is one.</summary>
    StreamStart,

    /// <summary>A first-level element: a stanza, or an element of stream negotiation.</summary>
    Stanza,

    /// <summary>The end tag of the stream.</summary>
    StreamEnd,

    /// <summary>White space between stanzas: a keep-alive.</summary>
    Whitespace,

    /// <summary>The stream cannot go on.</summary>
    Fault,
}

/// <summary>
/// Finds where the frames of a stream begin and end, over any split of its bytes, and enforces the limits while they arrive. It parses no
/// values: the tokeniser decides on well-formedness. A mutable struct: keep it in a field, pass it by reference.
/// </summary>
/// <remarks>
/// The algorithm counts open elements. Behind a '&lt;' the next byte tells a start tag, an end tag and CDATA apart; within a tag only
/// quotes and the '&gt;' matter. State between calls is a handful of numbers, so no byte is looked at twice.
/// </remarks>
public partial struct StreamFramer
{
    private readonly XmlLimits limits;
    private readonly bool isWebSocket;
    private int scanned;
    private bool isStarted;
    private bool endsAtOnce;
    private bool isEnded;
    private XmlFault failed;
    private State state;
    private byte quote;
    private bool afterSlash;
    private bool isHeader;
    private int matched;
    private int depth;
    private int elements;
    private int attributes;
    private bool hasDeclaration;

    /// <summary>Starts before the stream header.</summary>
    /// <param name="limits">What a stanza may cost.</param>
    /// <param name="websocket">Every frame is an element of its own, without a header around it (RFC 7395).</param>
    public StreamFramer(XmlLimits limits, bool websocket = false)
    {
        ArgumentNullException.ThrowIfNull(limits);
        this.limits = limits;
        isWebSocket = websocket;
        isStarted = websocket;
    }

    /// <summary>Starts again before a stream header: after STARTTLS or SASL.</summary>
    public void Reset()
    {
        StartFrame();
        hasDeclaration = false;
        isStarted = isWebSocket;
        endsAtOnce = false;
        isEnded = false;
        failed = XmlFault.None;
    }

    /// <summary>Takes the next frame off the start of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">All bytes not yet consumed. On return, the frame is cut off it. Bytes of an incomplete frame stay and must be given again, followed by more.</param>
    /// <param name="frame">The frame, within the buffer; empty when incomplete or at a fault.</param>
    /// <param name="fault">Why the stream cannot go on. Every later call says the same, until <see cref="Reset"/>.</param>
    public FrameKind Read(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out XmlFault fault)
    {
        frame = default;
        if (buffer.IsSingleSegment)
        {
            var kind = Read(buffer.FirstSpan, out var length, out fault);
            return Cut(ref buffer, kind, length, out frame);
        }
        fault = failed;
        if (failed != XmlFault.None) return FrameKind.Fault;
        var rest = buffer.Slice(scanned);
        var found = FrameKind.Incomplete;
        foreach (var segment in rest)
        {
            found = Scan(segment.Span, out fault);
            if (found != FrameKind.Incomplete) break;
        }
        var frameLength = scanned;
        Finish(found);
        return Cut(ref buffer, found, frameLength, out frame);
    }

    /// <summary>Finds the next frame at the start of contiguous bytes.</summary>
    /// <param name="bytes">All bytes not yet consumed.</param>
    /// <param name="length">Bytes of the frame, to be consumed by the caller; 0 when incomplete or at a fault.</param>
    /// <param name="fault">Why the stream cannot go on.</param>
    public FrameKind Read(ReadOnlySpan<byte> bytes, out int length, out XmlFault fault)
    {
        length = 0;
        fault = failed;
        if (failed != XmlFault.None) return FrameKind.Fault;
        var kind = Scan(bytes[scanned..], out fault);
        if (kind is not (FrameKind.Incomplete or FrameKind.Fault)) length = scanned;
        Finish(kind);
        return kind;
    }

    /// <summary>Whether a stanza may start at the next byte, and nothing of it has been looked at.</summary>
    internal readonly bool IsBeforeStanza => scanned == 0 && isStarted && !isEnded && !endsAtOnce && failed == XmlFault.None;

    /// <summary>A stanza of the stream is faulty in itself: the stream cannot go on, until <see cref="Reset"/>.</summary>
    internal void Fail(XmlFault fault) => failed = fault;

    private static FrameKind Cut(ref ReadOnlySequence<byte> buffer, FrameKind kind, int length, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (kind is FrameKind.Incomplete or FrameKind.Fault) return kind;
        var end = buffer.GetPosition(length);
        frame = buffer.Slice(0, end);
        buffer = buffer.Slice(end);
        return kind;
    }

    private void Finish(FrameKind kind)
    {
        if (kind is FrameKind.Incomplete or FrameKind.Fault) return;
        StartFrame();
    }

    private void StartFrame()
    {
        scanned = 0;
        state = State.Between;
        depth = 0;
        elements = 0;
    }
}
