using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>The time of a destroyed room's tombstone is over: nothing of the room is left.</summary>
public sealed record TombstoneEnded : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.Tombstone = null;
}

/// <summary>A tombstone does not name this person any more, whose account is gone (XEP-0077 3.2).</summary>
/// <param name="BareJid">Who.</param>
public sealed record TombstoneForgot(Jid BareJid) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Tombstone is not { } tombstone)
            return;
        room.Tombstone = tombstone with
        {
            Owners = [.. tombstone.Owners.Where(jid => !jid.Equals(BareJid))],
            Told = tombstone.Told is null ? null : [.. tombstone.Told.Where(jid => !jid.Equals(BareJid))],
        };
    }
}
