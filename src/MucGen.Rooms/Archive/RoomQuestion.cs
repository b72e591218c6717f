using MucGen.Xml;

namespace MucGen.Rooms.Archive;

/// <summary>
/// What a rule asks of its host, since it reads no disk itself. The host answers by a later input of the same room
/// (<see cref="RoomInput.Answered"/>); only then the rule goes on, with the room, the rights and the time of that moment.
/// </summary>
/// <remarks>
/// The host sees to three things: the answer knows every message that this room recorded before the question; a failing store is
/// answered by <see cref="ArchivePage.Failed"/>; and a question that <see cref="HoldsRoom"/> is answered before the room takes any other input. It
/// owns the lease on <see cref="Stanza"/>, and passes it on with the answer.
/// </remarks>
public sealed class RoomQuestion
{
    private readonly Action<RoomTurn, ArchivePage> then;
    private readonly int incarnation;

    internal RoomQuestion(
        ArchiveQuery query, Action<RoomTurn, ArchivePage> then, Stanza stanza, Jid from, Jid to, int incarnation, bool holdsRoom)
    {
        Query = query;
        this.then = then;
        Stanza = stanza;
        From = from;
        To = to;
        this.incarnation = incarnation;
        HoldsRoom = holdsRoom;
    }

    /// <summary>What is wanted from the archive.</summary>
    public ArchiveQuery Query { get; }

    /// <summary>The request because of which it is asked.</summary>
    public Stanza Stanza { get; }

    /// <summary>Who sent the request.</summary>
    public Jid From { get; }

    /// <summary>The address of the request.</summary>
    public Jid To { get; }

    /// <summary>Whether nothing else may happen in the room before the answer.</summary>
    public bool HoldsRoom { get; }

    /// <summary>Whether the room is still the one that asked, and not another one of that name.</summary>
    internal bool IsOf(Room room) => room.Exists && room.Incarnation == incarnation;

    internal void GoOn(RoomTurn turn, ArchivePage page) => then(turn, page);
}

/// <summary>An answer with its question.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Page">What the archive says.</param>
public sealed record RoomAnswer(RoomQuestion Question, ArchivePage Page);
