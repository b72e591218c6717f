using System.Diagnostics.CodeAnalysis;
using MucGen.Rooms.Features;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>What a session that asked for activity indicators (XEP-0437) has missed, as its rooms answer one after the other. Thread-safe.</summary>
internal sealed class ActivitySubscription
{
    private readonly Lock gate = new();
    private readonly List<Jid> missed = [];
    private HashSet<Jid>? unanswered; // null until the rooms are known

    /// <summary>Whether rooms have yet to answer.</summary>
    public bool IsAsking
    {
        get
        {
            lock (gate)
                return unanswered is not { Count: 0 };
        }
    }

    /// <summary>These rooms are asked.</summary>
    public void Expect(IReadOnlyList<Jid> rooms)
    {
        lock (gate)
            unanswered = [.. rooms];
    }

    /// <summary>
    /// A room answers; what it says again, or without being asked, does not count. True with the last answer, which completes the list, in the order of addresses.
    /// </summary>
    public bool TryComplete(Jid room, Unheard unheard, [NotNullWhen(true)] out IReadOnlyList<Jid>? all)
    {
        all = null;
        lock (gate)
        {
            if (unanswered is null || !unanswered.Remove(room))
                return false;
            if (unheard == Unheard.Something)
                missed.Add(room);
            if (unanswered.Count > 0)
                return false;
            all = [.. missed.OrderBy(found => found.ToString(), StringComparer.Ordinal)];
            return true;
        }
    }
}
