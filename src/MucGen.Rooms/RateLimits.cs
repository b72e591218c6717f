namespace MucGen.Rooms;

/// <summary>
/// How much people may send to a room (XEP-0045 14.6): so much at once, and as much again over the length of a window. Nobody is exempt but the
/// service's admins, for whoever makes a room owns it. 0 is no limit.
/// </summary>
public sealed record RateLimits
{
    /// <summary>Messages of one person to one room, private ones included, over all their sessions and nicks.</summary>
    public int MessagesPerPerson { get; init; }

    /// <summary>Entries, changes of nick and of availability of one person in one room; leaving is always possible.</summary>
    public int PresencesPerPerson { get; init; }

    /// <summary>Messages of all to one room.</summary>
    public int MessagesPerRoom { get; init; }

    /// <summary>
    /// Changes of availability in one room. Beyond, they are not refused but wait for their turn, and several ones of an occupant become the last of
    /// them; entries, leaves and changes of nick are told at once.
    /// </summary>
    public int PresencesPerRoom { get; init; }

    /// <summary>The window.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether what is too much disappears without an answer; otherwise it is answered with policy-violation.</summary>
    public bool IsSilent { get; init; }
}
