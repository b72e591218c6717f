using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>The rooms of this process, by address.</summary>
public interface IRoomHost
{
    /// <summary>
    /// Gives a room an input, loading the room when it is not in memory. Waits while its mailbox is full. A stanza in the input is retained as long as the
    /// room needs it; the caller keeps its own lease.
    /// </summary>
    ValueTask PostAsync(Jid room, RoomInput input, CancellationToken cancellationToken);

    /// <summary>
    /// The same, and completes when the room is done with it: what came of the input is on disk, as far as it must be, and with the sessions that it is for.
    /// </summary>
    /// <exception cref="RoomFailedException">Nothing came of it: the room failed on it, or cannot be loaded.</exception>
    Task TellAsync(Jid room, RoomInput input, CancellationToken cancellationToken);

    /// <summary>Tells every room, in memory or not, that an account was deleted (XEP-0077 3.2); completes when all are done with it.</summary>
    /// <exception cref="RoomFailedException">A room failed on it; the others were told all the same.</exception>
    ValueTask ForgetAccountAsync(Jid account, CancellationToken cancellationToken);
}
