using MucGen.Server.Accounts;
using MucGen.Server.Configuration;

namespace MucGen.Server.Tests.Accounts;

/// <summary>Presence of sessions and of contacts (RFC 6121 section 4).</summary>
public sealed class PresenceRulesTests
{
    private readonly AccountFixture fixture = new();

    [Fact]
    public void Initial_presence_is_broadcast_and_others_are_learnt()
    {
        // CI-6121-43, CI-6121-44
        fixture.Connect("balcony");
        fixture.Connect("chamber", 1);
        fixture.Know("both@localhost", SubscriptionState.Both);
        fixture.Know("from@localhost", SubscriptionState.From);
        fixture.Know("none@localhost", SubscriptionState.None);
        fixture.Know("to@localhost", SubscriptionState.To);
        Assert.Equal(
            [
                "route to both@localhost: <presence from='juliet@localhost/balcony' to='both@localhost'><show>away</show></presence>",
                "route to from@localhost: <presence from='juliet@localhost/balcony' to='from@localhost'><show>away</show></presence>",
                "to balcony: <presence from='juliet@localhost/balcony' to='juliet@localhost/balcony'><show>away</show></presence>",
                "to chamber: <presence from='juliet@localhost/balcony' to='juliet@localhost/chamber'><show>away</show></presence>",
                "to balcony: <presence from='juliet@localhost/chamber' to='juliet@localhost/balcony'><priority>1</priority></presence>",
                "route to both@localhost: <presence from='juliet@localhost/balcony' to='both@localhost' type='probe'></presence>",
                "route to to@localhost: <presence from='juliet@localhost/balcony' to='to@localhost' type='probe'></presence>",
            ],
            fixture.Send("balcony", "<presence><show>away</show></presence>"));
    }

    [Fact]
    public void Later_presence_is_broadcast_without_probes()
    {
        // CI-6121-50, CI-6121-55
        fixture.Connect("balcony", 0);
        fixture.Know("both@localhost", SubscriptionState.Both);
        fixture.Send("balcony", "<presence to='paris@localhost'/>");
        Assert.Equal(
            [
                "route to both@localhost: <presence from='juliet@localhost/balcony' to='both@localhost'><c xmlns='urn:x' v='1'/></presence>",
                "to balcony: <presence from='juliet@localhost/balcony' to='juliet@localhost/balcony'><c xmlns='urn:x' v='1'/></presence>",
            ],
            fixture.Send("balcony", "<presence><c xmlns='urn:x' v='1'/></presence>"));
    }

    [Fact]
    public void Unavailable_presence_keeps_its_status_and_ends_directed_presence()
    {
        // CI-6121-52, CI-6121-54, CI-6121-56, CI-6121-53
        var balcony = fixture.Connect("balcony", 0);
        fixture.Know("from@localhost", SubscriptionState.From);
        fixture.Send("balcony", "<presence to='from@localhost'/>");
        Assert.Equal(["forward to paris@localhost/tomb"], fixture.Send("balcony", "<presence to='paris@localhost/tomb'/>"));
        fixture.Send("balcony", "<presence to='nurse@localhost'/>");
        fixture.Send("balcony", "<presence to='nurse@localhost' type='unavailable'/>");
        Assert.Equal(
            [
                "route to from@localhost: <presence from='juliet@localhost/balcony' to='from@localhost' type='unavailable'><status>Night</status></presence>",
                "to balcony: <presence from='juliet@localhost/balcony' to='juliet@localhost/balcony' type='unavailable'><status>Night</status></presence>",
                "save last seen",
                "route to paris@localhost/tomb: <presence from='juliet@localhost/balcony' to='paris@localhost/tomb' type='unavailable'><status>Night</status></presence>",
            ],
            fixture.Send("balcony", "<presence type='unavailable'><status>Night</status></presence>"));
        Assert.Equal(("Night", false), (fixture.Account.LastSeen?.Status, balcony.IsAvailable));
        Assert.Contains("type='probe'", string.Join('|', Again()), StringComparison.Ordinal);

        string[] Again()
        {
            fixture.Know("to@localhost", SubscriptionState.To);
            return fixture.Send("balcony", "<presence/>");
        }
    }

    [Fact]
    public void A_lost_session_is_unavailable_to_everybody_who_saw_it()
    {
        // CI-6121-51
        var balcony = fixture.Connect("balcony", 0);
        fixture.Connect("chamber", 0);
        fixture.Know("from@localhost", SubscriptionState.From);
        fixture.Send("balcony", "<presence to='paris@localhost'/>");
        Assert.Equal(
            [
                "route to from@localhost: <presence from='juliet@localhost/balcony' to='from@localhost' type='unavailable'></presence>",
                "to chamber: <presence from='juliet@localhost/balcony' to='juliet@localhost/chamber' type='unavailable'></presence>",
                "route to paris@localhost: <presence from='juliet@localhost/balcony' to='paris@localhost' type='unavailable'></presence>",
            ],
            fixture.Lose(balcony));
        Assert.Equal(["chamber"], fixture.Account.Resources.Select(resource => resource.FullJid.Resource));
    }

    [Fact]
    public void A_session_that_was_never_available_goes_unnoticed()
    {
        var balcony = fixture.Connect("balcony");
        fixture.Know("from@localhost", SubscriptionState.From);
        Assert.Empty(fixture.Lose(balcony));
    }

    [Fact]
    public void Presence_for_the_account_goes_to_all_available_sessions()
    {
        // CI-6121-45, CI-6121-68
        fixture.Connect("balcony", 0);
        fixture.Connect("chamber", -1);
        fixture.Connect("silent");
        Assert.Equal(["relay to balcony", "relay to chamber"], fixture.Receive("romeo@localhost/orchard", "<presence to='juliet@localhost'/>"));
        Assert.Equal(["relay to silent"], fixture.Receive("romeo@localhost/orchard", "<presence to='juliet@localhost/silent' type='unavailable'/>"));
        Assert.Empty(fixture.Receive("romeo@localhost/orchard", "<presence to='juliet@localhost/gone'/>"));
    }

    [Fact]
    public void A_probe_is_answered_by_what_each_session_sent_last()
    {
        // CI-6121-47, CI-6121-49
        fixture.Connect("balcony", 3);
        fixture.Connect("chamber", -2);
        fixture.Know("romeo@localhost", SubscriptionState.From);
        Assert.Equal(
            [
                "route to romeo@localhost/orchard: <presence from='juliet@localhost/balcony' to='romeo@localhost/orchard'><priority>3</priority></presence>",
                "route to romeo@localhost/orchard: <presence from='juliet@localhost/chamber' to='romeo@localhost/orchard'><priority>-2</priority></presence>",
            ],
            fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost'/>"));
        Assert.Single(fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost/chamber'/>"));
        Assert.Equal(
            ["route to romeo@localhost/orchard: <presence from='juliet@localhost/gone' to='romeo@localhost/orchard' type='unavailable'></presence>"],
            fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost/gone'/>"));
    }

    [Fact]
    public void A_probe_while_nobody_is_online_tells_since_when()
    {
        // CI-6121-48
        fixture.Connect("balcony", 0);
        fixture.Know("romeo@localhost", SubscriptionState.From);
        fixture.Send("balcony", "<presence type='unavailable'><status>Night</status></presence>");
        Assert.Equal(
            [
                "route to romeo@localhost/orchard: <presence from='juliet@localhost' to='romeo@localhost/orchard' type='unavailable'><status>Night</status>"
                + "<delay xmlns='urn:xmpp:delay' from='juliet@localhost' stamp='2026-01-02T12:00:00Z'/></presence>",
            ],
            fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost'/>"));
    }

    [Fact]
    public void A_strangers_probe_says_that_there_is_no_subscription_whoever_exists()
    {
        // CI-6121-46, CI-6121-80
        fixture.Connect("balcony", 0);
        const string Expected = "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='unsubscribed'></presence>";
        Assert.Equal([Expected], fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost'/>"));
        Assert.Equal([Expected], new AccountFixture(exists: false).Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost'/>"));
    }

    [Fact]
    public void Who_got_presence_directly_may_ask_whether_it_holds()
    {
        // CI-6121-57
        fixture.Connect("balcony", 7);
        fixture.Send("balcony", "<presence to='romeo@localhost/orchard'/>");
        Assert.Equal(
            ["route to romeo@localhost/orchard: <presence from='juliet@localhost/balcony' to='romeo@localhost/orchard'></presence>"],
            fixture.Receive("romeo@localhost/orchard", "<presence type='probe' to='juliet@localhost/balcony'/>"));
    }

    [Fact]
    public void Presence_of_an_unknown_type_is_refused()
    {
        // CI-6121-58
        fixture.Connect("balcony", 0);
        var line = Assert.Single(fixture.Send("balcony", "<presence type='foo'/>"));
        Assert.Contains("<bad-request", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<presence><priority>200</priority></presence>", 0)]
    [InlineData("<presence/>", 0)]
    [InlineData("<presence><priority>-128</priority></presence>", -128)]
    [InlineData("<presence><priority>127</priority></presence>", 127)]
    public void The_priority_is_zero_when_missing_or_out_of_range(string presence, int expected)
    {
        // CI-6121-59, CI-6121-60
        var balcony = fixture.Connect("balcony");
        fixture.Send("balcony", presence);
        Assert.Equal(expected, balcony.Priority);
    }

    [Fact]
    public void Directed_presence_has_a_limit()
    {
        var limited = new AccountFixture(limits: new LimitOptions { MaxDirectedPresences = 1 });
        limited.Connect("balcony", 0);
        limited.Send("balcony", "<presence to='one@localhost'/>");
        Assert.Contains("<resource-constraint", Assert.Single(limited.Send("balcony", "<presence to='two@localhost'/>")), StringComparison.Ordinal);
        Assert.Equal(["forward to one@localhost"], limited.Send("balcony", "<presence to='one@localhost'/>"));
    }
}
