namespace MucGen.Server.Accounts;

/// <summary>
/// How a user and a contact are subscribed to each other's presence, seen from the user (RFC 6121 appendix A.1). The nine states of
/// the appendix are the combinations of the first four bits that <see cref="SubscriptionRules.IsValid"/> allows.
/// </summary>
[Flags]
public enum SubscriptionState : byte
{
    /// <summary>Neither sees the other.</summary>
    None = 0,

    /// <summary>The user sees the contact's presence.</summary>
    To = 1,

    /// <summary>The contact sees the user's presence.</summary>
    From = 2,

    /// <summary>Each sees the other.</summary>
    Both = To | From,

    /// <summary>The user has asked to see the contact and waits for the answer.</summary>
    PendingOut = 4,

    /// <summary>The contact has asked to see the user, who has not answered yet.</summary>
    PendingIn = 8,

    /// <summary>The user has allowed the contact's request before it came (RFC 6121 3.4).</summary>
    Approved = 16,
}

/// <summary>The presence types that manage subscriptions.</summary>
public enum SubscriptionAction : byte
{
    /// <summary>Asks to see the other's presence.</summary>
    Subscribe,

    /// <summary>Allows the other to see one's presence.</summary>
    Subscribed,

    /// <summary>Gives up seeing the other's presence.</summary>
    Unsubscribe,

    /// <summary>Refuses or ends the other's seeing one's presence.</summary>
    Unsubscribed,
}

/// <summary>What a server does with a subscription stanza that its user sends.</summary>
/// <param name="State">The state afterwards.</param>
/// <param name="IsRouted">Whether the stanza goes on to the contact.</param>
public readonly record struct OutboundSubscription(SubscriptionState State, bool IsRouted);

/// <summary>What a server does with a subscription stanza that comes for its user.</summary>
/// <param name="State">The state afterwards.</param>
/// <param name="IsDelivered">Whether the user's resources get to see it.</param>
/// <param name="Reply">What the server answers in the user's name.</param>
public readonly record struct InboundSubscription(SubscriptionState State, bool IsDelivered, SubscriptionAction? Reply);

/// <summary>The state tables of RFC 6121 appendix A, as functions of one state. No I/O, no clock.</summary>
public static class SubscriptionRules
{
    /// <summary>Whether a combination of bits is one of the nine states of appendix A.1, with or without pre-approval.</summary>
    public static bool IsValid(SubscriptionState state)
    {
        if (state.HasFlag(SubscriptionState.To) && state.HasFlag(SubscriptionState.PendingOut))
            return false;
        if (state.HasFlag(SubscriptionState.From) && state.HasFlag(SubscriptionState.PendingIn))
            return false;
        return !state.HasFlag(SubscriptionState.Approved) || !state.HasFlag(SubscriptionState.PendingIn);
    }

    /// <summary>A stanza from the user to the contact (appendix A.2).</summary>
    public static OutboundSubscription Outbound(SubscriptionState state, SubscriptionAction action) => action switch
    {
        SubscriptionAction.Subscribe => new(state.HasFlag(SubscriptionState.To) ? state : state | SubscriptionState.PendingOut, true),
        SubscriptionAction.Unsubscribe => new(state & ~(SubscriptionState.To | SubscriptionState.PendingOut), true),
        SubscriptionAction.Subscribed => Allow(state),
        SubscriptionAction.Unsubscribed => new(
            state & ~(SubscriptionState.From | SubscriptionState.PendingIn | SubscriptionState.Approved),
            (state & (SubscriptionState.From | SubscriptionState.PendingIn)) != SubscriptionState.None),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>A stanza from the contact to the user (appendix A.3).</summary>
    public static InboundSubscription Inbound(SubscriptionState state, SubscriptionAction action) => action switch
    {
        SubscriptionAction.Subscribe => Ask(state),
        SubscriptionAction.Unsubscribe => EndFrom(state),
        SubscriptionAction.Subscribed => state.HasFlag(SubscriptionState.PendingOut)
            ? new((state & ~SubscriptionState.PendingOut) | SubscriptionState.To, true, null)
            : new(state, false, null),
        SubscriptionAction.Unsubscribed => (state & (SubscriptionState.To | SubscriptionState.PendingOut)) != SubscriptionState.None
            ? new(state & ~(SubscriptionState.To | SubscriptionState.PendingOut), true, null)
            : new(state, false, null),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>A.2.3: a waiting request is granted; without one, the user approves in advance and nothing leaves (3.4.2).</summary>
    private static OutboundSubscription Allow(SubscriptionState state)
    {
        if (state.HasFlag(SubscriptionState.PendingIn))
            return new((state & ~SubscriptionState.PendingIn) | SubscriptionState.From, true);
        return new(state.HasFlag(SubscriptionState.From) ? state : state | SubscriptionState.Approved, false);
    }

    /// <summary>A.3.1: who is subscribed or approved already is answered at once; who has asked before is not shown again.</summary>
    private static InboundSubscription Ask(SubscriptionState state)
    {
        if (state.HasFlag(SubscriptionState.From))
            return new(state, false, SubscriptionAction.Subscribed);
        if (state.HasFlag(SubscriptionState.Approved))
            return new((state & ~SubscriptionState.Approved) | SubscriptionState.From, false, SubscriptionAction.Subscribed);
        return new(state | SubscriptionState.PendingIn, !state.HasFlag(SubscriptionState.PendingIn), null);
    }

    /// <summary>A.3.2: the contact's subscription or request ends, and the server confirms it.</summary>
    private static InboundSubscription EndFrom(SubscriptionState state)
    {
        if ((state & (SubscriptionState.From | SubscriptionState.PendingIn)) == SubscriptionState.None)
            return new(state, false, null);
        return new(state & ~(SubscriptionState.From | SubscriptionState.PendingIn), true, SubscriptionAction.Unsubscribed);
    }
}
