using FsCheck;
using FsCheck.Fluent;

namespace MucGen.Xml.Tests;

public class JidTests
{
    [Theory]

    // CI-7622-01: the first slash, then the first at-sign before it.
    [InlineData("juliet@example.com", "juliet", "example.com", null)]
    [InlineData("juliet@example.com/foo", "juliet", "example.com", "foo")]
    [InlineData("example.com", null, "example.com", null)]
    [InlineData("a.example.com/b@example.net", null, "a.example.com", "b@example.net")]
    [InlineData("u@h/a/b@c", "u", "h", "a/b@c")]
    [InlineData("example.com/foo@bar", null, "example.com", "foo@bar")]

    // CI-7622-02: a trailing dot.
    [InlineData("user@host.", "user", "host", null)]
    [InlineData("host./r", null, "host", "r")]

    // CI-7622-03: case, A-labels.
    [InlineData("EXAMPLE.com", null, "example.com", null)]
    [InlineData("b\u00DCcher.example", null, "b\u00FCcher.example", null)]
    [InlineData("xn--bcher-kva.example", null, "b\u00FCcher.example", null)]
    [InlineData("XN--BCHER-KVA.example", null, "b\u00FCcher.example", null)]
    [InlineData("fa\u00DF.de", null, "fa\u00DF.de", null)]
    [InlineData("\u03C0@\u4F8B\u5B50.example", "\u03C0", "\u4F8B\u5B50.example", null)]
    [InlineData("a@127.0.0.1", "a", "127.0.0.1", null)]
    [InlineData("a@[2001:DB8:0::1]/r", "a", "[2001:db8::1]", "r")]
    [InlineData("localhost", null, "localhost", null)]

    // CI-7622-05: lower case, composed, width.
    [InlineData("JULIET@h", "juliet", "h", null)]
    [InlineData("e\u0301@h", "\u00E9", "h", null)]
    [InlineData("\u00C9@h", "\u00E9", "h", null)]
    [InlineData("\uFF21\uFF42\uFF11@h", "ab1", "h", null)]
    [InlineData("\u0130@h", "i\u0307", "h", null)]

    // CI-7622-12 and CI-7622-13
    [InlineData("fussball@h", "fussball", "h", null)]
    [InlineData("fu\u00DFball@h", "fu\u00DFball", "h", null)]
    [InlineData("\u03A3@h", "\u03C3", "h", null)]
    [InlineData("\u03C3@h", "\u03C3", "h", null)]
    [InlineData("\u03C2@h", "\u03C2", "h", null)]
    [InlineData("\u0391\u03A3@h", "\u03B1\u03C3", "h", null)]

    // CI-7622-10: the resource keeps its case and is composed; other spaces become the ASCII one.
    [InlineData("u@h/Foo", "u", "h", "Foo")]
    [InlineData("u@h/e\u0301", "u", "h", "\u00E9")]
    [InlineData("u@h/foo bar", "u", "h", "foo bar")]
    [InlineData("u@h/foo\u3000bar\u00A0baz", "u", "h", "foo bar baz")]
    [InlineData("u@h/\u265A\u2163\uFF21\"&'/:<>@", "u", "h", "\u265A\u2163\uFF21\"&'/:<>@")]
    [InlineData("u@h/\U0001F600", "u", "h", "\U0001F600")]
    [InlineData("u@h/\u05D0a1", "u", "h", "\u05D0a1")]

    // The joiners and variation selectors of emoji are taken out where they stand against a rule, and only there.
    [InlineData("u@h/Juliet \u2764\uFE0F", "u", "h", "Juliet \u2764")]
    [InlineData("u@h/\U0001F469\u200D\U0001F4BB", "u", "h", "\U0001F469\U0001F4BB")]
    [InlineData("u@h/Ju\u200Dliet", "u", "h", "Juliet")]

    // Context rules, RFC 5892 appendix A.
    [InlineData("l\u00B7l@h", "l\u00B7l", "h", null)]
    [InlineData("\u0915\u094D\u200D\u0937@h", "\u0915\u094D\u200D\u0937", "h", null)]
    [InlineData("u@h/\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "u", "h", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u30A2\u30FB@h", "\u30A2\u30FB", "h", null)]

    // The Bidi Rule, RFC 5893.
    [InlineData("\u05D0\u05D1@h", "\u05D0\u05D1", "h", null)]
    [InlineData("\u05D01@h", "\u05D01", "h", null)]
    [InlineData("\u0627\u0661@h", "\u0627\u0661", "h", null)]

    // ASCII beyond letters.
    [InlineData("!#$%()*+,-.;=?[\\]^_`{|}~0@h", "!#$%()*+,-.;=?[\\]^_`{|}~0", "h", null)]
    public void Accepted(string text, string? local, string domain, string? resource)
    {
        Assert.True(Jid.TryParse(text, out var jid, out var error), error.ToString());
        Assert.Equal((local, domain, resource), (jid.Local, jid.Domain, jid.Resource));
        Assert.Equal(jid, Jid.Parse(jid.ToString()));
        Assert.Equal(jid.ToString(), Corpus.Text(jid.Utf8));
        Assert.Equal(resource is null, jid.IsBare);
        Assert.NotEqual(jid.IsBare, jid.IsFull);
    }

    [Theory]
    [InlineData("", JidError.Empty)]
    [InlineData(null, JidError.Empty)]

    // CI-7622-06
    [InlineData("@h", JidError.LocalEmpty)]
    [InlineData("@", JidError.LocalEmpty)]

    // CI-7622-07 and CI-7622-08
    [InlineData("a\"b@h", JidError.LocalForbidden)]
    [InlineData("a&b@h", JidError.LocalForbidden)]
    [InlineData("a'b@h", JidError.LocalForbidden)]
    [InlineData("a:b@h", JidError.LocalForbidden)]
    [InlineData("a<b@h", JidError.LocalForbidden)]
    [InlineData("a>b@h", JidError.LocalForbidden)]
    [InlineData("foo bar@h", JidError.LocalForbidden)]
    [InlineData("\u265A@h", JidError.LocalForbidden)]
    [InlineData("a\u0001@h", JidError.LocalForbidden)]
    [InlineData("a\u007F@h", JidError.LocalForbidden)]
    [InlineData("a\u00A0b@h", JidError.LocalForbidden)]
    [InlineData("a\u3000b@h", JidError.LocalForbidden)]
    [InlineData("\uFF20@h", JidError.LocalForbidden)]

    // CI-7622-09
    [InlineData("\u2163@h", JidError.LocalForbidden)]
    [InlineData("\uFB01@h", JidError.LocalForbidden)]
    [InlineData("\u00B2@h", JidError.LocalForbidden)]

    // Controls, ignorables, unassigned, old jamo, private use, context.
    [InlineData("a\u00AD@h", JidError.LocalForbidden)]
    [InlineData("a\u200B@h", JidError.LocalForbidden)]
    [InlineData("a\u202E@h", JidError.LocalForbidden)]
    [InlineData("a\u200D@h", JidError.LocalForbidden)]
    [InlineData("\u200Ca@h", JidError.LocalForbidden)]
    [InlineData("\u0378@h", JidError.LocalForbidden)]
    [InlineData("\u1100@h", JidError.LocalForbidden)]
    [InlineData("\uE000@h", JidError.LocalForbidden)]
    [InlineData("\uFFFE@h", JidError.LocalForbidden)]
    [InlineData("\u0640@h", JidError.LocalForbidden)]
    [InlineData("a\u00B7b@h", JidError.LocalForbidden)]
    [InlineData("\u30FB@h", JidError.LocalForbidden)]
    [InlineData("\u0627\u0661\u06F1@h", JidError.LocalForbidden)]

    // Bidi
    [InlineData("a\u05D0@h", JidError.LocalForbidden)]
    [InlineData("\u05D0a@h", JidError.LocalForbidden)]
    [InlineData("1\u05D0@h", JidError.LocalForbidden)]
    [InlineData("\u05D0-@h", JidError.LocalForbidden)]
    [InlineData("\u06271\u0661@h", JidError.LocalForbidden)]

    // CI-7622-04
    [InlineData("u@", JidError.DomainEmpty)]
    [InlineData("u@.", JidError.DomainEmpty)]
    [InlineData("/r", JidError.DomainEmpty)]
    [InlineData("u@/r", JidError.DomainEmpty)]
    [InlineData("a..b", JidError.DomainInvalid)]
    [InlineData(".b", JidError.DomainInvalid)]
    [InlineData("a b", JidError.DomainInvalid)]
    [InlineData("-a", JidError.DomainInvalid)]
    [InlineData("a-", JidError.DomainInvalid)]
    [InlineData("a_b", JidError.DomainInvalid)]
    [InlineData("u@h@i", JidError.DomainInvalid)]
    [InlineData("h:5222", JidError.DomainInvalid)]
    [InlineData("[::1", JidError.DomainInvalid)]
    [InlineData("[127.0.0.1]", JidError.DomainInvalid)]
    [InlineData("[fe80::1%eth0]", JidError.DomainInvalid)]
    [InlineData("\u265A.example", JidError.DomainInvalid)]
    [InlineData("xn--a.example", JidError.DomainInvalid)]
    [InlineData("a\u05D0.example", JidError.DomainInvalid)]

    // CI-7622-10, CI-7622-11, CI-7622-16
    [InlineData("u@h/", JidError.ResourceEmpty)]
    [InlineData("u@h/ foo", JidError.ResourceForbidden)]
    [InlineData("u@h/foo ", JidError.ResourceForbidden)]
    [InlineData("u@h/\uFE0F", JidError.ResourceForbidden)]
    [InlineData("u@h/\u200D \u200D", JidError.ResourceForbidden)]
    [InlineData("u@h/ ", JidError.ResourceForbidden)]
    [InlineData("u@h/\u3000", JidError.ResourceForbidden)]
    [InlineData("u@h/a\u0001", JidError.ResourceForbidden)]
    [InlineData("u@h/a\nb", JidError.ResourceForbidden)]
    [InlineData("u@h/a\u007F", JidError.ResourceForbidden)]
    [InlineData("u@h/a\u0085", JidError.ResourceForbidden)]
    [InlineData("u@h/a\u200B", JidError.ResourceForbidden)]
    [InlineData("u@h/a\u202Eb", JidError.ResourceForbidden)]
    [InlineData("u@h/a\uFEFF", JidError.ResourceForbidden)]
    [InlineData("u@h/a\u2028", JidError.ResourceForbidden)]
    [InlineData("u@h/\u0378", JidError.ResourceForbidden)]
    [InlineData("u@h/\uE000", JidError.ResourceForbidden)]
    [InlineData("u@h/\uFDD0", JidError.ResourceForbidden)]
    [InlineData("u@h/\u1100", JidError.ResourceForbidden)]
    public void Refused(string? text, JidError expected)
    {
        Assert.False(Jid.TryParse(text, out var jid, out var error));
        Assert.Null(jid);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Lone_surrogates_are_refused()
    {
        AssertRefused("\uD800@h", JidError.LocalForbidden);
        AssertRefused("\uD800.example", JidError.DomainInvalid);
        AssertRefused("u@h/\uDC00", JidError.ResourceForbidden);
    }

    // CI-7622-04, CI-7622-06, CI-7622-10: 1023 bytes each, after mapping.
    [Fact]
    public void Parts_are_bounded_in_bytes()
    {
        var longest = new string('a', 1023);
        Assert.True(Jid.TryParse($"{longest}@h/{longest}", out _, out _));
        AssertRefused($"{longest}a@h", JidError.LocalTooLong);
        AssertRefused($"u@h/{longest}a", JidError.ResourceTooLong);
        AssertRefused($"{new string('\u00E9', 512)}@h", JidError.LocalTooLong);
        AssertRefused($"u@h/{new string('\u20AC', 342)}", JidError.ResourceTooLong);
        AssertRefused($"{longest}a", JidError.DomainTooLong);
        AssertRefused(longest, JidError.DomainInvalid);
        AssertRefused($"{new string('a', 64)}.example", JidError.DomainInvalid);
        Assert.True(Jid.TryParse($"{new string('a', 63)}.example", out _, out _));
    }

    [Fact]
    public void Equality_is_that_of_prepared_parts()
    {
        Assert.Equal(Jid.Parse("JULIET@Example.COM/Balcony"), Jid.Parse("juliet@example.com/Balcony"));
        Assert.Equal(Jid.Parse("JULIET@h").GetHashCode(), Jid.Parse("juliet@h").GetHashCode());
        Assert.NotEqual(Jid.Parse("u@h/Foo"), Jid.Parse("u@h/foo"));
        Assert.True(Jid.Parse("a@b") == Jid.Parse("A@b"));
        Assert.True(Jid.Parse("a@b") != null);
        Assert.True((Jid?)null == null);
    }

    [Fact]
    public void Bare_and_resource()
    {
        var full = Jid.Parse("u@h/r");
        Assert.Equal("u@h", full.Bare.ToString());
        Assert.Same(full.Bare, full.Bare);
        Assert.Same(full.Bare, full.Bare.Bare);
        Assert.Equal("u@h/s", full.WithResource("s").ToString());
        Assert.Same(full.Bare, full.WithResource(null));
        Assert.Throws<FormatException>(() => full.WithResource(""));
        Assert.Throws<FormatException>(() => Jid.Parse("u@"));
    }

    [Fact]
    public void Nicknames_are_prepared_as_resources()
    {
        Assert.True(Jid.TryPrepareResource("e\u0301 \u00A0x", out var nick, out _));
        Assert.Equal("\u00E9  x", nick);
        Assert.False(Jid.TryPrepareResource("\u202E", out nick, out var error));
        Assert.Equal((null, JidError.ResourceForbidden), (nick, error));
    }

    [Fact]
    public void Preparing_twice_changes_nothing()
    {
        Prop.ForAll<string>(value =>
        {
            if (!Jid.TryParse(value, out var jid, out _)) return true;
            return Jid.TryParse(jid.ToString(), out var again, out _) && again == jid;
        }).QuickCheckThrowOnFailure();
    }

    // Every character alone: none throws, and what is accepted is stable.
    [Fact]
    public void Every_character_is_decided_and_stable()
    {
        for (var value = 0; value <= 0x1FFFF; value++)
        {
            var character = value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value);
            foreach (var text in new[] { $"a{character}@h", $"h/a{character}a" })
                if (Jid.TryParse(text, out var jid, out _))
                    Assert.Equal(jid, Jid.Parse(jid.ToString()));
        }
    }

    [Fact]
    public void The_cache_gives_what_parsing_gives()
    {
        var cache = new JidCache(capacity: 2);
        using var stanza = Stanza.Parse("<a b='A@b/c' c='a&amp;b' d='A@b/&amp;' e='x@y' f='z@y'/>", NameTable.Empty);
        for (var round = 0; round < 3; round++)
        {
            Assert.True(cache.TryGet(stanza.Root.Attribute("b"u8), out var jid, out _));
            Assert.Equal("a@b/c", jid.ToString());
            Assert.False(cache.TryGet(stanza.Root.Attribute("c"u8), out _, out var error));
            Assert.Equal(JidError.DomainInvalid, error);
            Assert.True(cache.TryGet(stanza.Root.Attribute("d"u8), out jid, out _));
            Assert.Equal("a@b/&", jid.ToString());
            Assert.True(cache.TryGet(stanza.Root.Attribute("e"u8), out jid, out _) && cache.TryGet(stanza.Root.Attribute("f"u8), out jid, out _));
            Assert.Equal("z@y", jid.ToString());
            Assert.False(cache.TryGet(default, out _, out error));
            Assert.Equal(JidError.Empty, error);
            Assert.True(cache.TryGet("S@t", out jid, out _));
            Assert.Equal("s@t", jid.ToString());
        }
        Assert.True(cache.TryGet(stanza.Root.Attribute("b"u8), out var first, out _));
        Assert.True(cache.TryGet(stanza.Root.Attribute("b"u8), out var second, out _));
        Assert.Same(first, second);
    }

    private static void AssertRefused(string text, JidError expected)
    {
        Assert.False(Jid.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }
}
