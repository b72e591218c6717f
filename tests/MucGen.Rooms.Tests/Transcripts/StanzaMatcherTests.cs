using MucGen.Transcripts.Grammar;
using MucGen.Transcripts.Matching;
using Xunit;

namespace MucGen.Rooms.Tests.Transcripts;

public class StanzaMatcherTests
{
    [Theory]
    [InlineData("<presence/>", "<presence from='a'><x xmlns='u'/></presence>")]
    [InlineData("<iq id='1' type='result'/>", "<iq type='result' to='x' id='1'/>")]
    [InlineData("<message><thread/><body>hi</body></message>", "<message><body>hi</body><subject>s</subject><thread/></message>")]
    [InlineData("<message><body>hi</body><body>ho</body></message>", "<message><body>ho</body><body>hi</body></message>")]
    [InlineData("<error type='auth'><forbidden xmlns='e'/></error>", "<error by='room' type='auth'><forbidden xmlns='e'/><text xmlns='e'>no</text></error>")]
    public void Within_jabber_client_more_is_allowed_in_any_order(string expected, string received) => Matches(expected, received);

    [Theory]
    [InlineData("<presence/>", "<message/>", "presence: expected <presence>, received <message>")]
    [InlineData("<presence/>", "<presence xmlns='other'/>", "presence: expected <presence>, received <presence xmlns='other'>")]
    [InlineData("<presence from='a'/>", "<presence/>", "presence: attribute 'from' is missing, expected 'a'")]
    [InlineData("<presence from='a'/>", "<presence from='b'/>", "presence: attribute 'from': expected 'a', received 'b'")]
    [InlineData("<message><body>hi</body></message>", "<message/>", "message: child <body> is missing")]
    [InlineData("<message><body>hi</body></message>", "<message><body>ho</body></message>", "message/body: text: expected 'hi', received 'ho'")]
    [InlineData("<message><subject/></message>", "<message><subject>s</subject></message>", "message/subject: text: expected '', received 's'")]
    [InlineData("<m><b>1</b></m>", "<m><b>2</b><b>3</b></m>", "m: none of 2 <b> matches <b xmlns=\"jabber:client\">1</b>")]
    [InlineData("<message><body>hi</body><body>hi</body></message>", "<message><body>hi</body></message>", "message: child <body> is missing")]
    public void Within_jabber_client_what_is_named_must_be_there(string expected, string received, string difference) =>
        Differs(expected, received, difference);

    [Theory]
    [InlineData("<q xmlns='u' a='1' b='2'/>", "<q xmlns='u' b='2' a='1'/>")]
    [InlineData("<q xmlns='u'>\n  <a/>\n  <b>t</b>\n</q>", "<q xmlns='u'><a/><b>t</b></q>")]
    [InlineData("<q xmlns='u'/>", "<p:q xmlns:p='u'/>")]
    public void Elsewhere_exactly_what_is_named_matches(string expected, string received) => Matches(expected, received);

    [Theory]
    [InlineData("<q xmlns='u'/>", "<q xmlns='u' a='1'/>", "q: attribute 'a' with '1' is not expected")]
    [InlineData("<q xmlns='u' a='1'/>", "<q xmlns='u'/>", "q: attribute 'a' is missing, expected '1'")]
    [InlineData("<q xmlns='u'/>", "<q xmlns='u'><a/></q>", "q: child <a xmlns='u'> is not expected")]
    [InlineData("<q xmlns='u'><a/></q>", "<q xmlns='u'/>", "q: child <a xmlns='u'> is missing")]
    [InlineData("<q xmlns='u'><a/><b/></q>", "<q xmlns='u'><b/><a/></q>", "q/a: expected <a xmlns='u'>, received <b xmlns='u'>")]
    [InlineData("<q xmlns='u'/>", "<q xmlns='u'>text</q>", "q: text: expected '', received 'text'")]
    [InlineData("<q xmlns='u'/>", "<q xmlns='u' xml:lang='en'/>", "q: attribute 'lang' with 'en' is not expected")]
    public void Elsewhere_anything_else_differs(string expected, string received, string difference) => Differs(expected, received, difference);

    [Fact]
    public void A_payload_is_strict_though_its_stanza_is_not()
    {
        const string received = "<presence to='me'><c xmlns='caps'/><x xmlns='u'><item role='none'/><status code='110'/></x></presence>";
        Matches("<presence><x xmlns='u'><item role='none'/><status code='110'/></x></presence>", received);
        Differs("<presence><x xmlns='u'><item role='none'/></x></presence>", received, "presence/x: child <status xmlns='u'> is not expected");
    }

    [Theory]
    [InlineData("<q xmlns='u' scansion:strict='false'><b/></q>", "<q xmlns='u' a='1'><a/><b c='2'/></q>")]
    [InlineData("<q xmlns='u' xmlns:scansion='any:uri' scansion:strict='false'><b/></q>", "<q xmlns='u' a='1'><a/><b/></q>")]
    [InlineData("<message scansion:strict='true' id='1'><body>hi</body></message>", "<message id='1'><body>hi</body></message>")]
    public void The_strict_directive_decides_for_an_element_and_below(string expected, string received) => Matches(expected, received);

    [Theory]
    [InlineData("<message scansion:strict='true'/>", "<message id='1'/>", "message: attribute 'id' with '1' is not expected")]
    [InlineData("<message scansion:strict='true'><body/></message>", "<message><body/><thread/></message>", "message: child <thread> is not expected")]
    [InlineData("<q xmlns='u' scansion:strict='false'><b scansion:strict='true'/></q>", "<q xmlns='u'><b c='2'/></q>", "q/b: attribute 'c' with '2' is not expected")]
    public void The_strict_directive_can_be_turned_back(string expected, string received, string difference) => Differs(expected, received, difference);

    [Theory]
    [InlineData("<q xmlns='u' id='{scansion:any}'/>", "<q xmlns='u' id='x'/>")]
    [InlineData("<message><body>{scansion:any}</body></message>", "<message><body>whatever</body></message>")]
    public void Any_accepts_every_value(string expected, string received) => Matches(expected, received);

    [Fact]
    public void Any_still_wants_the_attribute() =>
        Differs("<q xmlns='u' id='{scansion:any}'/>", "<q xmlns='u'/>", "q: attribute 'id' is missing, expected '{scansion:any}'");

    [Fact]
    public void Captures_keep_what_they_match()
    {
        var mismatch = Compare("<iq id='{scansion:capture:id}'><q xmlns='u'>{scansion:capture:text}</q></iq>", "<iq id='7'><q xmlns='u'>t</q></iq>", out var captures);
        Assert.Null(mismatch);
        Assert.Equal(new Dictionary<string, string> { ["id"] = "7", ["text"] = "t" }, captures);
    }

    [Fact]
    public void A_stanza_that_differs_captures_nothing()
    {
        Assert.NotNull(Compare("<iq id='{scansion:capture:id}'><q xmlns='u'/></iq>", "<iq id='7'/>", out var captures));
        Assert.Empty(captures);
    }

    private static void Matches(string expected, string received) => Assert.Null(Compare(expected, received, out _)?.ToString());

    private static void Differs(string expected, string received, string difference) =>
        Assert.Equal(difference, Compare(expected, received, out _)?.ToString());

    private static Mismatch? Compare(string expected, string received, out IReadOnlyDictionary<string, string> captures) =>
        StanzaMatcher.Compare(StanzaText.Parse(expected), StanzaText.Parse(received), out captures);
}
