using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>Somebody came to the room, by entering it or by being put on a list: from here on its archive is theirs to read.</summary>
/// <param name="BareJid">Who.</param>
/// <param name="At">When.</param>
public sealed record ReaderCame(Jid BareJid, DateTimeOffset At) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.Readers[BareJid] = At;
}

/// <summary>Somebody is neither in the room nor on a list any more.</summary>
/// <param name="BareJid">Who.</param>
public sealed record ReaderWent(Jid BareJid) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.Readers.Remove(BareJid);
}
