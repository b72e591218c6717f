namespace MucGen.Server.Tests.Accounts;

/// <summary>Which messages are copied to the account's other sessions (XEP-0280 6.1).</summary>
public sealed class MessageCopiesTests
{
    private const string Invitation = "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='romeo@localhost'/></x>";
    private const string OfRoom = "<x xmlns='http://jabber.org/protocol/muc#user'/>";

    [Theory]
    [Proves("CX-0280-05")]
    [InlineData("chat", "", true)]
    [InlineData("chat", "<private xmlns='urn:xmpp:carbons:2'/>", false)]
    [InlineData("normal", "<body>Ay me</body>", true)]
    [InlineData("normal", "<body>Ay me</body><no-copy xmlns='urn:xmpp:hints'/>", false)]
    [InlineData("normal", "<subject>Ay me</subject>", false)]
    [InlineData("normal", "", false)]
    [InlineData("normal", "<received xmlns='urn:xmpp:receipts' id='m'/>", true)]
    [InlineData("normal", "<composing xmlns='http://jabber.org/protocol/chatstates'/>", true)]
    [InlineData("normal", "<displayed xmlns='urn:xmpp:chat-markers:0' id='m'/>", true)]
    [InlineData("normal", "<x xmlns='jabber:x:conference' jid='hall@conference.localhost'/>", true)]
    [InlineData("normal", Invitation, true)]
    [InlineData("chat", OfRoom, false)]
    [InlineData("headline", "<body>Ay me</body>", false)]
    [InlineData("groupchat", "<body>Ay me</body>", false)]
    [InlineData("error", "<body>Ay me</body>", false)]
    public void What_comes_for_one_session_is_copied_to_the_other(string type, string content, bool isCopied)
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony", 0);
        fixture.Connect("garden").GetsCopies = true;

        var lines = fixture.Receive("hall@conference.localhost/Romeo", $"<message type='{type}' to='juliet@localhost/balcony'>{content}</message>");

        Assert.Equal("relay to balcony", lines[0]);
        Assert.Equal(isCopied, lines.Length == 2);
        if (isCopied)
            Assert.StartsWith($"to garden: <message from='juliet@localhost' to='juliet@localhost/garden' type='{type}'><received xmlns='urn:xmpp:carbons:2'>", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    [Proves("CX-0280-11", "CX-0280-12")]
    public void Who_gets_the_message_gets_no_copy_and_a_session_of_negative_priority_does()
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony", 0).GetsCopies = true;
        fixture.Connect("garden", -1).GetsCopies = true;
        fixture.Connect("cell", -1);

        var lines = fixture.Receive("romeo@localhost/orchard", "<message to='juliet@localhost'><body>Ay me</body></message>");

        Assert.Equal(2, lines.Length);
        Assert.Equal("relay to balcony", lines[0]);
        Assert.StartsWith("to garden:", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_to_oneself_is_not_copied_twice()
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony", 0).GetsCopies = true;
        fixture.Connect("garden", 0).GetsCopies = true;

        Assert.Equal(["relay to balcony", "relay to garden"], fixture.Send("balcony", "<message to='juliet@localhost'><body>Note</body></message>"));
        Assert.Equal(["relay to garden"], fixture.Send("balcony", "<message to='juliet@localhost/garden'><body>Note</body></message>"));
    }
}
