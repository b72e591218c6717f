using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>A session wants to be told of changes of the lists of affiliations with their versions, or does not any more (XEP-0463 5.1).</summary>
/// <param name="FullJid">The session.</param>
/// <param name="Wanted">Whether it does.</param>
public sealed record AffiliationsFollowed(Jid FullJid, bool Wanted) : RoomEvent
{
    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if (room.Occupants.Find(FullJid) is { } session)
            session.FollowsAffiliations = Wanted;
    }
}
