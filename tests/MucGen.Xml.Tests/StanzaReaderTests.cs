using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace MucGen.Xml.Tests;

public class StanzaReaderTests
{
    private static readonly byte[] Stream = Corpus.Stream();
    private static readonly List<string> Expected = Read(new ReadOnlySequence<byte>(Stream));

    [Fact]
    public void Gives_header_tokens_and_end()
    {
        var stanzas = new List<string>();
        foreach (var text in Corpus.Stanzas)
        {
            using var stanza = Stanza.Parse(text, NameTable.Empty);
            stanzas.Add(Said(stanza));
        }
        Assert.Equal($"StreamStart {Corpus.Header}", Expected[0]);
        Assert.Equal(stanzas, Expected.Where(said => said.StartsWith("Stanza", StringComparison.Ordinal)));
        Assert.Equal("StreamEnd </stream:stream>", Expected[^1]);
    }

    [Fact]
    public void Any_single_cut_gives_the_same_tokens()
    {
        for (var cut = 0; cut <= Stream.Length; cut++)
        {
            Assert.Equal(Expected, Arriving([cut]));
            Assert.Equal(Expected, Read(Frames.Sequence(Stream, [cut])));
        }
    }

    [Fact]
    public void Any_cuts_give_the_same_tokens() => Prop.ForAll(
        Gen.Choose(0, Stream.Length).ListOf().ToArbitrary(),
        cuts => Expected.SequenceEqual(Arriving(cuts.Order())) && Expected.SequenceEqual(Read(Frames.Sequence(Stream, cuts.Order()))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Byte_by_byte_gives_the_same_tokens() => Assert.Equal(Expected, Arriving(Enumerable.Range(0, Stream.Length)));

    // CI-6120-42, CI-6120-43, CI-6120-47 and CI-6120-51: faults of the framing and of the stanza, whole and in pieces.
    [Theory]
    [InlineData("text", XmlFault.NotWellFormed)]
    [InlineData("<a><!-- x --></a>", XmlFault.RestrictedXml)]
    [InlineData("<a>&custom;</a>", XmlFault.RestrictedXml)]
    [InlineData("<a b='1' b='2'/>", XmlFault.NotWellFormed)]
    [InlineData("<p:a/>", XmlFault.NotWellFormed)]
    [InlineData("<a>\u0001</a>", XmlFault.NotWellFormed)]
    [InlineData("<a><![CDATA[a long section, of more than one block of sixty-four bytes, and only then a character \u0001]]></a>", XmlFault.NotWellFormed)]
    [InlineData("<a><![CDATA[\uFFFF]]></a>", XmlFault.NotWellFormed)]
    [InlineData("<a><b><c><d/></c></b></a>", XmlFault.TooDeep)]
    [InlineData("<a a='' b='' c='' d=''/>", XmlFault.TooManyAttributes)]
    [InlineData("<a><b/><b/><b/><b/><b/></a>", XmlFault.TooManyChildren)]
    [InlineData("<a>0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789</a>", XmlFault.StanzaTooLarge)]
    public void Faults_are_the_same_however_they_arrive_and_stay(string stanza, XmlFault fault)
    {
        var limits = new XmlLimits(MaxStanzaBytes: 100, MaxDepth: 3, MaxAttributes: 3, MaxChildren: 4);
        if (stanza.Contains("CDATA", StringComparison.Ordinal)) limits = XmlLimits.Default;
        var stream = Corpus.Utf8($"<s:s><good/>{stanza}<after/>");
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            var buffer = Frames.Sequence(stream, [cut]);
            var reader = new StanzaReader(NameTable.Empty, limits);
            Assert.Equal("Fault " + fault, Take(ref reader, ref buffer)[^1]);
            Assert.Equal(FrameKind.Fault, reader.Read(ref buffer, StreamNamespaces.Client, out _, out var none, out var again));
            Assert.Equal(fault, again);
            Assert.Null(none);
        }
    }

    [Fact]
    public void What_is_not_UTF_8_is_refused_in_every_place()
    {
        foreach (var (before, after) in new[] { ("<a>", "</a>"), ("<a b='", "'/>"), ("<a", "/>"), ("<a><![CDATA[", "]]></a>"), ("<a>&lt;", "</a>") })
        {
            byte[] stream = [.. "<s:s>"u8, .. Corpus.Utf8(before), 0xED, 0xA0, 0x80, .. Corpus.Utf8(after)];
            Assert.Equal("Fault InvalidUtf8", Read(new ReadOnlySequence<byte>(stream))[^1]);
        }
    }

    [Fact]
    public void A_restart_expects_a_header()
    {
        var reader = new StanzaReader(NameTable.Empty, XmlLimits.Default);
        var first = new ReadOnlySequence<byte>(Corpus.Utf8("<s:s><a/>"));
        Assert.Equal(2, Take(ref reader, ref first).Count);
        reader.Reset();
        var second = new ReadOnlySequence<byte>(Corpus.Utf8("<s:s><a/>"));
        Assert.StartsWith("StreamStart", Take(ref reader, ref second)[0], StringComparison.Ordinal);
    }

    private static List<string> Read(ReadOnlySequence<byte> stream)
    {
        var reader = new StanzaReader(NameTable.Empty, XmlLimits.Default);
        return Take(ref reader, ref stream);
    }

    // All bytes up to each cut arrive at once, lying in one piece of memory.
    private static List<string> Arriving(IEnumerable<int> cuts)
    {
        var reader = new StanzaReader(NameTable.Empty, XmlLimits.Default);
        var said = new List<string>();
        var consumed = 0;
        foreach (var arrived in cuts.Append(Stream.Length))
        {
            var buffer = new ReadOnlySequence<byte>(Stream, consumed, arrived - consumed);
            said.AddRange(Take(ref reader, ref buffer));
            consumed = arrived - (int)buffer.Length;
        }
        return said;
    }

    // White space between stanzas, which is one keep-alive or several as it happens to arrive, is left out.
    private static List<string> Take(ref StanzaReader reader, ref ReadOnlySequence<byte> buffer)
    {
        var said = new List<string>();
        while (true)
        {
            var kind = reader.Read(ref buffer, StreamNamespaces.Client, out var frame, out var stanza, out var fault);
            if (kind == FrameKind.Incomplete) return said;
            Assert.Equal(kind == FrameKind.Stanza, stanza is not null);
            if (kind == FrameKind.Fault) said.Add($"Fault {fault}");
            else if (stanza is not null) said.Add(Said(stanza));
            else if (kind != FrameKind.Whitespace) said.Add($"{kind} {Corpus.Text(frame.ToArray())}");
            stanza?.Dispose();
            if (kind == FrameKind.Fault) return said;
        }
    }

    private static string Said(Stanza stanza) => $"Stanza {Corpus.Text(stanza.Bytes)} {MucGen.Fuzz.Infoset.Of(stanza.Root)}";
}
