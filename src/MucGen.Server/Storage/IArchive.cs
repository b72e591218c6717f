using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>
/// The archives of rooms (XEP-0313). They are written by the journal, in the transaction of the event that relays or retracts, and live as long as
/// their room.
/// </summary>
public interface IRoomArchive
{
    /// <summary>Answers a query. Sees everything appended to the journal before.</summary>
    /// <exception cref="StorageFailedException">The store cannot read, or has failed before.</exception>
    ValueTask<ArchivePage> ReadAsync(Jid room, ArchiveQuery query, CancellationToken cancellationToken);

    /// <summary>Removes what is older from all archives, the oldest first.</summary>
    ValueTask ExpireAsync(DateTimeOffset olderThan);
}
