using MucGen.Transcripts.Grammar;
using Xunit;

namespace MucGen.Rooms.Tests.Transcripts;

public class TranscriptParserTests
{
    private const string Cast = "# A title\n[Client] Romeo\n\tjid: user@localhost/orchard\n\tpassword: a: b\n\n[Client] Friar Laurence\njid: user2@localhost\n-----\n";

    [Fact]
    public void Title_and_characters_are_read()
    {
        var transcript = Parse(Cast);
        Assert.Equal("A title", transcript.Title);
        Assert.Equal(["Romeo", "Friar Laurence"], transcript.Cast.Select(c => c.Name));
        var romeo = transcript.CharacterNamed("Romeo");
        Assert.Equal(("user@localhost", "orchard", "a: b"), (romeo.BareJid, romeo.Resource, romeo.Password));
        Assert.Null(transcript.CharacterNamed("Friar Laurence").Resource);
        Assert.Throws<KeyNotFoundException>(() => transcript.CharacterNamed("Paris"));
    }

    [Fact]
    public void Every_action_is_read_with_its_line()
    {
        var steps = Parse(Cast + "Romeo connects\nFriar Laurence sends: <presence/>\nRomeo receives:\n\t<message>\n\t\t<body>\n# not a comment\nRomeo is here</body>\n\t</message>\n"
            + "Romeo receives: nothing\nRomeo receives nothing\nRomeo disconnects").Steps;
        Assert.Equal(
            [
                new ConnectStep("Romeo", 9),
                new SendStep("Friar Laurence", 10, "<presence/>"),
                new ReceiveStep("Romeo", 11, "<message>\n\t\t<body>\n# not a comment\nRomeo is here</body>\n\t</message>"),
                new ReceiveNothingStep("Romeo", 17),
                new ReceiveNothingStep("Romeo", 18),
                new DisconnectStep("Romeo", 19),
            ],
            steps);
    }

    [Fact]
    public void Variables_may_stand_where_quotes_would_break_the_markup()
    {
        var step = Assert.IsType<SendStep>(Parse(Cast + "Romeo sends:\n<presence to='${Romeo's full JID}'/>").Steps[0]);
        Assert.Equal("<presence to='${Romeo's full JID}'/>", step.Xml);
    }

    [Fact]
    public void Comments_may_ask_for_settings()
    {
        var settings = Parse("# T\n# settings: Rates:MessagesPerPerson=2 Rates:Silent=true\n[Client] Romeo\njid: a@b\n-----\n").Settings;
        Assert.Equal([("Rates:MessagesPerPerson", "2"), ("Rates:Silent", "true")], settings.Select(setting => (setting.Key, setting.Value)));
        Assert.Throws<TranscriptSyntaxException>(() => Parse("# T\n# settings: Rates:Silent\n[Client] Romeo\njid: a@b\n-----\n"));
    }

    [Fact]
    public void Comments_may_cite_requirements_and_claim_completeness()
    {
        var transcript = Parse("# T\n# proves: muc-7.2.2-01, muc-A09\n# dialogue: complete\n[Client] Romeo\njid: a@b\n-----\n# proves: muc-A09 muc-A10\n# just so\n");
        Assert.Equal(["muc-7.2.2-01", "muc-A09", "muc-A10"], transcript.Proves);
        Assert.True(transcript.IsComplete);
        Assert.False(Parse(Cast).IsComplete);
    }

    [Theory]
    [InlineData("[Client] Romeo", 1, "starts with its title")]
    [InlineData("# T\n[Client] Romeo\njid: a@b", 3, "'-----'")]
    [InlineData("# T\n-----", 2, "at least one character")]
    [InlineData("# T\n[Client] Romeo\npassword: x\n-----", 2, "no 'jid:'")]
    [InlineData("# T\n[Robot] Romeo\njid: a@b\n-----", 2, "[Robot]")]
    [InlineData("# T\n[Client] A\njid: a@b\n[Client] A\n-----", 4, "two characters")]
    [InlineData("# T\n[Client] A\njid: a@b\njid: a@b\n-----", 4, "given twice")]
    [InlineData("# T\njid: a@b\n-----", 2, "expected '[Client] Name'")]
    [InlineData(Cast + "Paris connects", 9, "expected an action")]
    [InlineData(Cast + "Romeo dances", 9, "'dances' is not an action")]
    [InlineData(Cast + "Romeo sends:\nRomeo connects", 9, "the stanza is missing")]
    [InlineData(Cast + "Romeo connects\nRomeo sends:\n<presence>\n<x/>\nRomeo disconnects", 10, "not well-formed")]
    [InlineData(Cast + "Romeo sends:\n<presence/>\n<presence/>", 11, "expected an action")]
    public void A_broken_script_is_refused_at_its_line(string script, int line, string problem)
    {
        var fault = Assert.Throws<TranscriptSyntaxException>(() => Parse(script));
        Assert.Equal(line, fault.Line);
        Assert.StartsWith($"x.scs:{line}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    private static Transcript Parse(string script) => TranscriptParser.Parse("x.scs", script);
}
