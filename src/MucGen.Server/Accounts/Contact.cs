using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// One contact of an account. A contact that has only asked for a subscription is kept but is not on the roster
/// (<see cref="IsListed"/>), as RFC 6121 3.1.3 wants.
/// </summary>
/// <param name="Jid">The contact's bare address.</param>
/// <param name="Subscription">Who sees whom.</param>
/// <param name="Name">The user's name for the contact, or null.</param>
/// <param name="Groups">The groups the user has put the contact in; no duplicates.</param>
/// <param name="IsListed">Whether the contact is on the roster.</param>
/// <param name="Request">The subscription request that waits for an answer, whole, while <see cref="SubscriptionState.PendingIn"/>.</param>
public sealed record Contact(
    Jid Jid,
    SubscriptionState Subscription,
    string? Name,
    IReadOnlyList<string> Groups,
    bool IsListed,
    ReadOnlyMemory<byte> Request)
{
    /// <summary>A contact of which nothing is known yet.</summary>
    public static Contact Unknown(Jid jid) => new(jid, SubscriptionState.None, null, [], false, default);

    /// <summary>Whether the user sees the contact's presence.</summary>
    public bool SeesContact => Subscription.HasFlag(SubscriptionState.To);

    /// <summary>Whether the contact sees the user's presence.</summary>
    public bool IsSeenByContact => Subscription.HasFlag(SubscriptionState.From);

    /// <summary>Whether there is nothing about the contact that is worth keeping.</summary>
    public bool IsForgettable => !IsListed && Subscription == SubscriptionState.None;
}
