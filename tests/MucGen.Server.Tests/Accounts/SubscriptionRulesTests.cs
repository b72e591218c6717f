using MucGen.Server.Accounts;

namespace MucGen.Server.Tests.Accounts;

/// <summary>Every row of the tables of RFC 6121 appendix A: nine states, four stanzas, two directions.</summary>
public sealed class SubscriptionRulesTests
{
    private static readonly string[] Nine =
        ["None", "None+Out", "None+In", "None+Out+In", "To", "To+In", "From", "From+Out", "Both"];

    [Theory]
    [InlineData("CI-6121-81", "None", "None+Out")]
    [InlineData("CI-6121-82", "None+In", "None+Out+In")]
    [InlineData("CI-6121-83", "From", "From+Out")]
    [InlineData("CI-6121-84", "None+Out", "None+Out")]
    [InlineData("CI-6121-84", "None+Out+In", "None+Out+In")]
    [InlineData("CI-6121-84", "To", "To")]
    [InlineData("CI-6121-84", "To+In", "To+In")]
    [InlineData("CI-6121-84", "From+Out", "From+Out")]
    [InlineData("CI-6121-84", "Both", "Both")]
    public void An_outbound_subscribe_is_always_routed(string requirement, string before, string after) =>
        AssertOutbound(requirement, SubscriptionAction.Subscribe, before, after, isRouted: true);

    [Theory]
    [InlineData("CI-6121-85", "None+Out", "None")]
    [InlineData("CI-6121-86", "None+Out+In", "None+In")]
    [InlineData("CI-6121-87", "To", "None")]
    [InlineData("CI-6121-88", "To+In", "None+In")]
    [InlineData("CI-6121-89", "From+Out", "From")]
    [InlineData("CI-6121-90", "Both", "From")]
    [InlineData("CI-6121-91", "None", "None")]
    [InlineData("CI-6121-91", "None+In", "None+In")]
    [InlineData("CI-6121-91", "From", "From")]
    public void An_outbound_unsubscribe_is_always_routed(string requirement, string before, string after) =>
        AssertOutbound(requirement, SubscriptionAction.Unsubscribe, before, after, isRouted: true);

    [Theory]
    [InlineData("CI-6121-92", "None+In", "From", true)]
    [InlineData("CI-6121-93", "None+Out+In", "From+Out", true)]
    [InlineData("CI-6121-94", "To+In", "Both", true)]
    [InlineData("CI-6121-95", "None", "None+Approved", false)]
    [InlineData("CI-6121-95", "None+Out", "None+Out+Approved", false)]
    [InlineData("CI-6121-95", "To", "To+Approved", false)]
    [InlineData("CI-6121-96", "From", "From", false)]
    [InlineData("CI-6121-96", "From+Out", "From+Out", false)]
    [InlineData("CI-6121-96", "Both", "Both", false)]
    public void An_outbound_subscribed_is_routed_when_it_answers_a_request(string requirement, string before, string after, bool isRouted) =>
        AssertOutbound(requirement, SubscriptionAction.Subscribed, before, after, isRouted);

    [Theory]
    [InlineData("CI-6121-97", "None+In", "None", true)]
    [InlineData("CI-6121-98", "None+Out+In", "None+Out", true)]
    [InlineData("CI-6121-99", "To+In", "To", true)]
    [InlineData("CI-6121-100", "From", "None", true)]
    [InlineData("CI-6121-101", "From+Out", "None+Out", true)]
    [InlineData("CI-6121-102", "Both", "To", true)]
    [InlineData("CI-6121-103", "None", "None", false)]
    [InlineData("CI-6121-103", "None+Out", "None+Out", false)]
    [InlineData("CI-6121-103", "To", "To", false)]
    [InlineData("CI-6121-103", "None+Approved", "None", false)]
    [InlineData("CI-6121-103", "To+Approved", "To", false)]
    public void An_outbound_unsubscribed_is_routed_when_there_is_something_to_end(string requirement, string before, string after, bool isRouted) =>
        AssertOutbound(requirement, SubscriptionAction.Unsubscribed, before, after, isRouted);

    [Theory]
    [InlineData("CI-6121-104", "None", "None+In", true, null)]
    [InlineData("CI-6121-104", "None+Approved", "From", false, "Subscribed")]
    [InlineData("CI-6121-105", "None+Out", "None+Out+In", true, null)]
    [InlineData("CI-6121-106", "To", "To+In", true, null)]
    [InlineData("CI-6121-107", "None+In", "None+In", false, null)]
    [InlineData("CI-6121-107", "None+Out+In", "None+Out+In", false, null)]
    [InlineData("CI-6121-107", "To+In", "To+In", false, null)]
    [InlineData("CI-6121-108", "From", "From", false, "Subscribed")]
    [InlineData("CI-6121-108", "From+Out", "From+Out", false, "Subscribed")]
    [InlineData("CI-6121-108", "Both", "Both", false, "Subscribed")]
    public void An_inbound_subscribe_is_delivered_once_or_answered(string requirement, string before, string after, bool isDelivered, string? reply) =>
        AssertInbound(requirement, SubscriptionAction.Subscribe, before, after, isDelivered, reply);

    [Theory]
    [InlineData("CI-6121-109", "None+In", "None", true)]
    [InlineData("CI-6121-110", "None+Out+In", "None+Out", true)]
    [InlineData("CI-6121-111", "To+In", "To", true)]
    [InlineData("CI-6121-112", "From", "None", true)]
    [InlineData("CI-6121-113", "From+Out", "None+Out", true)]
    [InlineData("CI-6121-114", "Both", "To", true)]
    [InlineData("CI-6121-115", "None", "None", false)]
    [InlineData("CI-6121-115", "None+Out", "None+Out", false)]
    [InlineData("CI-6121-115", "To", "To", false)]
    public void An_inbound_unsubscribe_is_delivered_and_confirmed(string requirement, string before, string after, bool isDelivered) =>
        AssertInbound(requirement, SubscriptionAction.Unsubscribe, before, after, isDelivered, isDelivered ? "Unsubscribed" : null);

    [Theory]
    [InlineData("CI-6121-116", "None+Out", "To", true)]
    [InlineData("CI-6121-117", "None+Out+In", "To+In", true)]
    [InlineData("CI-6121-118", "From+Out", "Both", true)]
    [InlineData("CI-6121-119", "None", "None", false)]
    [InlineData("CI-6121-119", "None+In", "None+In", false)]
    [InlineData("CI-6121-119", "To", "To", false)]
    [InlineData("CI-6121-119", "To+In", "To+In", false)]
    [InlineData("CI-6121-119", "From", "From", false)]
    [InlineData("CI-6121-119", "Both", "Both", false)]
    public void An_inbound_subscribed_counts_only_when_asked_for(string requirement, string before, string after, bool isDelivered) =>
        AssertInbound(requirement, SubscriptionAction.Subscribed, before, after, isDelivered, null);

    [Theory]
    [InlineData("CI-6121-120", "None+Out", "None", true)]
    [InlineData("CI-6121-121", "None+Out+In", "None+In", true)]
    [InlineData("CI-6121-122", "To", "None", true)]
    [InlineData("CI-6121-123", "To+In", "None+In", true)]
    [InlineData("CI-6121-124", "From+Out", "From", true)]
    [InlineData("CI-6121-125", "Both", "From", true)]
    [InlineData("CI-6121-126", "None", "None", false)]
    [InlineData("CI-6121-126", "None+In", "None+In", false)]
    [InlineData("CI-6121-126", "From", "From", false)]
    public void An_inbound_unsubscribed_ends_what_the_user_had(string requirement, string before, string after, bool isDelivered) =>
        AssertInbound(requirement, SubscriptionAction.Unsubscribed, before, after, isDelivered, null);

    [Fact]
    public void Every_step_from_a_valid_state_ends_in_a_valid_state()
    {
        foreach (var state in Enumerable.Range(0, 32).Select(bits => (SubscriptionState)bits).Where(SubscriptionRules.IsValid))
        {
            foreach (var action in Enum.GetValues<SubscriptionAction>())
            {
                Assert.True(SubscriptionRules.IsValid(SubscriptionRules.Outbound(state, action).State), $"{state} -> {action}");
                Assert.True(SubscriptionRules.IsValid(SubscriptionRules.Inbound(state, action).State), $"{state} <- {action}");
            }
        }
    }

    [Fact]
    public void The_nine_states_are_valid_and_different() =>
        Assert.Equal(9, Nine.Select(Parse).Where(SubscriptionRules.IsValid).Distinct().Count());

    private static void AssertOutbound(string requirement, SubscriptionAction action, string before, string after, bool isRouted)
    {
        var result = SubscriptionRules.Outbound(Parse(before), action);
        Assert.Equal((requirement, Parse(after), isRouted), (requirement, result.State, result.IsRouted));
    }

    private static void AssertInbound(string requirement, SubscriptionAction action, string before, string after, bool isDelivered, string? reply)
    {
        var result = SubscriptionRules.Inbound(Parse(before), action);
        Assert.Equal((requirement, Parse(after), isDelivered, reply), (requirement, result.State, result.IsDelivered, result.Reply?.ToString()));
    }

    private static SubscriptionState Parse(string name)
    {
        var state = SubscriptionState.None;
        foreach (var part in name.Split('+'))
        {
            state |= part switch
            {
                "To" => SubscriptionState.To,
                "From" => SubscriptionState.From,
                "Both" => SubscriptionState.Both,
                "Out" => SubscriptionState.PendingOut,
                "In" => SubscriptionState.PendingIn,
                "Approved" => SubscriptionState.Approved,
                _ => SubscriptionState.None,
            };
        }

        return state;
    }
}
