using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Who asks for something about others: rights go by bare JID, whichever resource asks (XEP-0045 8, 9; decision A11).</summary>
/// <param name="BareJid">The person.</param>
/// <param name="Affiliation">Their affiliation.</param>
/// <param name="Role">Their highest role in the room under any nick; none when absent.</param>
/// <param name="Occupant">As whom the others know them: the asking session's occupant, or else any of theirs; null when absent.</param>
public readonly record struct Actor(Jid BareJid, MucAffiliation Affiliation, MucRole Role, Occupant? Occupant)
{
    /// <summary>Whether the person is a moderator under any nick.</summary>
    public bool IsModerator => Role == MucRole.Moderator;

    /// <summary>Whether the person, being an owner, may take ownership from others (10.4).</summary>
    public bool MayRevokeOwners(RoomPolicy policy) => policy.OwnersRevokeOwners || policy.Admins.Contains(BareJid);

    /// <summary>The sender of the turn's stanza.</summary>
    public static Actor Of(RoomTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var bareJid = turn.From.Bare;
        var role = MucRole.None;
        var known = turn.SenderOccupant;
        foreach (var occupant in turn.Room.Occupants.Of(bareJid))
        {
            known ??= occupant;
            if (occupant.Role > role)
                role = occupant.Role;
        }

        return new Actor(bareJid, turn.Room.AffiliationOf(bareJid), role, known);
    }
}
