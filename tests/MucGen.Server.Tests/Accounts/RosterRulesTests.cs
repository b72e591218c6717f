using MucGen.Server.Accounts;
using MucGen.Server.Configuration;

namespace MucGen.Server.Tests.Accounts;

/// <summary>The roster and subscriptions as stanzas (RFC 6121 sections 2 and 3); the states alone are in <see cref="SubscriptionRulesTests"/>.</summary>
public sealed class RosterRulesTests
{
    private readonly AccountFixture fixture = new();

    [Fact]
    public void The_roster_lists_every_item_and_makes_the_session_interested()
    {
        // CI-6121-01, CI-6121-02, CI-6121-03, CI-6121-33
        var balcony = fixture.Connect("balcony");
        fixture.Know("asked@localhost", SubscriptionState.PendingOut);
        fixture.Know("asking@localhost", SubscriptionState.PendingIn, isListed: false);
        fixture.Account.Set(new Contact(Xml.Jid.Parse("romeo@localhost"), SubscriptionState.Both, "R & J", ["Friends", "<3"], true, default));
        Assert.Equal(
            [
                "to balcony: <iq type='result' id='r' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'>"
                + "<item jid='asked@localhost' subscription='none' ask='subscribe'/>"
                + "<item jid='romeo@localhost' name='R &amp; J' subscription='both'><group>Friends</group><group>&lt;3</group></item>"
                + "</query></iq>",
            ],
            fixture.Send("balcony", "<iq id='r' type='get'><query xmlns='jabber:iq:roster'/></iq>"));
        Assert.True(balcony.IsInterested);
    }

    [Fact]
    public void A_new_item_is_saved_answered_and_pushed_to_interested_sessions()
    {
        // CI-6121-04, CI-6121-05, CI-6121-07, CI-6121-08, CI-6121-09
        fixture.Connect("balcony", isInterested: true);
        fixture.Connect("chamber", isInterested: true);
        fixture.Connect("silent");
        Assert.Equal(
            [
                "save romeo@localhost None",
                "to balcony: <iq type='result' id='r' to='juliet@localhost/balcony'/>",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' name='Romeo' subscription='none'/></query></iq>",
                "to chamber: <iq type='set' id='push-2' to='juliet@localhost/chamber'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' name='Romeo' subscription='none'/></query></iq>",
            ],
            Set("<item jid='romeo@localhost' name='Romeo' subscription='both' ask='subscribe' approved='true'/>"));
    }

    [Fact]
    public void An_update_replaces_name_and_groups_and_keeps_the_subscription()
    {
        // CI-6121-15, CI-6121-16
        fixture.Connect("balcony", isInterested: true);
        fixture.Account.Set(new Contact(Xml.Jid.Parse("romeo@localhost"), SubscriptionState.From, "Romeo", ["Friends"], true, default));
        var lines = Set("<item jid='romeo@localhost'/>");
        Assert.EndsWith("<item jid='romeo@localhost' subscription='from'/></query></iq>", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "bad-request", "CI-6121-10")]
    [InlineData("<item jid='a@localhost'/><item jid='b@localhost'/>", "bad-request", "CI-6121-10")]
    [InlineData("<item jid='a@localhost'><group>x</group><group>x</group></item>", "bad-request", "CI-6121-11")]
    [InlineData("<item jid='a@localhost'><group/></item>", "not-acceptable", "CI-6121-12")]
    [InlineData("<item jid='a@localhost' name='12345678901234567'/>", "not-acceptable", "CI-6121-13")]
    [InlineData("<item jid='a@localhost'><group>12345678901234567</group></item>", "not-acceptable", "CI-6121-13")]
    [InlineData("<item jid='juliet@localhost'/>", "not-allowed", "CI-6121-14")]
    [InlineData("<item jid='nobody@localhost' subscription='remove'/>", "item-not-found", "CI-6121-19")]
    [InlineData("<item jid='a@@b'/>", "jid-malformed", "CI-7622-14")]
    public void A_bad_set_is_refused_and_changes_nothing(string items, string condition, string requirement)
    {
        var limited = new AccountFixture(limits: new LimitOptions { MaxRosterNameBytes = 16 });
        limited.Connect("balcony", isInterested: true);
        var lines = limited.Send("balcony", $"<iq id='r' type='set'><query xmlns='jabber:iq:roster'>{items}</query></iq>");
        Assert.True(lines is [var only] && only.Contains($"<{condition} ", StringComparison.Ordinal), $"{requirement}: {string.Join('|', lines)}");
        Assert.Empty(limited.Account.Contacts);
    }

    [Fact]
    public void A_full_roster_takes_no_more()
    {
        var limited = new AccountFixture(limits: new LimitOptions { MaxRosterItems = 1 });
        limited.Connect("balcony", 0);
        limited.Know("romeo@localhost", SubscriptionState.None);
        Assert.Contains("<resource-constraint", limited.Send("balcony", "<iq id='r' type='set'><query xmlns='jabber:iq:roster'><item jid='a@localhost'/></query></iq>")[0], StringComparison.Ordinal);
        Assert.Contains("<resource-constraint", limited.Send("balcony", "<presence type='subscribe' to='a@localhost'/>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Removal_ends_the_subscriptions_both_ways()
    {
        // CI-6121-17, CI-6121-18
        fixture.Connect("balcony", 0, isInterested: true);
        fixture.Know("romeo@localhost", SubscriptionState.Both);
        Assert.Equal(
            [
                "delete romeo@localhost",
                "to balcony: <iq type='result' id='r' to='juliet@localhost/balcony'/>",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='remove'/></query></iq>",
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='unsubscribe'></presence>",
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost' type='unavailable'></presence>",
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='unsubscribed'></presence>",
            ],
            Set("<item jid='romeo@localhost' subscription='remove'/>"));
    }

    [Fact]
    public void Asking_to_subscribe_goes_out_between_bare_addresses_and_is_pushed()
    {
        // CI-6121-26, CI-6121-27, CI-6121-28
        fixture.Connect("balcony", isInterested: true);
        Assert.Equal(
            [
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='subscribe'><status>Hi</status></presence>",
                "save romeo@localhost PendingOut",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='none' ask='subscribe'/></query></iq>",
            ],
            fixture.Send("balcony", "<presence type='subscribe' to='romeo@localhost/orchard'><status>Hi</status></presence>"));
    }

    [Fact]
    public void A_request_is_shown_once_kept_and_shown_again_at_each_login()
    {
        // CI-6121-30, CI-6121-32, CI-6121-33, CI-6121-107
        fixture.Connect("balcony", 0, isInterested: true);
        const string Request = "<presence from='romeo@localhost' to='juliet@localhost' type='subscribe'><status>It is I</status></presence>";
        Assert.Equal(
            [$"to balcony: {Request}", "save romeo@localhost PendingIn"],
            fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribe'><status>It is I</status></presence>"));
        Assert.Empty(fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribe'/>"));
        fixture.Connect("chamber");
        Assert.Contains($"to chamber: {Request}", fixture.Send("chamber", "<presence/>"));
    }

    [Fact]
    public void Approval_is_routed_then_pushed_then_presence_follows()
    {
        // CI-6121-34
        fixture.Connect("balcony", 2, isInterested: true);
        fixture.Know("romeo@localhost", SubscriptionState.PendingIn, isListed: false);
        Assert.Equal(
            [
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='subscribed'></presence>",
                "save romeo@localhost From",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='from'/></query></iq>",
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost'><priority>2</priority></presence>",
            ],
            fixture.Send("balcony", "<presence type='subscribed' to='romeo@localhost'/>"));
    }

    [Fact]
    public void Refusal_of_a_request_leaves_nothing_behind()
    {
        fixture.Connect("balcony", 0, isInterested: true);
        fixture.Know("romeo@localhost", SubscriptionState.PendingIn, isListed: false);
        Assert.Equal(
            [
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='unsubscribed'></presence>",
                "delete romeo@localhost",
            ],
            fixture.Send("balcony", "<presence type='unsubscribed' to='romeo@localhost'/>"));
    }

    [Fact]
    public void An_answer_is_delivered_before_the_push_and_an_unsolicited_one_not_at_all()
    {
        // CI-6121-35, CI-6121-36
        fixture.Connect("balcony", 0, isInterested: true);
        Assert.Empty(fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribed'/>"));
        fixture.Know("romeo@localhost", SubscriptionState.PendingOut);
        Assert.Equal(
            [
                "to balcony: <presence from='romeo@localhost' to='juliet@localhost' type='subscribed'></presence>",
                "save romeo@localhost To",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='to'/></query></iq>",
            ],
            fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribed'/>"));
    }

    [Fact]
    public void Cancelling_sends_unavailable_then_unsubscribed_then_the_push()
    {
        // CI-6121-37
        fixture.Connect("balcony", 0, isInterested: true);
        fixture.Know("romeo@localhost", SubscriptionState.Both);
        Assert.Equal(
            [
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost' type='unavailable'></presence>",
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='unsubscribed'></presence>",
                "save romeo@localhost To",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='to'/></query></iq>",
            ],
            fixture.Send("balcony", "<presence type='unsubscribed' to='romeo@localhost'/>"));
    }

    [Fact]
    public void A_contact_that_unsubscribes_is_heard_confirmed_and_told_goodbye()
    {
        // CI-6121-40, CI-6121-112
        fixture.Connect("balcony", 0, isInterested: true);
        fixture.Know("romeo@localhost", SubscriptionState.From);
        Assert.Equal(
            [
                "route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='unsubscribed'></presence>",
                "to balcony: <presence from='romeo@localhost' to='juliet@localhost' type='unsubscribe'></presence>",
                "save romeo@localhost None",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='none'/></query></iq>",
                "route to romeo@localhost: <presence from='juliet@localhost/balcony' to='romeo@localhost' type='unavailable'></presence>",
            ],
            fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='unsubscribe'/>"));
    }

    [Fact]
    public void Approval_in_advance_answers_the_request_without_showing_it()
    {
        // CI-6121-42
        fixture.Connect("balcony", 0, isInterested: true);
        Assert.Equal(
            [
                "save romeo@localhost Approved",
                "to balcony: <iq type='set' id='push-1' to='juliet@localhost/balcony'><query xmlns='jabber:iq:roster'><item jid='romeo@localhost' subscription='none' approved='true'/></query></iq>",
            ],
            fixture.Send("balcony", "<presence type='subscribed' to='romeo@localhost'/>"));
        var lines = fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribe'/>");
        Assert.Equal("route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='subscribed'></presence>", lines[0]);
        Assert.Equal(SubscriptionState.From, fixture.StateOf("romeo@localhost"));
        Assert.DoesNotContain(lines, line => line.StartsWith("to balcony: <presence", StringComparison.Ordinal));
    }

    [Fact]
    public void A_request_of_who_is_subscribed_already_is_answered_unseen()
    {
        // CI-6121-31
        fixture.Connect("balcony", 0, isInterested: true);
        fixture.Know("romeo@localhost", SubscriptionState.From);
        Assert.Equal(
            ["route to romeo@localhost: <presence from='juliet@localhost' to='romeo@localhost' type='subscribed'></presence>"],
            fixture.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribe'/>"));
    }

    [Fact]
    public void Requests_for_nobody_are_ignored_and_requests_have_a_limit()
    {
        // CI-6121-62
        Assert.Empty(new AccountFixture(exists: false).Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribe'/>"));
        var limited = new AccountFixture(limits: new LimitOptions { MaxPendingRequests = 1 });
        limited.Receive("romeo@localhost", "<presence to='juliet@localhost' type='subscribe'/>");
        Assert.Empty(limited.Receive("paris@localhost", "<presence to='juliet@localhost' type='subscribe'/>"));
    }

    private string[] Set(string items) => fixture.Send("balcony", $"<iq id='r' type='set'><query xmlns='jabber:iq:roster'>{items}</query></iq>");
}
