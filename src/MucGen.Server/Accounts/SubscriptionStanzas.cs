using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// What an account does with subscription stanzas: those of its owner (RFC 6121 3.1.2, 3.1.5, 3.2.2, 3.3.2, 3.4.2) and those of contacts
/// (3.1.3, 3.1.6, 3.2.3, 3.3.3). The states are in <see cref="SubscriptionRules"/>; here is who hears of a change, and in which order.
/// </summary>
public static class SubscriptionStanzas
{
    private static readonly Dictionary<PresenceType, SubscriptionAction> Actions = new()
    {
        [PresenceType.Subscribe] = SubscriptionAction.Subscribe,
        [PresenceType.Subscribed] = SubscriptionAction.Subscribed,
        [PresenceType.Unsubscribe] = SubscriptionAction.Unsubscribe,
        [PresenceType.Unsubscribed] = SubscriptionAction.Unsubscribed,
    };

    /// <summary>Whether a presence type manages a subscription.</summary>
    public static bool TryGetAction(PresenceType? type, out SubscriptionAction action)
    {
        action = default;
        return type is { } known && Actions.TryGetValue(known, out action);
    }

    /// <summary>The owner sends a subscription stanza to a contact.</summary>
    public static void Outbound(AccountTurn turn, SubscriptionAction action, Jid to)
    {
        var bare = to.Bare;
        if (bare == turn.Account.Address)
        {
            // RFC 6121 3: one always sees one's own presence.
            turn.Refuse(StanzaErrorCondition.NotAllowed);
            return;
        }

        var before = turn.Account.Find(bare);
        var (state, isRouted) = SubscriptionRules.Outbound(before.Subscription, action);
        var after = Answered(before with { Subscription = state });
        if (ComesOntoRoster(before, after))
        {
            if (!RosterRules.HasRoom(turn))
            {
                turn.Refuse(StanzaErrorCondition.ResourceConstraint);
                return;
            }

            after = after with { IsListed = true };
        }

        // RFC 6121 3.2.2: the contact hears that the user is gone before it hears why.
        if (before.IsSeenByContact && !after.IsSeenByContact)
            SendUnavailable(turn, bare);
        if (isRouted)
            turn.RouteSubscription(bare);
        if (after == before)
            return;
        turn.Keep(after);
        if (after.IsListed)
            turn.Push(after);
        if (!before.IsSeenByContact && after.IsSeenByContact)
            SendAvailable(turn, bare);
    }

    /// <summary>A contact's subscription stanza arrives.</summary>
    public static void Inbound(AccountTurn turn, SubscriptionAction action)
    {
        if (!turn.Account.Exists)
            return;
        var bare = turn.From.Bare;
        var before = turn.Account.Find(bare);
        var (state, isDelivered, reply) = SubscriptionRules.Inbound(before.Subscription, action);
        var after = Answered(before with { Subscription = state });
        if (action == SubscriptionAction.Subscribe && isDelivered)
        {
            if (!HasRoomForRequest(turn))
                return;
            after = after with { Request = turn.CopySubscription() };
        }

        if (reply is { } answer)
            turn.RoutePresence(TypeOf(answer), turn.Account.Address, bare);
        if (isDelivered)
            Deliver(turn, action);
        if (after.Subscription != before.Subscription || !after.Request.Equals(before.Request))
        {
            turn.Keep(after);
            if (after.IsListed && (after.Subscription & ~SubscriptionState.PendingIn) != (before.Subscription & ~SubscriptionState.PendingIn))
                turn.Push(after);
        }

        if (before.IsSeenByContact && !after.IsSeenByContact)
            SendUnavailable(turn, bare);
        else if (!before.IsSeenByContact && after.IsSeenByContact)
            SendAvailable(turn, bare);
    }

    /// <summary>Requests that wait for an answer are shown to each session that becomes available (RFC 6121 3.1.3).</summary>
    public static void ShowRequests(AccountTurn turn, Resource resource)
    {
        foreach (var contact in turn.Account.Contacts)
        {
            if (contact.Subscription.HasFlag(SubscriptionState.PendingIn) && !contact.Request.IsEmpty)
                turn.SendKept(resource, contact.Request);
        }
    }

    /// <summary>Ends everything between the account and a contact that leaves the roster (RFC 6121 2.5.2).</summary>
    public static void Part(AccountTurn turn, Contact contact)
    {
        var own = turn.Account.Address;
        if ((contact.Subscription & (SubscriptionState.To | SubscriptionState.PendingOut)) != SubscriptionState.None)
            turn.RoutePresence(PresenceType.Unsubscribe, own, contact.Jid);
        if (contact.IsSeenByContact)
            SendUnavailable(turn, contact.Jid);
        if ((contact.Subscription & (SubscriptionState.From | SubscriptionState.PendingIn)) != SubscriptionState.None)
            turn.RoutePresence(PresenceType.Unsubscribed, own, contact.Jid);
    }

    /// <summary>The presence type of an action.</summary>
    public static PresenceType TypeOf(SubscriptionAction action) => action switch
    {
        SubscriptionAction.Subscribe => PresenceType.Subscribe,
        SubscriptionAction.Subscribed => PresenceType.Subscribed,
        SubscriptionAction.Unsubscribe => PresenceType.Unsubscribe,
        _ => PresenceType.Unsubscribed,
    };

    /// <summary>A request is kept only as long as it waits.</summary>
    private static Contact Answered(Contact contact) =>
        contact.Subscription.HasFlag(SubscriptionState.PendingIn) ? contact : contact with { Request = default };

    /// <summary>What the user starts with a contact puts the contact on the roster; what is only asked of the user does not.</summary>
    private static bool ComesOntoRoster(Contact before, Contact after) =>
        !before.IsListed && (after.Subscription & ~SubscriptionState.PendingIn) != SubscriptionState.None;

    private static bool HasRoomForRequest(AccountTurn turn)
    {
        var waiting = turn.Account.Contacts.Count(contact => contact.Subscription.HasFlag(SubscriptionState.PendingIn));
        return waiting < turn.Services.Options.Limits.MaxPendingRequests;
    }

    /// <summary>Requests go to available sessions (3.1.3), news about subscriptions to those that follow the roster (3.1.6, 3.2.3, 3.3.3).</summary>
    private static void Deliver(AccountTurn turn, SubscriptionAction action)
    {
        var copy = turn.CopySubscription();
        foreach (var resource in turn.Account.Resources)
        {
            if (action == SubscriptionAction.Subscribe ? resource.IsAvailable : resource.IsInterested)
                turn.SendKept(resource, copy);
        }
    }

    /// <summary>A contact hears of all available sessions.</summary>
    internal static void SendAvailable(AccountTurn turn, Jid contact)
    {
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.Presence is { } presence)
                turn.RoutePresence(resource, presence, contact);
        }
    }

    /// <summary>A contact hears that the available sessions go.</summary>
    internal static void SendUnavailable(AccountTurn turn, Jid contact)
    {
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.IsAvailable)
                turn.RoutePresence(PresenceType.Unavailable, resource.FullJid, contact);
        }
    }
}
