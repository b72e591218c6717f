using System.Buffers;
using System.Text;
using System.Xml;
using MucGen.Xml;
using NameTable = MucGen.Xml.NameTable;
using XmlText = MucGen.Xml.XmlText;

namespace MucGen.Fuzz;

/// <summary>
/// What must hold for any frame: our reader and <see cref="XmlReader"/> accept the same and understand the same; the framer finds the same
/// whatever the split; what the writer copies is read as the same again.
/// </summary>
public static class XmlTarget
{
    private static readonly XmlLimits Wide = new(MaxStanzaBytes: 1 << 20, MaxDepth: 256, MaxAttributes: 256, MaxChildren: 10_000);

    private static readonly byte[] Header =
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"u8.ToArray();

    /// <summary>Tries one frame.</summary>
    /// <returns>What does not hold; null when all does.</returns>
    public static string? Check(byte[] frame, Random random)
    {
        var expected = Infoset.OfXmlReader(frame, out var reason);
        if (!Stanza.TryRead(frame, NameTable.Empty, Wide, StreamNamespaces.Client, out var stanza, out var fault))
            return expected is null || IsOurRule(fault, expected) ? CheckFraming(frame, isAccepted: false, random) : $"refused ({fault}), but XmlReader accepts it";
        using (stanza)
        {
            var found = Infoset.Of(stanza.Root);
            if (expected is null) return HasNewerName(stanza) ? null : $"accepted, but XmlReader says: {reason}";
            if (found != expected) return $"read as\n{found}but XmlReader reads\n{expected}";
            return CheckFraming(frame, isAccepted: true, random) ?? CheckCopies(stanza.Root) ?? CheckRewriting(stanza.Root);
        }
    }

    /// <summary>What is understood of a frame, or the fault; for digests.</summary>
    public static string Describe(byte[] frame)
    {
        var framing = string.Join(' ', Frames(new ReadOnlySequence<byte>([.. Header, .. frame])));
        if (!Stanza.TryRead(frame, NameTable.Empty, Wide, StreamNamespaces.Client, out var stanza, out var fault)) return $"{framing} {fault}";
        using (stanza)
            return $"{framing} {Infoset.Of(stanza.Root)}";
    }

    // RFC 6120 section 4.8.5: content comes without a prefix. Namespaces in XML, section 3: no element has the prefix xmlns, which XmlReader
    // does not mind.
    private static bool IsOurRule(XmlFault fault, string expected)
    {
        var names = expected.Split('\n').Where(line => line.StartsWith("( {", StringComparison.Ordinal)).ToArray();
        return fault switch
        {
            XmlFault.BadNamespacePrefix => names.Any(name =>
                name.StartsWith("( {jabber:", StringComparison.Ordinal) && !name.Contains("}|", StringComparison.Ordinal)),
            XmlFault.NotWellFormed => names.Any(name => name.StartsWith("( {http://www.w3.org/2000/xmlns/}xmlns|", StringComparison.Ordinal)),
            _ => false,
        };
    }

    // XmlReader knows the names of the fourth edition of XML; the fifth allows more.
    private static bool HasNewerName(Stanza stanza)
    {
        for (var row = 0; row < stanza.RowCount; row++)
        {
            var token = stanza.Row(row);
            if (token.Kind == TokenKind.Text) continue;
            var start = token.Kind == TokenKind.Element ? token.Start + 1 : token.Start;
            foreach (var part in Encoding.UTF8.GetString(stanza.Slice(start, token.NameLength)).Split(':'))
            {
                try
                {
                    XmlConvert.VerifyNCName(part);
                }
                catch (XmlException)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static string? CheckFraming(byte[] frame, bool isAccepted, Random random)
    {
        byte[] stream = [.. Header, .. frame];
        var whole = Frames(new ReadOnlySequence<byte>(stream));
        if (isAccepted && (whole.Count != 2 || whole[1] != $"Stanza {frame.Length}")) return $"framed as {string.Join(", ", whole)}";
        var pieces = Frames(Split(stream, random));
        if (!whole.SequenceEqual(pieces)) return $"framed as {string.Join(", ", whole)} but in pieces as {string.Join(", ", pieces)}";
        var arriving = FramesArriving(stream, random);
        if (!whole.SequenceEqual(arriving)) return $"framed as {string.Join(", ", whole)} but arriving as {string.Join(", ", arriving)}";
        return CheckReading([.. stream, .. frame, .. "<after/>"u8], random);
    }

    // A reader gives what a framer and then the tokeniser give, in whatever pieces the stream lies.
    private static string? CheckReading(byte[] stream, Random random)
    {
        var expected = new List<string>();
        var framer = new StreamFramer(Wide);
        var rest = new ReadOnlySequence<byte>(stream);
        while (framer.Read(ref rest, out var frame, out var fault) is var kind and not FrameKind.Incomplete)
        {
            Stanza? stanza = null;
            if (kind == FrameKind.Stanza && !Stanza.TryRead(frame, NameTable.Empty, Wide, StreamNamespaces.Client, out stanza, out fault)) kind = FrameKind.Fault;
            if (kind != FrameKind.Whitespace) expected.Add(Said(kind, frame, stanza, fault));
            stanza?.Dispose();
            if (kind == FrameKind.Fault) break;
        }
        var once = Read(new ReadOnlySequence<byte>(stream));
        if (!expected.SequenceEqual(once)) return $"framed and tokenised as {string.Join(", ", expected)} but read as {string.Join(", ", once)}";
        var pieces = Read(Split(stream, random));
        return expected.SequenceEqual(pieces) ? null : $"framed and tokenised as {string.Join(", ", expected)} but read in pieces as {string.Join(", ", pieces)}";
    }

    private static List<string> Read(ReadOnlySequence<byte> stream)
    {
        var reader = new StanzaReader(NameTable.Empty, Wide);
        var said = new List<string>();
        while (true)
        {
            var kind = reader.Read(ref stream, StreamNamespaces.Client, out var frame, out var stanza, out var fault);
            if (kind == FrameKind.Incomplete) return said;
            if (kind != FrameKind.Whitespace) said.Add(Said(kind, frame, stanza, fault));
            stanza?.Dispose();
            if (kind == FrameKind.Fault) return said;
        }
    }

    private static string Said(FrameKind kind, ReadOnlySequence<byte> frame, Stanza? stanza, XmlFault fault) => kind switch
    {
        FrameKind.Stanza => $"{Encoding.UTF8.GetString(stanza!.Bytes)} {Infoset.Of(stanza.Root)}",
        FrameKind.Fault => $"Fault {fault}",
        _ => $"{kind} {frame.Length}",
    };

    private static List<string> Frames(ReadOnlySequence<byte> stream)
    {
        var framer = new StreamFramer(Wide);
        var frames = new List<string>();
        Take(ref framer, ref stream, frames);
        return frames;
    }

    private static List<string> FramesArriving(byte[] stream, Random random)
    {
        var framer = new StreamFramer(Wide);
        var frames = new List<string>();
        var consumed = 0;
        for (var arrived = 0; arrived < stream.Length;)
        {
            arrived = Math.Min(stream.Length, arrived + random.Next(1, 40));
            var buffer = new ReadOnlySequence<byte>(stream, consumed, arrived - consumed);
            Take(ref framer, ref buffer, frames);
            consumed = arrived - (int)buffer.Length;
            if (frames is [.., var last] && last.StartsWith("Fault", StringComparison.Ordinal)) break;
        }
        return frames;
    }

    // White space between frames is one keep-alive or several, as it happens to arrive.
    private static void Take(ref StreamFramer framer, ref ReadOnlySequence<byte> buffer, List<string> frames)
    {
        while (true)
        {
            var kind = framer.Read(ref buffer, out var frame, out var fault);
            if (kind is FrameKind.Whitespace && frames is [.., "Whitespace"]) continue;
            if (kind is not FrameKind.Incomplete)
                frames.Add(kind switch { FrameKind.Fault => $"Fault {fault}", FrameKind.Whitespace => "Whitespace", _ => $"{kind} {frame.Length}" });
            if (kind is FrameKind.Incomplete or FrameKind.Fault) return;
        }
    }

    private static ReadOnlySequence<byte> Split(byte[] bytes, Random random)
    {
        var first = new Segment(bytes.AsMemory(0, 0), null);
        var last = first;
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(0, 30), bytes.Length - at);
            last = new Segment(bytes.AsMemory(at, length), last);
            at += length;
        }
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    // Every element, copied to where nothing but the content namespace is in force, is still the same.
    private static string? CheckCopies(ElementView element)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new XmppWriter(output))
            writer.Element(element);
        if (!Stanza.TryRead(output.WrittenSpan, NameTable.Empty, Wide, Bare, out var copy, out var fault) && fault != XmlFault.BadNamespacePrefix)
            return $"copied as {Encoding.UTF8.GetString(output.WrittenSpan)}, which is refused ({fault})";
        using (copy)
        {
            var expected = Infoset.Of(element);
            if (copy is not null && Comparable(Infoset.Of(copy.Root)) != Comparable(expected))
                return $"copied as {Encoding.UTF8.GetString(output.WrittenSpan)}";
        }
        foreach (var child in element.Children)
            if (CheckCopies(child) is { } problem)
                return problem;
        return null;
    }

    // The three content namespaces mean the same.
    private static string Comparable(string infoset) =>
        infoset.Replace("{jabber:server}|", "{jabber:client}|", StringComparison.Ordinal);

    // Texts written by escaping, as text and as an attribute, are read as the same.
    private static string? CheckRewriting(ElementView element)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new XmppWriter(output))
        {
            writer.Raw("<a"u8);
            writer.Attribute("v"u8, element.Text);
            var number = 0;
            foreach (var attribute in element.Attributes)
                writer.Attribute(Encoding.UTF8.GetBytes($"a{number++}"), attribute.Value);
            writer.Attribute("s"u8, element.Text.ToString());
            writer.Raw(">"u8);
            writer.Text(element.Text);
            foreach (var attribute in element.Attributes)
                writer.TextElement("c"u8, attribute.Value);
            writer.Raw("</a>"u8);
        }
        if (!Stanza.TryRead(output.WrittenSpan, NameTable.Empty, Wide, StreamNamespaces.Client, out var copy, out var fault))
            return $"rewritten as {Encoding.UTF8.GetString(output.WrittenSpan)}, which is refused ({fault})";
        using (copy)
        {
            var isSame = IsSame(copy.Root.Attribute("v"u8), element.Text) && IsSame(copy.Root.Attribute("s"u8), element.Text)
                && IsSame(copy.Root.Text, element.Text);
            var number = 0;
            var children = copy.Root.Children;
            foreach (var attribute in element.Attributes)
                isSame &= IsSame(copy.Root.Attribute(Encoding.UTF8.GetBytes($"a{number++}")), attribute.Value)
                    && children.MoveNext() && IsSame(children.Current.Text, attribute.Value);
            if (!isSame) return $"rewritten as {Encoding.UTF8.GetString(output.WrittenSpan)}";
        }
        foreach (var child in element.Children)
            if (CheckRewriting(child) is { } problem)
                return problem;
        return null;
    }

    private static bool IsSame(XmlText left, XmlText right) =>
        left.ToString() == right.ToString() && left.Equals(Encoding.UTF8.GetBytes(right.ToString()));

    private static StreamNamespaces Bare { get; } = StreamNamespacesOf("<a xmlns='jabber:client'>"u8);

    private static StreamNamespaces StreamNamespacesOf(ReadOnlySpan<byte> header)
    {
        if (!Stanza.TryReadStreamHeader(header, NameTable.Empty, Wide, out var stanza, out var fault)) throw new InvalidOperationException(fault.ToString());
        using (stanza)
            return StreamNamespaces.FromHeader(stanza.Root);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
