namespace MucGen.Xml.Tests;

public class StanzaTests
{
    [Fact]
    public void Views_walk_names_namespaces_attributes_and_text()
    {
        using var stanza = Stanza.Parse(
            "<message to='a@b' id=\"1&amp;2\"><body xml:lang='en'>one &lt; <b/><![CDATA[<two>]]></body><x xmlns='urn:x' xmlns:p='urn:p' p:a='1'><p:y/></x></message>",
            new TestNames());
        var root = stanza.Root;
        Assert.Equal("message", Corpus.Text(root.LocalName));
        Assert.Equal("jabber:client", Corpus.Text(root.Namespace));
        Assert.Equal(TestNames.Message, root.Key);
        Assert.Equal("1&2", root.Attribute("id"u8).ToString());
        Assert.False(root.Attribute("i"u8).IsPresent);
        Assert.True(root.HasChild(TestNames.Body));
        Assert.False(root.HasChild(TestNames.MucUser));
        var body = root.Child(TestNames.Body);
        Assert.Equal("one < <two>", body.Text.ToString());
        Assert.Equal("en", body.Attribute("xml:lang"u8).ToString());
        Assert.Equal("<b/>", Corpus.Text(body.FirstChild.Bytes));
        Assert.True(body.IsSelfContained);

        var children = new List<string>();
        foreach (var child in root.Children)
            children.Add($"{{{Corpus.Text(child.Namespace)}}}{Corpus.Text(child.LocalName)}");
        Assert.Equal(["{jabber:client}body", "{urn:x}x"], children);

        var attributes = new List<string>();
        foreach (var child in root.Children)
            foreach (var attribute in child.Attributes)
                attributes.Add($"{{{Corpus.Text(attribute.Namespace)}}}{Corpus.Text(attribute.LocalName)}={attribute.Value.ToString()}");
        Assert.Equal(["{http://www.w3.org/XML/1998/namespace}lang=en", "{urn:p}a=1"], attributes);
    }

    [Fact]
    public void The_absent_element_has_nothing()
    {
        var absent = default(ElementView);
        Assert.False(absent.IsPresent);
        Assert.Equal(ElementKey.None, absent.Key);
        Assert.True(absent.LocalName.IsEmpty && absent.Prefix.IsEmpty && absent.Namespace.IsEmpty && absent.Bytes.IsEmpty);
        Assert.False(absent.Text.IsPresent || absent.Attribute("a"u8).IsPresent || absent.FirstChild.IsPresent || absent.IsSelfContained);
        foreach (var unused in absent.Children) Assert.Fail("no children");
        foreach (var unused in absent.Attributes) Assert.Fail("no attributes");
    }

    [Fact]
    public void Self_contained_means_that_the_slice_can_be_pasted()
    {
        using var stanza = Stanza.Parse(
            "<message xmlns:p='urn:p'><body/><a xmlns='urn:a'><b/></a><p:c/><d p:e=''/><stream:f/><g xml:lang='en'/><h xmlns=''/></message>", NameTable.Empty);
        var self = new Dictionary<string, bool>();
        foreach (var child in stanza.Root.Children)
            self[Corpus.Text(child.LocalName)] = child.IsSelfContained;
        Assert.Equal(["body", "a", "g", "h"], self.Where(child => child.Value).Select(child => child.Key));
        var inner = stanza.Root.FirstChild;
        foreach (var child in stanza.Root.Children)
            if (child.FirstChild.IsPresent)
                inner = child.FirstChild;
        Assert.Equal("b", Corpus.Text(inner.LocalName));
        Assert.False(inner.IsSelfContained);
    }

    [Fact]
    public void The_last_holder_returns_the_lease()
    {
        var stanza = Stanza.Parse("<a/>", NameTable.Empty);
        Assert.Same(stanza, stanza.Retain());
        stanza.Dispose();
        Assert.Equal("<a/>", Corpus.Text(stanza.Bytes));
        stanza.Dispose();
        Assert.Throws<ObjectDisposedException>(() => stanza.Root.IsPresent);
        Assert.Throws<ObjectDisposedException>(() => stanza.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(stanza.Dispose);
        Assert.Throws<ObjectDisposedException>(stanza.Retain);
    }

    [Fact]
    public void Many_holders_on_many_threads_return_each_lease_once()
    {
        Parallel.For(0, 2_000, number =>
        {
            var text = $"<message id='{number}'><body>{new string('x', number)}</body></message>";
            using var stanza = Stanza.Parse(text, NameTable.Empty);
            Parallel.For(0, 4, holder =>
            {
                using var held = stanza.Retain();
                Assert.Equal(text, Corpus.Text(held.Bytes));
                Assert.Equal($"{number}", held.Root.Attribute("id"u8).ToString());
            });
        });
    }

    [Fact]
    public void Large_stanzas_grow_every_table()
    {
        var text = $"<message>{string.Concat(Enumerable.Range(0, 2_000).Select(number => $"<e{number} xmlns='urn:{number}' a='{number}'>{number}</e{number}>"))}</message>";
        using var stanza = Stanza.Parse(text, NameTable.Empty);
        var number = 0;
        foreach (var child in stanza.Root.Children)
        {
            Assert.Equal($"urn:{number}", Corpus.Text(child.Namespace));
            Assert.Equal($"{number}", child.Attribute("a"u8).ToString());
            Assert.Equal($"{number++}", child.Text.ToString());
        }
        Assert.Equal(2_000, number);
    }

    [Fact]
    public void Parse_names_the_fault() =>
        Assert.Contains("RestrictedXml", Assert.Throws<FormatException>(() => Stanza.Parse("<a>&x;</a>", NameTable.Empty)).Message, StringComparison.Ordinal);

    [Fact]
    public void Keys_are_FNV_1a_of_the_expanded_name()
    {
        // FNV-1a 32 of "{}" is 0x7AF6A6B8 when computed by hand: ((2166136261 ^ '{') * 16777619 ^ '}') * 16777619.
        var expected = unchecked((((2166136261u ^ '{') * 16777619) ^ '}') * 16777619);
        Assert.Equal((ElementKey)expected, ElementKeys.Of(default, default));
        Assert.NotEqual(ElementKeys.Of("a"u8, "bc"u8), ElementKeys.Of("ab"u8, "c"u8));
    }

    [Fact]
    public void Combined_tables_ask_the_first_then_the_second()
    {
        var combined = NameTable.Combine(new OtherNames(), new TestNames());
        using var stanza = Stanza.Parse("<message><x xmlns='http://jabber.org/protocol/muc#user'/><y xmlns='urn:other'/><body xmlns='urn:none'/></message>", combined);
        var keys = new List<ElementKey> { stanza.Root.Key };
        foreach (var child in stanza.Root.Children)
            keys.Add(child.Key);
        Assert.Equal([OtherNames.Message, TestNames.MucUser, OtherNames.Y, ElementKey.None], keys);
        Assert.Same(combined, NameTable.Combine(NameTable.Empty, combined));
        Assert.Same(combined, NameTable.Combine(combined, NameTable.Empty));
    }

    private sealed class OtherNames : NameTable
    {
        public const ElementKey Message = (ElementKey)1;
        public const ElementKey Y = (ElementKey)2;

        public override int FindNamespace(ReadOnlySpan<byte> uri) => uri.SequenceEqual("jabber:client"u8) ? 7 : uri.SequenceEqual("urn:other"u8) ? 9 : 0;

        public override ElementKey FindElement(int ns, ReadOnlySpan<byte> localName) => ns switch
        {
            7 when localName.SequenceEqual("message"u8) => Message,
            9 when localName.SequenceEqual("y"u8) => Y,
            _ => ElementKey.None,
        };
    }
}
