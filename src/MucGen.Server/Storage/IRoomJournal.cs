using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>
/// The rooms on disk: an append-only sequence of events a room, with snapshots that stand for the events before them.
/// One actor at a time acts for a room; different rooms may append concurrently, and their appends share commits.
/// </summary>
public interface IRoomJournal
{
    /// <summary>The last snapshot of a room and the events since, or null when the room is unknown. Sees everything appended before.</summary>
    ValueTask<StoredRoom?> LoadAsync(Jid room, CancellationToken cancellationToken);

    /// <summary>Queues an event to the writer, in order; a room's first event makes the room. Never blocks on the disk.</summary>
    /// <exception cref="StorageFailedException">An earlier write failed; nothing is accepted any more.</exception>
    void Append(Jid room, RoomEvent e);

    /// <summary>Whether more waits for the disk than should: an actor then awaits <see cref="CommittedAsync"/> before its next turn.</summary>
    bool IsBehind { get; }

    /// <summary>Completes when everything appended before this call is on disk; fails when it never will be.</summary>
    ValueTask CommittedAsync();

    /// <summary>Queues a snapshot that stands for every event appended before it.</summary>
    void Snapshot(Jid room, RoomSnapshot snapshot);

    /// <summary>Queues the removal of a room and all its events.</summary>
    void Delete(Jid room);

    /// <summary>Forgets what is kept in memory for a room that leaves memory; it can be loaded again.</summary>
    void Release(Jid room);

    /// <summary>Every room on disk, and what is left of destroyed ones, in the order of addresses. Sees everything appended before.</summary>
    ValueTask<IReadOnlyList<RoomListing>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The rooms that have a person on their lists as a member or more, in the order of addresses. Sees everything appended before.</summary>
    ValueTask<IReadOnlyList<Jid>> RoomsOfAsync(Jid person, CancellationToken cancellationToken);

    /// <summary>How many rooms have a person on their lists as an owner. Known in memory; asks no disk.</summary>
    int OwnedBy(Jid person);
}

/// <summary>A room as read from disk: replaying <paramref name="Events"/> over <paramref name="Snapshot"/> gives its state.</summary>
/// <param name="Snapshot">The last snapshot, or null when the room is young and all its events are listed.</param>
/// <param name="Events">The events since the snapshot, oldest first.</param>
public sealed record StoredRoom(RoomSnapshot? Snapshot, IReadOnlyList<RoomEvent> Events);

/// <summary>One line of the list of rooms on disk.</summary>
/// <param name="Address">The room's address.</param>
/// <param name="Name">Its natural-language name, when it has one.</param>
/// <param name="IsListed">Whether service discovery may show it.</param>
/// <param name="IsPersistent">Whether it outlives its last occupant.</param>
public sealed record RoomListing(Jid Address, string? Name, bool IsListed, bool IsPersistent)
{
    /// <summary>When what is left of a destroyed room ends; null for a room that is there.</summary>
    public DateTimeOffset? TombstoneEnds { get; init; }

    /// <summary>How the directory shows it while it is not in memory.</summary>
    public required MucGen.Rooms.Service.RoomListing Listing { get; init; }
}
