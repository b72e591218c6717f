using MucGen.Server.Accounts;

namespace MucGen.Server.Tests.Accounts;

/// <summary>Where messages and requests for an account go (RFC 6121 8.5).</summary>
public sealed class MessageRulesTests
{
    private const string Unavailable = "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

    [Theory]
    [InlineData("", "CI-6121-63")]
    [InlineData(" type='chat'", "CI-6121-63")]
    [InlineData(" type='headline'", "CI-6121-65")]
    [InlineData(" type='strange'", "CI-6121-61")]
    public void A_message_to_the_account_goes_to_all_that_take_messages(string type, string requirement)
    {
        var fixture = Online();
        Assert.Equal((requirement, "relay to high|relay to low"), (requirement, Receive(fixture, $"<message to='juliet@localhost'{type}/>")));
    }

    [Theory]
    [InlineData(" type='groupchat'", "CI-6121-64", true)]
    [InlineData(" type='error'", "CI-6121-66", false)]
    public void Groupchat_bounces_and_errors_are_dropped(string type, string requirement, bool bounces) =>
        AssertBounce(Online(), $"<message id='m' to='juliet@localhost'{type}/>", "juliet@localhost", requirement, bounces);

    [Theory]
    [InlineData("", "CI-6121-70", true)]
    [InlineData(" type='chat'", "CI-6121-70", true)]
    [InlineData(" type='groupchat'", "CI-6121-71", true)]
    [InlineData(" type='headline'", "CI-6121-71", false)]
    [InlineData(" type='error'", "CI-6121-71", false)]
    public void With_nobody_online_messages_bounce_or_are_dropped(string type, string requirement, bool bounces)
    {
        foreach (var exists in (bool[])[true, false])
        {
            // CI-6121-62, CI-6120-110, CI-6120-115, CI-6120-127: who is not there and who does not exist look the same.
            var fixture = new AccountFixture(exists);
            if (exists)
                fixture.Connect("negative", -1);
            AssertBounce(fixture, $"<message id='m' to='juliet@localhost'{type}/>", "juliet@localhost", requirement, bounces);
        }
    }

    [Theory]
    [Proves("CI-6121-70", "CI-0160-03")]
    [InlineData("", "<body>Ay me</body>", true)]
    [InlineData(" type='chat'", "<body>Ay me</body>", true)]
    [InlineData("", "<subject>Ay me</subject>", true)]
    [InlineData("", "<x xmlns='jabber:x:conference' jid='hall@conference.localhost'/>", true)]
    [InlineData("", "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='romeo@localhost'/></x>", true)]
    [InlineData(" type='chat'", "<received xmlns='urn:xmpp:receipts' id='m'/>", true)]
    [InlineData(" type='chat'", "<reactions xmlns='urn:xmpp:reactions:0' id='m'/>", true)]
    [InlineData(" type='chat'", "<retract xmlns='urn:xmpp:message-retract:1' id='m'/>", true)]
    [InlineData(" type='chat'", "<store xmlns='urn:xmpp:hints'/>", true)]
    [InlineData(" type='chat'", "<body>Ay me</body><no-permanent-store xmlns='urn:xmpp:hints'/>", true)]
    [InlineData(" type='chat'", "<body>Ay me</body><no-store xmlns='urn:xmpp:hints'/>", false)]
    [InlineData(" type='chat'", "<active xmlns='http://jabber.org/protocol/chatstates'/>", false)]
    [InlineData(" type='chat'", "<markable xmlns='urn:xmpp:chat-markers:0'/>", false)]
    [InlineData(" type='groupchat'", "<body>Ay me</body>", false)]
    [InlineData(" type='headline'", "<body>Ay me</body>", false)]
    [InlineData(" type='error'", "<body>Ay me</body>", false)]
    public void With_nobody_online_what_means_something_later_waits(string type, string content, bool waits)
    {
        var fixture = new AccountFixture();
        fixture.Connect("negative", -1);

        Assert.Equal(waits, Receive(fixture, $"<message id='m' to='juliet@localhost'{type}>{content}</message>").StartsWith("keep: <message", StringComparison.Ordinal));
        Assert.Equal(waits ? 1 : 0, fixture.Account.Waiting.Messages);
        Assert.DoesNotContain("keep:", Receive(new AccountFixture(exists: false), $"<message id='m' to='juliet@localhost'{type}>{content}</message>"), StringComparison.Ordinal);
    }

    [Theory]
    [Proves("CX-0313-09")]
    [InlineData(" type='chat'", "<body>Ay me</body>", true)]
    [InlineData("", "<body>Ay me</body>", true)]
    [InlineData("", "<x xmlns='jabber:x:conference' jid='hall@conference.localhost'/>", true)]
    [InlineData(" type='chat'", "<store xmlns='urn:xmpp:hints'/>", true)]
    [InlineData(" type='chat'", "<encrypted xmlns='eu.siacs.conversations.axolotl'/>", true)]
    [InlineData(" type='chat'", "<received xmlns='urn:xmpp:receipts' id='m'/>", true)]
    [InlineData(" type='chat'", "<displayed xmlns='urn:xmpp:chat-markers:0' id='m'/>", true)]
    [InlineData(" type='chat'", "<reactions xmlns='urn:xmpp:reactions:0' id='m'/>", true)]
    [InlineData(" type='chat'", "<retract xmlns='urn:xmpp:message-retract:1' id='m'/>", true)]
    [InlineData(" type='chat'", "<propose xmlns='urn:xmpp:jingle-message:0' id='m'/>", true)]
    [InlineData(" type='chat'", "<active xmlns='http://jabber.org/protocol/chatstates'/>", false)]
    [InlineData(" type='chat'", "<body>Ay me</body><no-store xmlns='urn:xmpp:hints'/>", false)]
    [InlineData(" type='chat'", "<body>Ay me</body><no-permanent-store xmlns='urn:xmpp:hints'/>", false)]
    [InlineData(" type='headline'", "<body>Ay me</body>", false)]
    [InlineData(" type='groupchat'", "<body>Ay me</body>", false)]
    [InlineData(" type='error'", "<body>Ay me</body>", false)]
    public void What_means_something_later_is_archived_on_its_way_in_and_out(string type, string content, bool isArchived)
    {
        var fixture = new AccountFixture(isArchived: true);
        fixture.Connect("balcony");

        Assert.Equal(
            isArchived ? ["archive with romeo@localhost/orchard", "relay to balcony"] : ["relay to balcony"],
            fixture.Receive("romeo@localhost/orchard", $"<message to='juliet@localhost/balcony'{type}>{content}</message>"));
        Assert.Equal(
            isArchived ? ["archive with romeo@localhost", "forward to romeo@localhost"] : ["forward to romeo@localhost"],
            fixture.Send("balcony", $"<message to='romeo@localhost'{type}>{content}</message>"));
    }

    [Fact]
    [Proves("CX-0313-13")]
    public void What_is_refused_is_not_archived()
    {
        var fixture = new AccountFixture(isArchived: true, limits: new() { MaxOfflineMessages = 0 });

        Assert.Contains(Unavailable, Receive(fixture, "<message id='m' to='juliet@localhost'><body>Ay me</body></message>"), StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Turn.Effects, effect => effect.Kind == MucGen.Server.Accounts.AccountEffectKind.Archive);
    }

    [Fact]
    [Proves("CI-0160-02")]
    public void What_waits_has_an_end_in_bytes_as_well()
    {
        var fixture = new AccountFixture(limits: new() { MaxOfflineBytes = 400 });
        const string Message = "<message id='m' to='juliet@localhost'><body>O Romeo, Romeo, wherefore art thou Romeo?</body></message>";

        Assert.StartsWith("keep:", Receive(fixture, Message), StringComparison.Ordinal);
        Assert.Contains(Unavailable, Receive(fixture, Message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" type='chat'")]
    [InlineData(" type='groupchat'")]
    [InlineData(" type='headline'")]
    [InlineData(" type='error'")]
    public void A_message_to_a_session_goes_there_whatever_its_priority(string type)
    {
        // CI-6121-74, CI-6120-129
        Assert.Equal("relay to negative", Receive(Online(), $"<message to='juliet@localhost/negative'{type}/>"));
        Assert.Equal("relay to silent", Receive(Online(), $"<message to='juliet@localhost/silent'{type}/>"));
    }

    [Fact]
    public void A_chat_to_a_session_that_is_gone_goes_to_the_account() =>
        // CI-6121-75
        Assert.Equal("relay to high|relay to low", Receive(Online(), "<message to='juliet@localhost/gone' type='chat'/>"));

    [Theory]
    [InlineData("", true)]
    [InlineData(" type='groupchat'", true)]
    [InlineData(" type='headline'", false)]
    [InlineData(" type='error'", false)]
    public void Other_messages_to_a_session_that_is_gone_bounce_or_are_dropped(string type, bool bounces) =>
        AssertBounce(Online(), $"<message id='m' to='juliet@localhost/gone'{type}/>", "juliet@localhost/gone", "CI-6121-76", bounces); // CI-6121-76

    [Fact]
    public void A_message_without_address_is_for_the_own_account()
    {
        // CI-6120-119
        Assert.Equal(["relay to high", "relay to low"], Online().Send("high", "<message><body>Note</body></message>"));
    }

    [Fact]
    public void A_message_to_somebody_else_goes_on() =>
        Assert.Equal(["forward to romeo@localhost/orchard"], Online().Send("high", "<message to='romeo@localhost/orchard'/>"));

    [Theory]
    [InlineData("<iq id='i' type='get' to='juliet@localhost'><query xmlns='jabber:iq:roster'/></iq>", "forbidden", "auth", "CI-6121-06")]
    [InlineData("<iq id='i' type='set' to='juliet@localhost'><query xmlns='jabber:iq:roster'/></iq>", "forbidden", "auth", "CI-6121-06")]
    [InlineData("<iq id='i' type='get' to='juliet@localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>", "service-unavailable", "cancel", "CI-6120-138")]
    [InlineData("<iq id='i' type='get' to='juliet@localhost'><ping xmlns='urn:xmpp:ping'/></iq>", "service-unavailable", "cancel", "CI-6120-138")]
    [InlineData("<iq id='i' type='get' to='juliet@localhost'><foo xmlns='urn:foo'/></iq>", "service-unavailable", "cancel", "CI-6120-117")]
    public void A_stranger_learns_nothing_from_an_account(string iq, string condition, string type, string requirement)
    {
        var expected = $"route to romeo@localhost/orchard: <iq type='error' id='i' from='juliet@localhost' to='romeo@localhost/orchard'>"
            + $"<error type='{type}'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
        Assert.Equal((requirement, expected), (requirement, Receive(Online(), iq)));
        Assert.Equal((requirement, expected), (requirement, Receive(new AccountFixture(exists: false), iq)));
    }

    [Fact]
    public void A_contact_may_ask_the_account_and_its_sessions()
    {
        var fixture = Online();
        fixture.Know("romeo@localhost", SubscriptionState.From);
        Assert.Equal(
            "route to romeo@localhost/orchard: <iq type='result' id='i' from='juliet@localhost' to='romeo@localhost/orchard'/>",
            Receive(fixture, "<iq id='i' type='get' to='juliet@localhost'><ping xmlns='urn:xmpp:ping'/></iq>"));
        Assert.Equal("relay to low", Receive(fixture, "<iq id='i' type='get' to='juliet@localhost/low'><ping xmlns='urn:xmpp:ping'/></iq>"));
    }

    [Theory]
    [InlineData("low")]
    [InlineData("gone")]
    public void A_strangers_request_to_a_session_bounces_whether_it_is_there_or_not(string resource) =>
        // CI-6121-73, CI-6121-78, CX-0199-04
        Assert.Equal(
            $"route to romeo@localhost/orchard: <iq type='error' id='i' from='juliet@localhost/{resource}' to='romeo@localhost/orchard'>{Unavailable}</iq>",
            Receive(Online(), $"<iq id='i' type='get' to='juliet@localhost/{resource}'><ping xmlns='urn:xmpp:ping'/></iq>"));

    [Fact]
    public void Answers_go_to_the_session_that_asked_and_are_never_answered()
    {
        // CI-6121-74, CI-6120-108
        Assert.Equal("relay to low", Receive(Online(), "<iq id='i' type='result' to='juliet@localhost/low'/>"));
        Assert.Equal("", Receive(Online(), "<iq id='i' type='result' to='juliet@localhost/gone'/>"));
        Assert.Equal("", Receive(Online(), "<iq id='i' type='error' to='juliet@localhost'/>"));
    }

    [Fact]
    public void The_owners_requests_without_address_are_answered()
    {
        // CI-6120-121, CI-6120-122, CX-0199-01
        Assert.Equal(
            ["to high: <iq type='result' id='p' to='juliet@localhost/high'/>"],
            Online().Send("high", "<iq id='p' type='get'><ping xmlns='urn:xmpp:ping'/></iq>"));
        Assert.Equal(
            [$"to high: <iq type='error' id='p' to='juliet@localhost/high'>{Unavailable}</iq>"],
            Online().Send("high", "<iq id='p' type='get'><foo xmlns='urn:foo'/></iq>"));
    }

    private static AccountFixture Online()
    {
        var fixture = new AccountFixture();
        fixture.Connect("high", 5);
        fixture.Connect("low", 0);
        fixture.Connect("negative", -1);
        fixture.Connect("silent");
        return fixture;
    }

    private static string Receive(AccountFixture fixture, string xml) => string.Join('|', fixture.Receive("romeo@localhost/orchard", xml));

    private static void AssertBounce(AccountFixture fixture, string xml, string from, string requirement, bool bounces)
    {
        var expected = bounces
            ? $"route to romeo@localhost/orchard: <message type='error' id='m' from='{from}' to='romeo@localhost/orchard'>{Unavailable}</message>"
            : "";
        Assert.Equal((requirement, expected), (requirement, Receive(fixture, xml)));
    }
}
