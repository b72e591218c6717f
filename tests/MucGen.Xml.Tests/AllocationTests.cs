namespace MucGen.Xml.Tests;

/// <summary>The path of a message allocates nothing once it is warm; measured on this thread, on every build.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Rounds = 200;

    // A namespace name with references in it is decoded to an array of its own: the one thing in reading that allocates, and nobody sends it.
    private readonly byte[] stream = Corpus.Utf8(string.Concat(Corpus.Stanzas.Where(stanza => !stanza.Contains("xmlns:x='urn:with&amp;", StringComparison.Ordinal))));
    private readonly TestNames names = new();
    private readonly JidCache jids = new();
    private readonly PooledBufferWriter output = new(64 * 1024);

    public void Dispose() => output.Dispose();

    [Fact]
    public void Framing_reading_and_copying_allocate_nothing() => AssertNothing(() =>
    {
        var framer = new StreamFramer(XmlLimits.Default, websocket: true);
        ReadOnlySpan<byte> rest = stream;
        output.Clear();
        while (framer.Read(rest, out var length, out _) == FrameKind.Stanza)
        {
            if (!Stanza.TryRead(rest[..length], names, XmlLimits.Default, StreamNamespaces.Client, out var stanza, out _))
                throw new InvalidOperationException();
            Copy(stanza.Retain());
            stanza.Dispose();
            rest = rest[length..];
        }
    });

    [Fact]
    public void Reading_a_stream_allocates_nothing() => AssertNothing(() =>
    {
        var reader = new StanzaReader(names, XmlLimits.Default, websocket: true);
        var buffer = new System.Buffers.ReadOnlySequence<byte>(stream);
        while (reader.Read(ref buffer, StreamNamespaces.Client, out _, out var stanza, out _) == FrameKind.Stanza)
            stanza!.Dispose();
        if (!buffer.IsEmpty) throw new InvalidOperationException();
    });

    [Fact]
    public void Reading_in_segments_allocates_nothing()
    {
        var bytes = Corpus.Utf8(Corpus.Groupchat);
        var sequence = Frames.Sequence(bytes, [10, 100, 200]);
        AssertNothing(() =>
        {
            var framer = new StreamFramer(XmlLimits.Default, websocket: true);
            var buffer = sequence;
            framer.Read(ref buffer, out var frame, out _);
            if (!Stanza.TryRead(frame, names, XmlLimits.Default, StreamNamespaces.Client, out var stanza, out _)) throw new InvalidOperationException();
            stanza.Dispose();
        });
    }

    [Fact]
    public void Addresses_seen_before_allocate_nothing()
    {
        using var stanza = Stanza.Parse(Corpus.Groupchat, names);
        AssertNothing(() =>
        {
            if (!jids.TryGet(stanza.Root.Attribute("to"u8), out _, out _)) throw new InvalidOperationException();
        });
    }

    [Fact]
    public void Reading_values_allocates_nothing()
    {
        using var stanza = Stanza.Parse("<a n='12' b='&#116;rue' t='2024-01-01T00:00:00.5Z'>AA&#69;C</a>", names);
        var destination = new byte[16];
        AssertNothing(() =>
        {
            var root = stanza.Root;
            var isRead = root.Attribute("n"u8).TryParseInt32(out _) && root.Attribute("b"u8).TryParseBoolean(out _)
                && root.Attribute("t"u8).TryParseInstant(out _) && root.Text.TryDecodeBase64(destination, out _)
                && root.Attribute("b"u8).Equals("true"u8) && root.Text.CopyTo(destination) == 4;
            if (!isRead) throw new InvalidOperationException();
        });
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var jid = Jid.Parse("a@b/c&d");
        AssertNothing(() =>
        {
            output.Clear();
            using var writer = new XmppWriter(output);
            writer.Attribute("to"u8, jid);
            writer.Attribute("s"u8, "some <text> from code");
            writer.Attribute("n"u8, 12);
            writer.Attribute("t"u8, DateTimeOffset.UnixEpoch);
            writer.Base64([1, 2, 3]);
            writer.TextElement("e"u8, "more & more");
        });
    }

    private void Copy(Stanza stanza)
    {
        using var writer = new XmppWriter(output);
        foreach (var attribute in stanza.Root.Attributes)
            writer.Attribute(attribute.Name, attribute.Value);
        writer.Text(stanza.Root.Text);
        foreach (var child in stanza.Root.Children)
        {
            writer.Element(child);
            writer.TextElement(child.LocalName, child.Text);
        }
        stanza.Dispose();
    }

    private static void AssertNothing(Action action)
    {
        // Long enough for the runtime to have compiled what it compiles again when a method turns out to be hot.
        for (var round = 0; round < Rounds; round++)
            action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
