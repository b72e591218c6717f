using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>Somebody asked for voice in a room that bounds how often one may (XEP-0045 8.6).</summary>
/// <param name="BareJid">Who.</param>
/// <param name="At">When.</param>
public sealed record VoiceRequested(Jid BareJid, DateTimeOffset At) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        var interval = TimeSpan.FromSeconds(room.Config.VoiceRequestInterval);
        foreach (var (asker, at) in room.VoiceRequests)
        {
            if (At - at >= interval)
                room.VoiceRequests.Remove(asker); // forgotten as soon as it bounds nothing, so that the table stays small
        }
        room.VoiceRequests[BareJid] = At;
    }
}

/// <summary>A newcomer has been in the room for long enough to speak, or a moderator thought so (<see cref="RoomConfig.VoiceAfterMinutes"/>).</summary>
/// <param name="BareJid">Who.</param>
public sealed record VoiceEarned(Jid BareJid) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        room.Settled.Add(BareJid);
        foreach (var occupant in room.Occupants.Of(BareJid))
            room.Occupants.EndWait(occupant);
    }
}
