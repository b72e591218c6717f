namespace MucGen.Rooms.Journal;

/// <summary>The room has another vCard, or none any more (XEP-0486 3.2).</summary>
/// <param name="VCard">The vCard from now on; null when it was taken back.</param>
public sealed record VCardChanged(RoomVCard? VCard) : RoomEvent
{
    /// <inheritdoc/>
    public override bool IsDurable => true;

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room) => room.VCard = VCard;
}
