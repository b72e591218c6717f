namespace MucGen.Xml.Tests;

/// <summary>Values as they come: with references, white space and characters of several bytes.</summary>
public class FieldRulesTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("&amp;&#x20AC;\u20AC", 3)]
    [InlineData("\U0001F600&#x1F600;", 2)]
    [InlineData("a<![CDATA[&amp;]]>b", 7)]
    public void Length_is_counted_in_characters(string raw, int characters)
    {
        using var stanza = Stanza.Parse($"<a>{raw}</a>", NameTable.Empty);
        var text = stanza.Root.Text;

        Assert.True(FieldRules.HasLength(text, characters, characters));
        Assert.False(FieldRules.HasLength(text, characters + 1, int.MaxValue));
        Assert.False(FieldRules.HasLength(text, 0, characters - 1));
        Assert.False(FieldRules.HasLength(default, 0, int.MaxValue));
    }

    [Theory]
    [InlineData("groupchat", "groupchat")]
    [InlineData(" \t\n groupchat \r\n ", "groupchat")]
    [InlineData("&#103;&#114;&#111;&#117;&#112;&#99;&#104;&#97;&#116;&#32;&#32;&#32;&#32;&#32;&#32;&#32;", "groupchat")]
    [InlineData("a &amp; b", "a & b")]
    [InlineData("", "")]
    public void Word_is_without_the_white_space_around_it(string raw, string expected)
    {
        foreach (var padding in new[] { "", new string(' ', FieldRules.LongestWord), new string('\n', 3 * FieldRules.LongestWord) })
        {
            using var stanza = Stanza.Parse($"<a>{padding}{raw}{padding}</a>", NameTable.Empty);
            Assert.Equal(expected, Word(stanza.Root.Text));
        }
    }

    [Fact]
    public void What_is_longer_than_the_longest_word_is_none()
    {
        var longest = new string('w', FieldRules.LongestWord);
        foreach (var raw in new[] { longest + "w", longest + " w", $" &#119;{longest}", $"w{new string(' ', FieldRules.LongestWord)}w" })
        {
            using var stanza = Stanza.Parse($"<a>{raw}</a>", NameTable.Empty);
            Assert.Equal("", Word(stanza.Root.Text));
        }
        using var fitting = Stanza.Parse($"<a> {longest} </a>", NameTable.Empty);
        Assert.Equal(longest, Word(fitting.Root.Text));
    }

    [Fact]
    public void Nothing_of_that_allocates()
    {
        using var stanza = Stanza.Parse($"<a>&lt;{new string(' ', 2 * FieldRules.LongestWord)}&gt;</a>", NameTable.Empty);
        Span<byte> buffer = stackalloc byte[FieldRules.LongestWord];
        var allocated = 0L;
        for (var run = 0; run < 2; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            FieldRules.HasLength(stanza.Root.Text, 2, 1000);
            FieldRules.Word(stanza.Root.Text, buffer);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    private static string Word(XmlText text) => System.Text.Encoding.UTF8.GetString(FieldRules.Word(text, stackalloc byte[FieldRules.LongestWord]));
}
