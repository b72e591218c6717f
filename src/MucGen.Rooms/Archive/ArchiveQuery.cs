using MucGen.Xml;

namespace MucGen.Rooms.Archive;

/// <summary>Which messages of an archive, a room's or an account's, are wanted (XEP-0313 4). Everything that is set must hold; nothing set means all.</summary>
public sealed record ArchiveQuery
{
    /// <summary>The occupant JID, or the room's address for its own messages, that they were from. Not together with <see cref="Sender"/>.</summary>
    public Jid? Occupant { get; init; }

    /// <summary>The real address of who wrote them, in an account's archive that of the other side; a bare one means all of that person's sessions.</summary>
    public Jid? Sender { get; init; }

    /// <summary>The earliest time, inclusive, to the millisecond.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The latest time, inclusive, to the millisecond.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>What is older is not there at all for whoever asks: even its ids are unknown.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Ids of messages behind which the wanted ones come.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Ids of messages ahead of which the wanted ones come.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The ids of exactly the messages that are wanted; null when they are not named.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Whether messages that were retracted are left out.</summary>
    public bool LeavesOutRetracted { get; init; }

    /// <summary>The most messages, from 0.</summary>
    public required int Max { get; init; }

    /// <summary>Whether the last ones are wanted rather than the first; the page is in the order of the archive all the same.</summary>
    public bool FromEnd { get; init; }

    /// <summary>Whether only the very first and the very last message are wanted.</summary>
    public bool EndsOnly { get; init; }

    /// <summary>Whether the query names messages by their ids, so that it has no answer where there are none.</summary>
    public bool NamesMessages => After.Count + Before.Count > 0 || Ids is { Count: > 0 };

    /// <summary>Whether the answer must say how many there are in all.</summary>
    public bool CountsAll { get; init; }
}

/// <summary>One message as the archive keeps it.</summary>
/// <param name="Id">Its id, the same as in the live message and in the history (XEP-0359).</param>
/// <param name="At">When the room received it.</param>
/// <param name="From">The occupant JID that it was from, or the room's address; in an account's archive the sender's address.</param>
/// <param name="Sender">The real address of who wrote it, full where it is known; the room's for its own messages; in an account's archive that of the other side.</param>
/// <param name="Stanza">The message, a room's without <c>to</c>, or the tombstone that stands in its place.</param>
/// <param name="IsRetracted">Whether it is a tombstone.</param>
public sealed record ArchivedMessage(string Id, DateTimeOffset At, Jid From, Jid Sender, Markup Stanza, bool IsRetracted = false);

/// <summary>How a question to the archive ended.</summary>
public enum ArchiveOutcome : byte
{
    /// <summary>The page is what there is.</summary>
    Found,

    /// <summary>The question names an id that the archive does not have.</summary>
    UnknownId,

    /// <summary>The store could not answer.</summary>
    Failed,
}

/// <summary>What the archive has to a query, in the order of the room.</summary>
/// <param name="Messages">The messages of the page.</param>
/// <param name="IsComplete">Whether nothing lies beyond this page in the direction of reading.</param>
/// <param name="Count">How many there are in all, if that was asked.</param>
/// <param name="Outcome">Whether there is an answer at all.</param>
public sealed record ArchivePage(
    IReadOnlyList<ArchivedMessage> Messages, bool IsComplete, int? Count = null, ArchiveOutcome Outcome = ArchiveOutcome.Found)
{
    /// <summary>The answer to a question that names an unknown id.</summary>
    public static ArchivePage UnknownId { get; } = new([], false, Outcome: ArchiveOutcome.UnknownId);

    /// <summary>The answer of a store that failed.</summary>
    public static ArchivePage Failed { get; } = new([], false, Outcome: ArchiveOutcome.Failed);
}
