using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>The room has this hat from now on, in place of an earlier one with the same URI (XEP-0317 3.2).</summary>
/// <param name="Hat">The hat.</param>
public sealed record HatChanged(Hat Hat) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Hats.Put(Hat);
        foreach (var wearer in room.Hats.WearersOf(Hat.Uri))
            room.Occupants.Forget(wearer);
    }
}

/// <summary>The room has this hat no more, and nobody wears it (XEP-0317 3.3).</summary>
/// <param name="Uri">Which.</param>
public sealed record HatRemoved(string Uri) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        foreach (var wearer in room.Hats.WearersOf(Uri))
            room.Occupants.Forget(wearer);
        room.Hats.Remove(Uri);
    }
}

/// <summary>A person wears a hat from now on, over all visits (XEP-0317 3.5).</summary>
/// <param name="BareJid">Who.</param>
/// <param name="Uri">Which.</param>
public sealed record HatGiven(Jid BareJid, string Uri) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Hats.Give(BareJid, Uri);
        room.Occupants.Forget(BareJid);
    }
}

/// <summary>A person does not wear a hat any more (XEP-0317 3.6).</summary>
/// <param name="BareJid">Who.</param>
/// <param name="Uri">Which.</param>
public sealed record HatTaken(Jid BareJid, string Uri) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Hats.Take(BareJid, Uri);
        room.Occupants.Forget(BareJid);
    }
}
