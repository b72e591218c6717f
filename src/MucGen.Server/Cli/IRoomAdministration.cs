using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Cli;

/// <summary>What an operator can do with rooms, the same whether the daemon runs or not.</summary>
public interface IRoomAdministration
{
    /// <summary>Every room, in memory or on disk, in the order of addresses.</summary>
    ValueTask<IReadOnlyList<RoomListing>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What there is to know about one room, line by line; null when there is no such room.</summary>
    ValueTask<IReadOnlyList<string>?> ShowAsync(Jid room, CancellationToken cancellationToken);

    /// <summary>Destroys a room and tells its occupants; false when there is no such room.</summary>
    ValueTask<bool> DestroyAsync(Jid room, string? reason, Jid? alternate, CancellationToken cancellationToken);

    /// <summary>Takes a deleted account out of every room: presence, affiliation and reserved nick.</summary>
    ValueTask AccountDeletedAsync(Jid account, CancellationToken cancellationToken);
}
