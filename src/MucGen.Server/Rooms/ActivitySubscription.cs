using MucGen.Rooms.Features;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>One session that is told of activity in its rooms (XEP-0437), from its presence to the service until it ends. Thread-safe.</summary>
/// <param name="session">Whose.</param>
/// <param name="rooms">How many rooms are asked what it missed.</param>
internal sealed class ActivitySubscription(Session session, int rooms)
{
    private readonly Lock gate = new();
    private readonly HashSet<Jid> waitingFor = [];
    private readonly List<Jid> missed = [];
    private int unanswered = rooms;
    private bool isEnded;

    public Session Session { get; } = session;

    /// <summary>A room that was asked has answered. True with the last answer: <see cref="Missed"/> is complete.</summary>
    public bool Answer(Jid room, Unheard unheard)
    {
        lock (gate)
        {
            if (unheard == Unheard.Something)
                missed.Add(room);
            return --unanswered == 0;
        }
    }

    /// <summary>The rooms in which something was said since the user was there, in the order of their addresses.</summary>
    public IReadOnlyList<Jid> Missed
    {
        get
        {
            lock (gate)
                return [.. missed.OrderBy(room => room.ToString(), StringComparer.Ordinal)];
        }
    }

    /// <summary>The session waits for the next message of a room; false when it has ended.</summary>
    public bool TryWait(Jid room)
    {
        lock (gate)
        {
            if (!isEnded)
                waitingFor.Add(room);
            return !isEnded;
        }
    }

    /// <summary>Ends; the rooms that it waited for.</summary>
    public Jid[] End()
    {
        lock (gate)
        {
            isEnded = true;
            return [.. waitingFor];
        }
    }
}
