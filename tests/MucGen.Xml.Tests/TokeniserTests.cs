namespace MucGen.Xml.Tests;

public class TokeniserTests
{
    private static readonly XmlLimits Small = new(MaxStanzaBytes: 1000, MaxDepth: 3, MaxAttributes: 3, MaxChildren: 4);

    [Theory]
    [MemberData(nameof(Corpus.StanzaData), MemberType = typeof(Corpus))]
    public void Reads_what_XmlReader_reads(string stanza)
    {
        Assert.Null(MucGen.Fuzz.XmlTarget.Check(Corpus.Utf8(stanza), new Random(1)));
        Assert.NotNull(MucGen.Fuzz.Infoset.OfXmlReader(Corpus.Utf8(stanza), out _));
    }

    // CI-6120-42: not well-formed by XML or by its namespaces.
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("<a>")]
    [InlineData("<a/> ")]
    [InlineData(" <a/>")]
    [InlineData("<a/><b/>")]
    [InlineData("<a></b>")]
    [InlineData("<a></a b>")]
    [InlineData("<a></ a>")]
    [InlineData("<a><b></a></b>")]
    [InlineData("<a")]
    [InlineData("<a /")]
    [InlineData("<a / >")]
    [InlineData("< a/>")]
    [InlineData("<1/>")]
    [InlineData("<-a/>")]
    [InlineData("<a:/>")]
    [InlineData("<:a/>")]
    [InlineData("<a:b:c xmlns:a='x'/>")]
    [InlineData("<a:1 xmlns:a='x'/>")]
    [InlineData("<a b/>")]
    [InlineData("<a b=/>")]
    [InlineData("<a b=c/>")]
    [InlineData("<a b='c/>")]
    [InlineData("<a b='c\"/>")]
    [InlineData("<a b='1'c='2'/>")]
    [InlineData("<a b='1' b='2'/>")]
    [InlineData("<a b='<'/>")]
    [InlineData("<a b='&'/>")]
    [InlineData("<a b='&;'/>")]
    [InlineData("<a>&</a>")]
    [InlineData("<a>&amp</a>")]
    [InlineData("<a>&#;</a>")]
    [InlineData("<a>&#x;</a>")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<a>&#1;</a>")]
    [InlineData("<a>&#xD800;</a>")]
    [InlineData("<a>&#xFFFE;</a>")]
    [InlineData("<a>&#x110000;</a>")]
    [InlineData("<a>&#99999999999999999999;</a>")]
    [InlineData("<a>&#X41;</a>")]
    [InlineData("<a>]]></a>")]
    [InlineData("<a><![CDATA[</a>")]
    [InlineData("<a><![CDATA []]></a>")]
    [InlineData("<a>\u0001</a>")]
    [InlineData("<a b='\u001F'/>")]
    [InlineData("<a>\uFFFE</a>")]
    [InlineData("<a>\uFFFF</a>")]
    [InlineData("<p:a/>")]
    [InlineData("<a p:b='1'/>")]
    [InlineData("<a><b xmlns:p='u'/><p:c/></a>")]
    [InlineData("<a xmlns:p=''/>")]
    [InlineData("<a xmlns:xml='urn:x'/>")]
    [InlineData("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<a xmlns='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<a xmlns:xmlns='urn:x'/>")]
    [InlineData("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>")]
    [InlineData("<a xmlns='http://www.w3.org/2000/xmlns/'/>")]
    [InlineData("<xmlns:a/>")]
    [InlineData("<a xmlns='u' xmlns='v'/>")]
    [InlineData("<a xmlns:p='u' xmlns:p='v'/>")]
    [InlineData("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>")]
    [InlineData("<a xmlns:p='u&amp;' xmlns:q='u&#38;' p:b='' q:b=''/>")]
    public void Refuses_what_is_not_well_formed(string stanza) => AssertFault(stanza, XmlFault.NotWellFormed);

    // CI-6120-47
    [Theory]
    [InlineData("<a><!-- comment --></a>")]
    [InlineData("<a><?target data?></a>")]
    [InlineData("<a><!DOCTYPE a></a>")]
    [InlineData("<a>&custom;</a>")]
    [InlineData("<a b='&custom;'/>")]
    [InlineData("<a>&nbsp;</a>")]
    public void Refuses_what_is_restricted(string stanza) => AssertFault(stanza, XmlFault.RestrictedXml);

    // CI-6120-27
    [Theory]
    [InlineData("<foo:message xmlns:foo='jabber:client'/>")]
    [InlineData("<foo:message xmlns:foo='jabber:server'/>")]
    [InlineData("<message><foo:body xmlns:foo='jabber:client'/></message>")]
    public void Refuses_prefixed_content(string stanza) => AssertFault(stanza, XmlFault.BadNamespacePrefix);

    // CI-6120-51
    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xC1, 0xBF })]
    [InlineData(new byte[] { 0xE0, 0x9F, 0xBF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xBF, 0xBF })]
    [InlineData(new byte[] { 0xF0, 0x8F, 0xBF, 0xBF })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xFF })]
    public void Refuses_what_is_not_UTF_8(byte[] bytes)
    {
        foreach (var (before, after) in new[] { ("<a>", "</a>"), ("<a b='", "'/>"), ("<a", "/>") })
            AssertFault([.. Corpus.Utf8(before), .. bytes, .. Corpus.Utf8(after)], XmlLimits.Default, XmlFault.InvalidUtf8);
    }

    // CI-6120-43
    [Theory]
    [InlineData("<a><b><c><d/></c></b></a>", XmlFault.TooDeep)]
    [InlineData("<a a='' b='' c='' d=''/>", XmlFault.TooManyAttributes)]
    [InlineData("<a><b/><b/><b/><b/><b/></a>", XmlFault.TooManyChildren)]
    public void Limits_hold_without_a_framer(string stanza, XmlFault fault) => AssertFault(Corpus.Utf8(stanza), Small, fault);

    [Fact]
    public void Size_holds_without_a_framer() => AssertFault(Corpus.Utf8($"<a>{new string('x', 1000)}</a>"), Small, XmlFault.StanzaTooLarge);

    [Fact]
    public void Prefixes_in_scope_are_bounded()
    {
        var limits = new XmlLimits(MaxAttributes: 1000);
        string Declare(int count) => $"<a {string.Join(' ', Enumerable.Range(0, count).Select(number => $"xmlns:p{number}='u'"))}/>";
        AssertFault(Corpus.Utf8(Declare(129)), limits, XmlFault.TooManyAttributes);
        Assert.True(Stanza.TryRead(Corpus.Utf8(Declare(128)), NameTable.Empty, limits, StreamNamespaces.Client, out var stanza, out _));
        stanza.Dispose();
    }

    // The second of two names of equal length, first and last letter is found out only by a closer look.
    [Fact]
    public void Attributes_of_like_shape_are_not_taken_for_one_another()
    {
        using var stanza = Stanza.Parse("<a abc='1' axc='2' ayc='3'/>", NameTable.Empty);
        Assert.Equal("3", stanza.Root.Attribute("ayc"u8).ToString());
        AssertFault("<a abc='1' axc='2' abc='3'/>", XmlFault.NotWellFormed);
    }

    [Theory]
    [InlineData("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>", XmlFault.None)]
    [InlineData("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' >", XmlFault.None)]
    [InlineData("<?xml version=\"1.0\" encoding='utf-8' standalone='no' ?>\n<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>", XmlFault.None)]
    [InlineData("<?xml version='1.0' encoding='UTF-16'?><s:s xmlns:s='u'>", XmlFault.UnsupportedEncoding)]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-1'?><s:s xmlns:s='u'>", XmlFault.UnsupportedEncoding)]
    [InlineData("<?xml encoding='UTF-8'?><s:s xmlns:s='u'>", XmlFault.NotWellFormed)]
    [InlineData("<?xml version='2.0'?><s:s xmlns:s='u'>", XmlFault.NotWellFormed)]
    [InlineData("<?xml version='1.0' standalone='maybe'?><s:s xmlns:s='u'>", XmlFault.NotWellFormed)]
    [InlineData("<?xml version='1.0'x='y'?><s:s xmlns:s='u'>", XmlFault.NotWellFormed)]
    [InlineData("<stream:stream xmlns='jabber:client'>", XmlFault.NotWellFormed)]
    [InlineData("<s:s xmlns:s='u'>text", XmlFault.NotWellFormed)]
    public void Reads_stream_headers(string header, XmlFault expected)
    {
        var isRead = Stanza.TryReadStreamHeader(Corpus.Utf8(header), NameTable.Empty, XmlLimits.Default, out var stanza, out var fault);
        Assert.Equal(expected, fault);
        Assert.Equal(expected == XmlFault.None, isRead);
        using (stanza)
        {
            if (stanza is null) return;
            Assert.Equal("stream", Corpus.Text(stanza.Root.LocalName));
            Assert.Equal(StreamNamespaces.Client, StreamNamespaces.FromHeader(stanza.Root));
        }
    }

    // CI-6120-26: what a header declares is in force in its stanzas, and goes with what is copied out of them.
    [Fact]
    public void Stanzas_inherit_what_their_header_declares()
    {
        var header = Corpus.Utf8("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' xmlns:x='urn:x'>");
        Assert.True(Stanza.TryReadStreamHeader(header, NameTable.Empty, XmlLimits.Default, out var stream, out _));
        using var ownedStream = stream;
        var namespaces = StreamNamespaces.FromHeader(stream.Root);
        Assert.NotEqual(StreamNamespaces.Client, namespaces);
        Assert.True(Stanza.TryRead("<message><x:y/></message>"u8, NameTable.Empty, XmlLimits.Default, namespaces, out var stanza, out _));
        using var owned = stanza;
        Assert.Equal("urn:x", Corpus.Text(stanza.Root.FirstChild.Namespace));
        Assert.False(stanza.Root.IsSelfContained);

        using var buffer = new PooledBufferWriter();
        using (var writer = new XmppWriter(buffer))
            writer.Element(stanza.Root.FirstChild);
        Assert.Equal("<x:y xmlns:x='urn:x'/>", Corpus.Text(buffer.WrittenSpan));
    }

    [Fact]
    public void Content_namespaces_are_one()
    {
        var names = new TestNames();
        foreach (var namespaces in new[] { StreamNamespaces.Client, StreamNamespaces.Server, StreamNamespaces.Component })
        {
            Assert.True(Stanza.TryRead("<message><body/></message>"u8, names, XmlLimits.Default, namespaces, out var stanza, out _));
            using var owned = stanza;
            Assert.Equal(TestNames.Message, stanza.Root.Key);
            Assert.Equal(TestNames.Body, stanza.Root.FirstChild.Key);
            Assert.True(stanza.Root.IsContentNamespace);
        }
        Assert.True(Stanza.TryRead("<message/>"u8, names, XmlLimits.Default, StreamNamespaces.WebSocket, out var bare, out _));
        using var ownedBare = bare;
        Assert.Equal(ElementKey.None, bare.Root.Key);
        Assert.False(bare.Root.IsContentNamespace);
    }

    private static void AssertFault(string stanza, XmlFault expected) => AssertFault(Corpus.Utf8(stanza), XmlLimits.Default, expected);

    private static void AssertFault(byte[] stanza, XmlLimits limits, XmlFault expected)
    {
        Assert.False(Stanza.TryRead(stanza, NameTable.Empty, limits, StreamNamespaces.Client, out var read, out var fault));
        Assert.Null(read);
        Assert.Equal(expected, fault);
    }
}
