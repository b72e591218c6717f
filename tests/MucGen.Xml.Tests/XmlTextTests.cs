namespace MucGen.Xml.Tests;

public class XmlTextTests
{
    [Fact]
    public void Absent_and_empty_differ()
    {
        Assert.False(default(XmlText).IsPresent);
        Assert.True(default(XmlText).IsEmpty);
        Assert.Equal("", default(XmlText).ToString());
        Assert.Null(default(XmlText).ToStringOrNull());
        Assert.False(default(XmlText).Equals(""u8));
        XmlText none = (string?)null;
        Assert.False(none.IsPresent);
        XmlText empty = "";
        Assert.True(empty.IsPresent && empty.IsEmpty && empty.Equals(""u8));
        using var stanza = Stanza.Parse("<a b=''/>", NameTable.Empty);
        Assert.True(stanza.Root.Text.IsPresent && stanza.Root.Text.IsEmpty);
        Assert.True(stanza.Root.Attribute("b"u8).IsPresent);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a&amp;b&#x20AC;&#169;", "a&b\u20AC\u00A9")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a&#13;&#10;b", "a\r\nb")]
    [InlineData("<![CDATA[&amp;\r\n]]>x<b/>&gt;", "&amp;\nx>")]
    public void Character_data_is_decoded(string raw, string expected)
    {
        using var stanza = Stanza.Parse($"<a>{raw}</a>", NameTable.Empty);
        AssertReads(stanza.Root.Text, expected);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a&apos;b&quot;", "a'b\"")]
    [InlineData("a\tb\nc\r\nd\re", "a b c d e")]
    [InlineData("a&#9;b&#10;c&#13;d", "a\tb\nc\rd")]
    public void Attribute_values_are_normalised(string raw, string expected)
    {
        using var stanza = Stanza.Parse($"<a v='{raw}'/>", NameTable.Empty);
        AssertReads(stanza.Root.Attribute("v"u8), expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("\u00E9\u20AC\U0001F600")]
    [InlineData("a text long enough that its UTF-8 does not fit into one piece of the scratch buffer: \u20AC\u20AC\u20AC\u20AC\u20AC\u20AC")]
    public void Strings_and_bytes_read_alike(string value)
    {
        AssertReads(value, value);
        AssertReads(Corpus.Utf8(value).AsSpan(), value);
    }

    [Fact]
    public void Lone_surrogates_become_replacement_characters()
    {
        XmlText text = "a\uD800b";
        Assert.True(text.Equals("a\uFFFDb"u8));
    }

    [Fact]
    public void Utf8_is_given_in_place_when_it_can_be()
    {
        using var stanza = Stanza.Parse("<a b='x'>y<c>&amp;</c></a>", NameTable.Empty);
        Assert.True(stanza.Root.Text.TryGetUtf8(out var text) && text.SequenceEqual("y"u8));
        Assert.True(stanza.Root.Attribute("b"u8).TryGetUtf8(out var value) && value.SequenceEqual("x"u8));
        Assert.False(stanza.Root.FirstChild.Text.TryGetUtf8(out _));
    }

    [Theory]
    [InlineData(" \t\r\n a b \n", "a b")]
    [InlineData("<![CDATA[ a]]> b ", "a b")]
    [InlineData(" &amp; ", "&")]
    public void White_space_around_is_trimmed(string raw, string expected)
    {
        using var stanza = Stanza.Parse($"<a>{raw}</a>", NameTable.Empty);
        Assert.Equal(expected, stanza.Root.Text.Trimmed.ToString());
        XmlText text = stanza.Root.Text.ToString();
        Assert.Equal(expected, text.Trimmed.ToString());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 42 ", 42)]
    [InlineData("-128", -128)]
    [InlineData("+7", 7)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("&#49;2", 12)]
    [InlineData("2147483648", null)]
    [InlineData("", null)]
    [InlineData("1 2", null)]
    [InlineData("1.0", null)]
    [InlineData("0x1", null)]
    [InlineData("\u0661", null)]
    public void Numbers(string raw, int? expected)
    {
        using var stanza = Stanza.Parse($"<a b='{raw}'/>", NameTable.Empty);
        var value = stanza.Root.Attribute("b"u8);
        Assert.Equal(expected is not null, value.TryParseInt32(out var number));
        Assert.Equal(expected ?? 0, number);
        Assert.Equal(expected >= 0, value.TryParseUInt32(out _) && expected is not null);
    }

    [Fact]
    public void Wide_numbers()
    {
        XmlText text = "18446744073709551615";
        Assert.True(text.TryParseUInt64(out var wide));
        Assert.Equal(ulong.MaxValue, wide);
        Assert.False(text.TryParseInt64(out _));
        text = "-9223372036854775808";
        Assert.True(text.TryParseInt64(out var negative));
        Assert.Equal(long.MinValue, negative);
        text = new string('1', 100);
        Assert.False(text.TryParseUInt64(out _));
        Assert.False(default(XmlText).TryParseInt64(out _));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData(" false ", false)]
    [InlineData("0", false)]
    [InlineData("True", null)]
    [InlineData("yes", null)]
    [InlineData("", null)]
    public void Booleans(string raw, bool? expected)
    {
        XmlText text = raw;
        Assert.Equal(expected is not null, text.TryParseBoolean(out var value));
        Assert.Equal(expected ?? false, value);
    }

    // XEP-0082 section 3.2
    [Theory]
    [InlineData("1969-07-21T02:56:15Z", "1969-07-21T02:56:15.0000000+00:00")]
    [InlineData("1969-07-20T21:56:15-05:00", "1969-07-20T21:56:15.0000000-05:00")]
    [InlineData("2002-09-10T23:08:25.123456789Z", "2002-09-10T23:08:25.1234567+00:00")]
    [InlineData("2024-02-29T00:00:00.5+14:00", "2024-02-29T00:00:00.5000000+14:00")]
    [InlineData(" 2024-02-29T00:00:00Z ", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("2023-02-29T00:00:00Z", null)]
    [InlineData("2024-13-01T00:00:00Z", null)]
    [InlineData("2024-01-01T24:00:00Z", null)]
    [InlineData("2024-01-01T00:60:00Z", null)]
    [InlineData("2024-01-01T00:00:60Z", null)]
    [InlineData("2024-01-01T00:00:00", null)]
    [InlineData("2024-01-01T00:00:00.Z", null)]
    [InlineData("2024-01-01T00:00:00z", null)]
    [InlineData("2024-01-01T00:00:00+15:00", null)]
    [InlineData("2024-01-01T00:00:00+0100", null)]
    [InlineData("2024-01-01 00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00+01:00", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("20240101T00:00:00", null)]
    [InlineData("", null)]
    public void Instants(string raw, string? expected)
    {
        XmlText text = raw;
        Assert.Equal(expected is not null, text.TryParseInstant(out var value));
        if (expected is not null) Assert.Equal(expected, value.ToString("O"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("AAEC", "000102")]
    [InlineData("/w==", "FF")]
    [InlineData("A A\nE C", "000102")]
    [InlineData("AAE&#67;", "000102")]
    [InlineData("AAE", null)]
    [InlineData("AA*C", null)]
    [InlineData("=", null)]
    [InlineData("AAEC=", null)]
    public void Base64(string raw, string? expected)
    {
        using var stanza = Stanza.Parse($"<a>{raw}</a>", NameTable.Empty);
        Span<byte> destination = stackalloc byte[64];
        Assert.Equal(expected is not null, stanza.Root.Text.TryDecodeBase64(destination, out var written));
        if (expected is not null) Assert.Equal(expected, Convert.ToHexString(destination[..written]));
    }

    [Fact]
    public void Base64_needs_room() => Assert.False(new XmlText("AAEC").TryDecodeBase64(stackalloc byte[2], out _));

    private static void AssertReads(XmlText text, string expected)
    {
        Assert.Equal(expected, text.ToString());
        Assert.True(text.Equals(Corpus.Utf8(expected)));
        Assert.False(text.Equals(Corpus.Utf8(expected + "x")));
        if (expected.Length > 0) Assert.False(text.Equals(Corpus.Utf8(expected).AsSpan()[..^1]));
        Assert.Equal(expected.Length == 0, text.IsEmpty);
        var buffer = new byte[text.MaxUtf8Length];
        Assert.Equal(expected, Corpus.Text(buffer.AsSpan(0, text.CopyTo(buffer))));
    }
}
