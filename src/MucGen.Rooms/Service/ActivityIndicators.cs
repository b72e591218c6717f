using MucGen.Protocol;

namespace MucGen.Rooms.Service;

/// <summary>What a session wants to hear of rooms that it is not in.</summary>
public enum ActivityWish : byte
{
    /// <summary>It said nothing of it.</summary>
    None,

    /// <summary>To be told of activity, beginning with what it missed.</summary>
    Subscribe,

    /// <summary>Nothing any more.</summary>
    Unsubscribe,
}

/// <summary>
/// Presence to the service by which clients ask for activity indicators (XEP-0437 3). Only those who have an account here may (section 6); the host knows the
/// rooms that are theirs and carries the wish out.
/// </summary>
[Feature("urn:xmpp:rai:0", Context = typeof(ServiceTurn))]
public static class ActivityIndicators
{
    /// <summary>Reads the wish from a presence to the service's bare address.</summary>
    internal static ActivityWish Read(ServiceTurn turn)
    {
        var type = turn.Root.Attribute("type"u8);
        if (!turn.To.IsBare || !turn.From.IsFull || turn.From.Domain != turn.Policy.LocalDomain)
            return ActivityWish.None;
        if (type.Equals("unavailable"u8))
            return ActivityWish.Unsubscribe;
        return !type.IsPresent && turn.Root.HasChild(RoomActivityView.Key) ? ActivityWish.Subscribe : ActivityWish.None;
    }
}
