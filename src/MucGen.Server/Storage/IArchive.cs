using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>The archives (XEP-0313) of one kind of owner. An archive lives as long as its owner.</summary>
public interface IArchive
{
    /// <summary>Answers a query. Sees everything that was written before.</summary>
    /// <exception cref="StorageFailedException">The store cannot read, or has failed before.</exception>
    ValueTask<ArchivePage> ReadAsync(Jid owner, ArchiveQuery query, CancellationToken cancellationToken);

    /// <summary>Removes what is older from all archives, the oldest first.</summary>
    ValueTask ExpireAsync(DateTimeOffset olderThan);
}

/// <summary>The archives of rooms. They are written by the journal, in the transaction of the event that relays or retracts.</summary>
public interface IRoomArchive : IArchive;

/// <summary>The archives of accounts.</summary>
public interface IAccountArchive : IArchive
{
    /// <summary>Adds a message to the archive of an account that exists. Not waited for: the next query waits until it is there.</summary>
    /// <param name="owner">The account.</param>
    /// <param name="message">The message, with its <c>to</c>; <see cref="ArchivedMessage.Sender"/> is the other side, whoever of both sent it.</param>
    void Append(Jid owner, ArchivedMessage message);
}
