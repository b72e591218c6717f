using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Generator.Tests.RoundTrips;

/// <summary>Emitted writers and views against each other, on the schemas of the repository.</summary>
public sealed class ViewRoundTripTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var xml = Wire.Write((ref writer) =>
        {
            var user = MucUserWriter.Start(ref writer);
            var item = user.StartItem(MucAffiliation.Member, jid: "juliet@example.org/b<al>'cony&", nick: "Jül\"iet", role: MucRole.Participant);
            item.Actor(nick: "Nurse");
            item.Reason("because & therefore <now>");
            item.End();
            user.Status(110);
            user.Status(210);
            user.End();
        });

        Assert.Equal(
            "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' jid='juliet@example.org/b&lt;al>&apos;cony&amp;' nick='Jül\"iet' role='participant'>"
            + "<actor nick='Nurse'/><reason>because &amp; therefore &lt;now></reason></item><status code='110'/><status code='210'/></x>",
            xml.Replace("&gt;", ">", StringComparison.Ordinal));
        using var stanza = Wire.Parse(xml);
        Assert.True(MucUserView.TryRead(stanza.Root, out var view, out _));
        Assert.Equal(1, view.Items.Count);
        var read = view.Items.First;
        Assert.Equal(MucAffiliation.Member, read.Affiliation);
        Assert.Equal(MucRole.Participant, read.Role);
        Assert.Equal("juliet@example.org/b<al>'cony&", read.Jid.ToJid()!.ToString());
        Assert.Equal("Jül\"iet", read.Nick.ToString());
        Assert.Equal("Nurse", read.Actor.Nick.ToString());
        Assert.False(read.Actor.Jid.IsPresent);
        Assert.False(read.Continue.IsPresent);
        Assert.Equal("because & therefore <now>", read.Reason.ToString());
        var codes = new List<int>();
        foreach (var status in view.Statuses)
            codes.Add(status.Code);
        Assert.Equal([110, 210], codes);
    }

    [Theory]
    [InlineData("<actor nick='a'/><continue thread='t'/><reason>r</reason>")]
    [InlineData("<reason>r</reason><actor nick='a'/><continue thread='t'/>")]
    [InlineData("<continue thread='t'/><other xmlns='urn:x'><actor xmlns='http://jabber.org/protocol/muc#user' nick='b'/></other><reason>r</reason>text<actor strange='1' nick='a'/>")]
    public void Order_and_what_is_unknown_do_not_matter(string children)
    {
        using var stanza = Wire.Parse($"<item xmlns='http://jabber.org/protocol/muc#user' new='x' role='visitor'>{children}</item>");

        Assert.True(MucUserItemView.TryRead(stanza.Root, out var item, out _));
        Assert.Equal("a", item.Actor.Nick.ToString());
        Assert.Equal("t", item.Continue.Thread.ToString());
        Assert.Equal("r", item.Reason.ToString());
        Assert.Equal(MucRole.Visitor, item.Role);
        Assert.Null(item.Affiliation);
    }

    [Theory]
    [InlineData("<status xmlns='http://jabber.org/protocol/muc#user'/>", "status/code: Missing, BadRequest")]
    [InlineData("<status xmlns='http://jabber.org/protocol/muc#user' code=''/>", "status/code: BadValue, BadRequest")]
    [InlineData("<status xmlns='http://jabber.org/protocol/muc#user' code='99'/>", "status/code: BadValue, BadRequest")]
    [InlineData("<status xmlns='http://jabber.org/protocol/muc#user' code='1000'/>", "status/code: BadValue, BadRequest")]
    [InlineData("<status xmlns='http://jabber.org/protocol/muc#user' code='99999999999999999999'/>", "status/code: BadValue, BadRequest")]
    [InlineData("<status xmlns='http://jabber.org/protocol/muc#user' code='1e2'/>", "status/code: BadValue, BadRequest")]
    public void A_bad_status_says_why(string xml, string error)
    {
        using var stanza = Wire.Parse(xml);

        Assert.False(MucUserStatusView.TryRead(stanza.Root, out var view, out var found));
        Assert.Equal(error, Wire.Describe(found));
        Assert.False(view.IsPresent);
    }

    [Theory]
    [InlineData("<item affiliation='king'/>", "item/affiliation: BadValue, BadRequest")]
    [InlineData("<item jid='@example.org'/>", "item/jid: BadValue, JidMalformed")]
    [InlineData("<item jid='a b@example.org'/>", "item/jid: BadValue, JidMalformed")]
    [InlineData("<item><actor nick=''/></item>", "actor/nick: BadValue, JidMalformed")]
    [InlineData("<item role='Moderator'/>", "item/role: BadValue, BadRequest")]
    [InlineData("<item/><item><reason/><reason/></item>", "item/reason: Duplicate, BadRequest")]
    [InlineData("<item><actor jid='@'/></item>", "actor/jid: BadValue, JidMalformed")]
    public void A_bad_item_inside_says_why(string items, string error)
    {
        using var stanza = Wire.Parse($"<query xmlns='http://jabber.org/protocol/muc#admin'>{items}</query>");

        Assert.False(MucAdminQueryView.TryRead(stanza.Root, out _, out var found));
        Assert.Equal(error, Wire.Describe(found));
    }

    [Fact]
    public void Another_element_and_none_at_all_are_errors()
    {
        using var stanza = Wire.Parse("<ping xmlns='urn:xmpp:ping'/>");

        Assert.False(MucAdminQueryView.TryRead(stanza.Root, out _, out var unexpected));
        Assert.Equal("query/-: Unexpected, BadRequest", Wire.Describe(unexpected));
        Assert.False(MucAdminQueryView.TryRead(default, out _, out var missing));
        Assert.Equal("query/-: Missing, BadRequest", Wire.Describe(missing));
    }

    [Theory]
    [InlineData("<message/>", MessageType.Normal, false)]
    [InlineData("<message type='groupchat'/>", MessageType.Groupchat, true)]
    [InlineData("<message type='&#103;roupchat'/>", MessageType.Groupchat, true)]
    [InlineData("<message type='newfangled'/>", MessageType.Normal, true)]
    public void An_open_enumeration_has_its_default_and_what_was_there(string xml, MessageType type, bool isThere)
    {
        using var stanza = Wire.Parse(xml);

        Assert.True(MessageView.TryRead(stanza.Root, out var message, out _));
        Assert.Equal(type, message.Type);
        Assert.Equal(isThere, message.HasType);
        if (xml.Contains("newfangled", StringComparison.Ordinal))
            Assert.Equal("newfangled", message.TypeText.ToString());
    }

    [Fact]
    public void A_lenient_field_that_cannot_be_read_is_absent()
    {
        using var stanza = Wire.Parse("<history xmlns='http://jabber.org/protocol/muc' maxchars='-1' maxstanzas='7' seconds='soon' since='yesterday'/>");

        Assert.True(MucHistoryView.TryRead(stanza.Root, out var history, out _));
        Assert.Null(history.MaxChars);
        Assert.Equal(7, history.MaxStanzas);
        Assert.Null(history.Seconds);
        Assert.Null(history.Since);
    }

    [Fact]
    public void Texts_are_told_apart_by_language_and_payloads_are_what_is_left()
    {
        using var stanza = Wire.Parse("<message><body>one</body><a xmlns='urn:a'/><body xml:lang='de'>eins</body><b xmlns='urn:b'/><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");

        Assert.True(MessageView.TryRead(stanza.Root, out var message, out _));
        Assert.Equal("eins", message.Bodies.Find("de"u8).ToString());
        Assert.Equal("one", message.Bodies.Find(default).ToString());
        Assert.False(message.Bodies.Find("fr"u8).IsPresent);
        Assert.Equal("urn:a", System.Text.Encoding.UTF8.GetString(message.Payload.Namespace));
        Assert.Equal(StanzaErrorCondition.Conflict, message.Error.Condition);
        var others = 0;
        foreach (var other in message.Others)
            others += other.IsPresent ? 1 : 0;
        Assert.Equal(2, others);
    }

    [Fact]
    public void An_element_in_which_nothing_is_written_is_empty()
    {
        Assert.Equal("<query xmlns='http://jabber.org/protocol/muc#owner'/>", Wire.Write((ref writer) => MucOwnerQueryWriter.Start(ref writer).End()));
        Assert.Equal("<iq id='1' type='result'/>", Wire.Write((ref writer) => IqWriter.Start(ref writer, "1", IqType.Result).End()));
    }

    [Fact]
    public void Another_schemas_writer_goes_on_inside()
    {
        var xml = Wire.Write((ref writer) =>
        {
            var iq = IqWriter.Start(ref writer, "1", IqType.Result);
            var query = DiscoInfoQueryWriter.Start(ref iq.Any());
            query.Identity(category: "conference", type: "text");
            query.End();
            iq.End();
        });

        Assert.Equal("<iq id='1' type='result'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text'/></query></iq>", xml);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var stanza = Wire.Parse(
            "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' jid='juliet@example.org/balcony' nick='Juliet' role='participant'>"
            + "<actor nick='Nurse'/><reason>because</reason></item><status code='110'/></x>");
        Assert.True(Touch(stanza.Root) > 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Touch(stanza.Root);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Touch(ElementView root)
    {
        if (!MucUserView.TryRead(root, out var user, out _))
            return 0;
        var sum = 0;
        foreach (var item in user.Items)
            sum += (int)item.Affiliation! + (int)item.Role! + item.Nick.MaxUtf8Length + item.Reason.MaxUtf8Length + (item.Jid.IsPresent ? 1 : 0);
        foreach (var status in user.Statuses)
            sum += status.Code;
        return sum;
    }
}
