using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>
/// A message was taken back (XEP-0424, XEP-0425): from now on a tombstone stands in its place, in the history and in the archive. Nothing happens where
/// the message is not, is not the author's, or has a tombstone already.
/// </summary>
/// <param name="Id">Its stanza-id.</param>
/// <param name="Author">The bare JID that must have written it; null when a moderator retracts, whoever wrote it.</param>
/// <param name="Tombstone">The element that stands for what was said.</param>
public sealed record MessageRetracted(string Id, Jid? Author, Markup Tombstone) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        var index = room.History.Find(Id);
        if (index >= 0 && (Author is null || Author.Equals(room.History[index].Sender)))
            room.History.Retract(index, Tombstone);
    }
}

/// <summary>Everything that a person ever said here was retracted, as one act.</summary>
/// <param name="Sender">The bare JID.</param>
/// <param name="Tombstone">The element that stands for what was said.</param>
public sealed record SenderRetracted(Jid Sender, Markup Tombstone) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        for (var i = 0; i < room.History.Count; i++)
        {
            if (Sender.Equals(room.History[i].Sender))
                room.History.Retract(i, Tombstone);
        }
    }
}
