using FsCheck;
using FsCheck.Fluent;

namespace MucGen.Xml.Tests;

public class XmppWriterTests
{
    private delegate void Write(ref XmppWriter writer);

    [Fact]
    public void Attributes_are_left_out_when_absent()
    {
        Assert.Equal("<a b='' n='-1' t='true' f='false' i='2024-02-29T10:00:00Z'", Written((ref writer) =>
        {
            writer.Raw("<a"u8);
            writer.Attribute("x"u8, (string?)null);
            writer.Attribute("b"u8, "");
            writer.Attribute("x"u8, (long?)null);
            writer.Attribute("n"u8, -1);
            writer.Attribute("x"u8, (bool?)null);
            writer.Attribute("t"u8, true);
            writer.Attribute("f"u8, false);
            writer.Attribute("x"u8, (DateTimeOffset?)null);
            writer.Attribute("i"u8, new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2)));
            writer.Attribute("x"u8, (Jid?)null);
        }));
    }

    [Fact]
    public void Text_elements()
    {
        Assert.Equal("<a>x</a><b/>", Written((ref writer) =>
        {
            writer.TextElement("a"u8, "x");
            writer.TextElement("b"u8, "");
            writer.TextElement("c"u8, default);
        }));
    }

    [Fact]
    public void Values_from_code_are_escaped()
    {
        const string value = "<a href=\"x\" b='y'>&\t\n\r]]>\u00E9\uFFFD\uFFFE\uFFFF\0\u001F";
        Assert.Equal("&lt;a href=\"x\" b='y'&gt;&amp;\t\n&#13;]]&gt;\u00E9\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD", Written((ref writer) => writer.Text(value)));
        Assert.Equal(
            " v='&lt;a href=\"x\" b=&apos;y&apos;>&amp;&#9;&#10;&#13;]]>\u00E9\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD'",
            Written((ref writer) => writer.Attribute("v"u8, value)));
    }

    // CI-6120-130: what code hands over cannot break the stream.
    [Fact]
    public void Bytes_that_are_not_UTF_8_are_replaced()
    {
        Assert.Equal("a\uFFFDb\uFFFD", Written((ref writer) => writer.Text((ReadOnlySpan<byte>)[(byte)'a', 0xFF, (byte)'b', 0xEF])));
        Assert.Equal(" v='\uFFFD'", Written((ref writer) => writer.Attribute("v"u8, (ReadOnlySpan<byte>)[0xC0])));
    }

    [Fact]
    public void Any_string_is_read_back()
    {
        Prop.ForAll<string>(value =>
        {
            if (value is null || value.Any(character => char.IsSurrogate(character) || character is '\uFFFE' or '\uFFFF' || (character < ' ' && character is not ('\t' or '\n' or '\r'))))
                return true;
            using var stanza = Stanza.Parse(
                Corpus.Utf8(Written((ref writer) =>
                {
                    writer.Raw("<a"u8);
                    writer.Attribute("v"u8, value);
                    writer.Raw(">"u8);
                    writer.Text(Corpus.Utf8(value).AsSpan());
                    writer.Raw("</a>"u8);
                })), NameTable.Empty);
            return stanza.Root.Attribute("v"u8).ToString() == value && stanza.Root.Text.ToString() == value;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Numbers_instants_and_base64()
    {
        Assert.Equal("-9223372036854775808 2024-01-01T00:00:00.007Z AAEC", Written((ref writer) =>
        {
            writer.Number(long.MinValue);
            writer.Raw(" "u8);
            writer.Instant(new DateTimeOffset(2024, 1, 1, 0, 0, 0, 7, TimeSpan.Zero).AddTicks(9));
            writer.Raw(" "u8);
            writer.Base64([0, 1, 2]);
        }));
    }

    [Fact]
    public void Addresses_are_escaped_in_attributes_and_text()
    {
        var jid = Jid.Parse("a@b/<'&\">");
        Assert.Equal(" to='a@b/&lt;&apos;&amp;\">'", Written((ref writer) => writer.Attribute("to"u8, jid)));
        Assert.Equal("<jid>a@b/&lt;'&amp;\"&gt;</jid>", Written((ref writer) => writer.TextElement("jid"u8, jid)));
        Assert.Equal("a@b/&lt;&apos;&amp;\">", Corpus.Text(jid.EscapedUtf8));
    }

    [Theory]
    [InlineData("<m><a xmlns='urn:a'><b/></a></m>", "a", "<a xmlns='urn:a'><b/></a>")]
    [InlineData("<m><a xmlns='urn:a'><b><c/></b></a></m>", "b", "<b xmlns='urn:a'><c/></b>")]
    [InlineData("<m xmlns:p='urn:&apos;p'><b p:c='1'><p:d/></b></m>", "b", "<b xmlns:p='urn:&apos;p' p:c='1'><p:d/></b>")]
    [InlineData("<m><a xmlns='urn:a'><p:b xmlns:p='urn:p'/></a></m>", "b", "<p:b xmlns:p='urn:p'/>")]
    [InlineData("<m><a xmlns=''><b/></a></m>", "b", "<b xmlns=''/>")]
    [InlineData("<m><a xmlns='urn:a'><b xmlns='urn:b' xml:lang='en'/></a></m>", "b", "<b xmlns='urn:b' xml:lang='en'/>")]
    public void Pasting_declares_what_is_missing(string source, string element, string expected)
    {
        using var stanza = Stanza.Parse(source, NameTable.Empty);
        Assert.Equal(expected, Written((ref writer) => writer.Element(Find(stanza.Root, element))));
    }

    [Theory]
    [InlineData("jabber:client", "<body/>")]
    [InlineData("jabber:server", "<body/>")]
    [InlineData("urn:xmpp:forward:0", "<body xmlns='jabber:client'/>")]
    [InlineData("", "<body xmlns='jabber:client'/>")]
    public void Pasting_minds_the_default_namespace_of_the_place(string place, string expected)
    {
        using var stanza = Stanza.Parse("<message><body/></message>", NameTable.Empty);
        Assert.Equal(expected, Written((ref writer) => writer.Element(stanza.Root.FirstChild, Corpus.Utf8(place))));
    }

    [Fact]
    public void The_written_bytes_count_over_many_windows()
    {
        using var buffer = new PooledBufferWriter();
        var writer = new XmppWriter(buffer);
        for (var number = 0; number < 1_000; number++)
            writer.TextElement("abc"u8, "def");
        Assert.Equal(14_000, writer.WrittenBytes);
        writer.Flush();
        Assert.Equal(14_000, buffer.WrittenCount);
        Assert.Equal(14_000, writer.WrittenBytes);
        writer.Raw("x"u8);
        writer.Dispose();
        Assert.Equal(14_001, buffer.WrittenCount);
        buffer.Clear();
        Assert.Equal(0, buffer.WrittenCount);
    }

    private static ElementView Find(ElementView element, string name)
    {
        if (Corpus.Text(element.LocalName) == name) return element;
        foreach (var child in element.Children)
            if (Find(child, name) is { IsPresent: true } found)
                return found;
        return default;
    }

    private static string Written(Write write)
    {
        using var buffer = new PooledBufferWriter(1);
        var writer = new XmppWriter(buffer);
        write(ref writer);
        writer.Flush();
        return Corpus.Text(buffer.WrittenSpan);
    }
}
