namespace MucGen.Rooms.Journal;

/// <summary>The session of a command was completed or cancelled and cannot be used any more (XEP-0050 2.4.3).</summary>
/// <param name="SessionId">Its identifier.</param>
/// <param name="At">When.</param>
public sealed record CommandEnded(string SessionId, DateTimeOffset At) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.EndedCommands.Add(SessionId, At);
}
