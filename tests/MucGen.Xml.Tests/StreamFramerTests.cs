using FsCheck;
using FsCheck.Fluent;

namespace MucGen.Xml.Tests;

public class StreamFramerTests
{
    [Fact]
    public void Gives_header_stanzas_keep_alives_and_end()
    {
        var frames = Frames.Of(Corpus.Stream());
        Assert.Equal($"StreamStart {Corpus.Header}", frames[0]);
        Assert.Equal(Corpus.Stanzas.Select(stanza => $"Stanza {stanza}"), frames.Where(frame => frame.StartsWith("Stanza", StringComparison.Ordinal)));
        Assert.Equal("StreamEnd </stream:stream>", frames[^1]);
        Assert.Contains("Whitespace", frames);
    }

    [Fact]
    public void Any_single_cut_gives_the_same_frames()
    {
        var stream = Corpus.Stream();
        var whole = Frames.Of(stream);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            Assert.Equal(whole, Frames.Arriving(stream, [cut]));
            Assert.Equal(whole, Frames.Segmented(stream, [cut]));
        }
    }

    [Fact]
    public void Any_cuts_give_the_same_frames()
    {
        var stream = Corpus.Stream();
        var whole = Frames.Of(stream);
        Prop.ForAll(
            Gen.Choose(0, stream.Length).ListOf().ToArbitrary(),
            cuts => whole.SequenceEqual(Frames.Arriving(stream, cuts.Order())) && whole.SequenceEqual(Frames.Segmented(stream, cuts.Order())))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Byte_by_byte_gives_the_same_frames()
    {
        var stream = Corpus.Stream();
        Assert.Equal(Frames.Of(stream), Frames.Arriving(stream, Enumerable.Range(0, stream.Length)));
        Assert.Equal(Frames.Of(stream), Frames.Segmented(stream, Enumerable.Range(0, stream.Length)));
    }

    [Fact]
    public void Any_cuts_of_a_stanza_give_the_same_tokens()
    {
        foreach (var text in Corpus.Stanzas)
        {
            var bytes = Corpus.Utf8(text);
            using var whole = Stanza.Parse(bytes, NameTable.Empty);
            var expected = MucGen.Fuzz.Infoset.Of(whole.Root);
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                var isRead = Stanza.TryRead(
                    Frames.Sequence(bytes, [cut / 2, cut]), NameTable.Empty, XmlLimits.Default, StreamNamespaces.Client, out var stanza, out _);
                Assert.True(isRead);
                using (stanza)
                    Assert.Equal(expected, MucGen.Fuzz.Infoset.Of(stanza!.Root));
            }
        }
    }

    // CI-6120-42 and CI-6120-47; every fault is the same however the bytes arrive.
    [Theory]
    [InlineData("hello", XmlFault.NotWellFormed)]
    [InlineData("GET / HTTP/1.1\r\n", XmlFault.NotWellFormed)]
    [InlineData("\uFEFF<?xml version='1.0'?>", XmlFault.NotWellFormed)]
    [InlineData("<!DOCTYPE stream><stream:stream>", XmlFault.RestrictedXml)]
    [InlineData("<!-- x --><stream:stream>", XmlFault.RestrictedXml)]
    [InlineData("<?xml version='1.0'?><?pi?><stream:stream>", XmlFault.RestrictedXml)]
    [InlineData("<stream:stream><!-- x -->", XmlFault.RestrictedXml)]
    [InlineData("<stream:stream><?pi?>", XmlFault.RestrictedXml)]
    [InlineData("<stream:stream><![CDATA[x]]>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream>text", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream><a><!-- x --></a>", XmlFault.RestrictedXml)]
    [InlineData("<stream:stream><a><?pi?></a>", XmlFault.RestrictedXml)]
    [InlineData("<stream:stream><a><!ENTITY x></a>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream><a b='<'/>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream><a <b/>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream><a></a <b>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream>< a/>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream><>", XmlFault.NotWellFormed)]
    [InlineData("</stream:stream>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream></stream:stream><a/>", XmlFault.NotWellFormed)]
    public void Faults_end_the_stream(string stream, XmlFault fault)
    {
        var bytes = Corpus.Utf8(stream);
        Assert.Equal($"Fault {fault}", Frames.Of(bytes)[^1]);
        Assert.Equal(Frames.Of(bytes), Frames.Arriving(bytes, Enumerable.Range(0, bytes.Length)));
        Assert.Equal(Frames.Of(bytes), Frames.Segmented(bytes, Enumerable.Range(0, bytes.Length)));
    }

    // CI-6120-43: limits, before a stanza is complete.
    [Theory]
    [InlineData("<s:s><message><body>0123456789012345678901234567890123456789", XmlFault.StanzaTooLarge)]
    [InlineData("<s:s aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", XmlFault.StanzaTooLarge)]
    [InlineData("<s:s><a><a><a><a", XmlFault.TooDeep)]
    [InlineData("<s:s><a a='' b='' c='' d='", XmlFault.TooManyAttributes)]
    [InlineData("<s:s a='' b='' c='' d='", XmlFault.TooManyAttributes)]
    [InlineData("<s:s><a><b/><b/><b/><b/><b", XmlFault.TooManyChildren)]
    public void Limits_hold_while_the_stanza_arrives(string stream, XmlFault fault)
    {
        var limits = new XmlLimits(MaxStanzaBytes: 50, MaxDepth: 3, MaxAttributes: 3, MaxChildren: 4);
        var bytes = Corpus.Utf8(stream);
        Assert.Equal($"Fault {fault}", Frames.Of(bytes, limits)[^1]);
        Assert.Equal(Frames.Of(bytes, limits), Frames.Arriving(bytes, Enumerable.Range(0, bytes.Length), limits));
        Assert.Equal(Frames.Of(bytes, limits), Frames.Segmented(bytes, Enumerable.Range(0, bytes.Length), limits));
    }

    [Fact]
    public void What_is_exactly_at_the_limits_passes()
    {
        var limits = new XmlLimits(MaxStanzaBytes: 50, MaxDepth: 3, MaxAttributes: 3, MaxChildren: 4);
        const string stanza = "<a a='' b='' c=''><b><c/><c/></b><b>12345678</b></a>";
        var trimmed = stanza.Replace("12345678", "123456", StringComparison.Ordinal);
        Assert.Equal(50, trimmed.Length);
        Assert.Equal([$"StreamStart <s:s>", $"Stanza {trimmed}"], Frames.Of(Corpus.Utf8($"<s:s>{trimmed}"), limits));
        Assert.Equal("Fault StanzaTooLarge", Frames.Of(Corpus.Utf8($"<s:s>{stanza}"), limits)[^1]);
        Assert.True(Stanza.TryRead(Corpus.Utf8(trimmed), NameTable.Empty, limits, StreamNamespaces.Client, out var read, out _));
        read.Dispose();
    }

    [Fact]
    public void A_fault_stays_until_the_stream_restarts()
    {
        var framer = new StreamFramer(XmlLimits.Default);
        Assert.Equal(FrameKind.Fault, framer.Read("x"u8, out _, out _));
        Assert.Equal(FrameKind.Fault, framer.Read("<a>"u8, out _, out var fault));
        Assert.Equal(XmlFault.NotWellFormed, fault);
        framer.Reset();
        Assert.Equal(FrameKind.StreamStart, framer.Read("<a>"u8, out var length, out _));
        Assert.Equal(3, length);
    }

    [Fact]
    public void White_space_before_a_restarted_header_is_a_keep_alive()
    {
        Assert.Equal(["Whitespace", "StreamStart <?xml version='1.0'?> <s:s>"], Frames.Of("\n <?xml version='1.0'?> <s:s>"u8));
    }

    [Fact]
    public void A_header_that_is_closed_at_once_ends_the_stream()
    {
        Assert.Equal(["StreamStart <s:s/>", "StreamEnd "], Frames.Of("<s:s/>"u8));
    }

    // CI-7395-04 and CI-7395-05.
    [Fact]
    public void WebSocket_frames_stand_alone()
    {
        Assert.Equal(["Stanza <open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"], Frames.Of("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"u8, websocket: true));
        Assert.Equal(["Fault NotWellFormed"], Frames.Of(" <open/>"u8, websocket: true));
        Assert.Equal(["Fault RestrictedXml"], Frames.Of("<?xml version='1.0'?><open/>"u8, websocket: true));
        Assert.Equal(["Fault NotWellFormed"], Frames.Of("</open>"u8, websocket: true));
    }

    [Fact]
    public void Incomplete_frames_stay_in_the_buffer()
    {
        var framer = new StreamFramer(XmlLimits.Default);
        framer.Read("<s:s>"u8, out _, out _);
        var buffer = new System.Buffers.ReadOnlySequence<byte>("<a><b/>"u8.ToArray());
        Assert.Equal(FrameKind.Incomplete, framer.Read(ref buffer, out var frame, out _));
        Assert.Equal(7, buffer.Length);
        Assert.True(frame.IsEmpty);
    }
}
