using System.Buffers;

namespace MucGen.Xml.Tests;

/// <summary>Runs a framer over bytes that arrive in pieces.</summary>
internal static class Frames
{
    /// <summary>The frames as "kind text"; white space as one keep-alive however it arrives.</summary>
    public static List<string> Of(ReadOnlySpan<byte> stream, XmlLimits? limits = null, bool websocket = false)
    {
        var framer = new StreamFramer(limits ?? XmlLimits.Default, websocket);
        var frames = new List<string>();
        var buffer = new ReadOnlySequence<byte>(stream.ToArray());
        Take(ref framer, ref buffer, frames);
        return frames;
    }

    /// <summary>The same when the bytes up to each cut arrive at once, lying in one piece of memory.</summary>
    public static List<string> Arriving(byte[] stream, IEnumerable<int> cuts, XmlLimits? limits = null)
    {
        var framer = new StreamFramer(limits ?? XmlLimits.Default);
        var frames = new List<string>();
        var consumed = 0;
        foreach (var arrived in cuts.Append(stream.Length))
        {
            var buffer = new ReadOnlySequence<byte>(stream, consumed, arrived - consumed);
            Take(ref framer, ref buffer, frames);
            consumed = arrived - (int)buffer.Length;
            if (frames is [.., var last] && last.StartsWith("Fault", StringComparison.Ordinal)) break;
        }
        return frames;
    }

    /// <summary>The same when all bytes are there, in segments that end at the cuts.</summary>
    public static List<string> Segmented(byte[] stream, IEnumerable<int> cuts, XmlLimits? limits = null)
    {
        var framer = new StreamFramer(limits ?? XmlLimits.Default);
        var frames = new List<string>();
        var buffer = Sequence(stream, cuts);
        Take(ref framer, ref buffer, frames);
        return frames;
    }

    public static ReadOnlySequence<byte> Sequence(byte[] bytes, IEnumerable<int> cuts)
    {
        var start = 0;
        Segment? first = null;
        Segment? last = null;
        foreach (var cut in cuts.Append(bytes.Length))
        {
            last = new Segment(bytes.AsMemory(start, cut - start), last);
            first ??= last;
            start = cut;
        }
        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private static void Take(ref StreamFramer framer, ref ReadOnlySequence<byte> buffer, List<string> frames)
    {
        while (true)
        {
            var kind = framer.Read(ref buffer, out var frame, out var fault);
            if (kind == FrameKind.Incomplete) return;
            if (kind == FrameKind.Fault)
            {
                frames.Add($"Fault {fault}");
                return;
            }
            var text = kind == FrameKind.Whitespace ? "Whitespace" : $"{kind} {Corpus.Text(frame.ToArray())}";
            if (kind != FrameKind.Whitespace || frames is not [.., "Whitespace"]) frames.Add(text);
        }
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
