namespace MucGen.Rooms.Journal;

/// <summary>The others have not been told yet of an occupant's last availability.</summary>
/// <param name="Nick">Which occupant.</param>
public sealed record PresenceHeld(string Nick) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Occupants.Find(Nick) is { } occupant)
            room.Occupants.Hold(occupant);
    }
}

/// <summary>They have been told.</summary>
/// <param name="Nick">Which occupant.</param>
public sealed record PresenceTold(string Nick) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Occupants.Find(Nick) is { } occupant)
            room.Occupants.Unhold(occupant);
    }
}
