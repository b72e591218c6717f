using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Tests.Accounts;

/// <summary>Who is blocked by which address, and who sees the account's presence go and come (XEP-0191).</summary>
public sealed class BlockingRulesTests
{
    [Theory]
    [Proves("CX-0191-13")]
    [InlineData("romeo@localhost/orchard", "romeo@localhost/orchard", true)]
    [InlineData("romeo@localhost/orchard", "romeo@localhost/street", false)]
    [InlineData("romeo@localhost/orchard", "romeo@localhost", false)]
    [InlineData("romeo@localhost", "romeo@localhost", true)]
    [InlineData("romeo@localhost", "romeo@localhost/street", true)]
    [InlineData("romeo@localhost", "romeo@localhost.example", false)]
    [InlineData("romeo@localhost", "localhost", false)]
    [InlineData("shakespeare.example/echo", "shakespeare.example/echo", true)]
    [InlineData("shakespeare.example/echo", "shakespeare.example", false)]
    [InlineData("shakespeare.example/echo", "romeo@shakespeare.example/echo", false)]
    [InlineData("shakespeare.example", "shakespeare.example", true)]
    [InlineData("shakespeare.example", "shakespeare.example/echo", true)]
    [InlineData("shakespeare.example", "romeo@shakespeare.example", true)]
    [InlineData("shakespeare.example", "romeo@shakespeare.example/orchard", true)]
    [InlineData("shakespeare.example", "romeo@rooms.shakespeare.example", false)]
    public void An_address_blocks_what_is_under_it(string blocked, string other, bool isBlocked) =>
        Assert.Equal(isBlocked, new BlockList([Jid.Parse(blocked)]).Blocks(Jid.Parse(other)));

    [Fact]
    [Proves("CX-0191-05", "CX-0191-11")]
    public void Who_is_blocked_sees_each_session_go_and_who_is_unblocked_sees_it_again()
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony", 1);
        fixture.Connect("silent");
        fixture.Know("romeo@localhost", SubscriptionState.Both);
        fixture.Know("nurse@localhost", SubscriptionState.Both);
        fixture.Know("paris@localhost", SubscriptionState.To);

        Assert.Equal(
            [
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost' type='unavailable'></presence>",
                "blocked +[romeo@localhost paris@localhost] -[]",
                "to balcony: <iq type='result' id='b' to='juliet@localhost/balcony'/>",
            ],
            fixture.Send("balcony", Request("block", "romeo@localhost", "paris@localhost")));
        Assert.Equal(
            ["to balcony: <iq type='result' id='b' to='juliet@localhost/balcony'/>"],
            fixture.Send("balcony", Request("block", "romeo@localhost")));
        Assert.Equal(
            [
                "blocked +[] -[romeo@localhost]",
                "to balcony: <iq type='result' id='b' to='juliet@localhost/balcony'/>",
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost'><priority>1</priority></presence>",
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost' type='probe'></presence>",
            ],
            fixture.Send("balcony", Request("unblock", "romeo@localhost", "nurse@localhost")));
    }

    [Fact]
    [Proves("CX-0191-05")]
    public void Who_has_directed_presence_is_told_once()
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony");
        fixture.Send("balcony", "<presence to='romeo@localhost/orchard'/>");

        Assert.Equal(
            "route to romeo@localhost/orchard: <presence from='juliet@localhost/balcony' to='romeo@localhost/orchard' type='unavailable'></presence>",
            fixture.Send("balcony", Request("block", "localhost"))[0]);
        Assert.Empty(fixture.Lose(fixture.Account.Resources[0]));
    }

    [Fact]
    [Proves("CX-0191-07")]
    public void Changes_of_presence_and_probes_pass_by_whoever_is_blocked()
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony");
        fixture.Know("romeo@localhost", SubscriptionState.Both);
        fixture.Send("balcony", Request("block", "romeo@localhost"));

        Assert.DoesNotContain(fixture.Send("balcony", "<presence/>"), line => line.Contains("romeo", StringComparison.Ordinal));
        Assert.Empty(fixture.Receive("romeo@localhost/orchard", "<presence to='juliet@localhost'/>"));
        Assert.Empty(fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost'/>"));
    }

    [Fact]
    public void The_list_has_an_end()
    {
        var fixture = new AccountFixture(limits: new() { MaxBlockedAddresses = 2 });
        fixture.Connect("balcony");
        fixture.Send("balcony", Request("block", "a.example", "b.example"));

        Assert.Contains("<resource-constraint ", Assert.Single(fixture.Send("balcony", Request("block", "b.example", "c.example"))), StringComparison.Ordinal);
        Assert.Equal(2, fixture.Account.Blocked.Addresses.Count);
    }

    [Fact]
    [Proves("CX-0191-14")]
    public void The_sessions_of_an_account_are_never_blocked()
    {
        var fixture = new AccountFixture();
        fixture.Connect("balcony");
        fixture.Connect("garden", 0);
        fixture.Send("balcony", Request("block", "localhost"));

        Assert.Equal(["relay to garden"], fixture.Send("balcony", "<message to='juliet@localhost/garden'/>"));
    }

    private static string Request(string verb, params string[] addresses) =>
        $"<iq type='set' id='b'><{verb} xmlns='urn:xmpp:blocking'>{string.Concat(addresses.Select(address => $"<item jid='{address}'/>"))}</{verb}></iq>";
}
