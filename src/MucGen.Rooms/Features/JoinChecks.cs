using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Somebody at the door.</summary>
/// <param name="requestedNick">The nick asked for; null when none was.</param>
/// <param name="nick">The nick that they would get.</param>
/// <param name="bareJid">Who.</param>
/// <param name="password">The password given.</param>
internal readonly ref struct JoinRequest(string? requestedNick, string nick, Jid bareJid, XmlText password)
{
    public string? RequestedNick { get; } = requestedNick;

    public string Nick { get; } = nick;

    public Jid BareJid { get; } = bareJid;

    public XmlText Password { get; } = password;
}

/// <summary>
/// Why somebody may not enter: every reason of XEP-0045 7.2.17, in the order in which they are told (decision A23). The first one counts.
/// </summary>
internal static class JoinChecks
{
    private delegate Refusal? JoinCheck(Room room, in JoinRequest request);

    private static readonly JoinCheck[] InOrder = [NickSyntax, Gone, Creation, Locked, Banned, Members, Full, Password, Nick];

    public static Refusal? Check(Room room, in JoinRequest request)
    {
        foreach (var check in InOrder)
        {
            if (check(room, request) is { } refusal)
                return refusal;
        }
        return null;
    }

    // 7.2.1, 17.1
    private static Refusal? NickSyntax(Room room, in JoinRequest request) => Nicks.CheckSyntax(request.RequestedNick, room.Policy);

    // 10.9
    private static Refusal? Gone(Room room, in JoinRequest request) => Tombstones.Check(room, request.BareJid);

    // 10.1.1, 14.6
    private static Refusal? Creation(Room room, in JoinRequest request)
    {
        if (room.Exists)
            return null;
        if (!room.Policy.MayCreate(request.BareJid))
            return NoCreation;
        return room.Policy.OwnsEnough(request.BareJid) ? NoFurtherRoom : null;
    }

    // 7.2.10, decision A25: as if it did not exist
    private static Refusal? Locked(Room room, in JoinRequest request) =>
        room.IsHiddenFrom(request.BareJid) ? Tombstones.NotThere(room, request.BareJid) : null;

    // 7.2.7
    private static Refusal? Banned(Room room, in JoinRequest request) => BanGate.Check(room, request.BareJid);

    // 7.2.6; whoever creates a room will own it, whatever rooms start with
    private static Refusal? Members(Room room, in JoinRequest request) =>
        room.Exists ? EntryRules.Check(room.AffiliationOf(request.BareJid), room.Config.IsMembersOnly) : null;

    // 7.2.9, decision A50: occupants count, not sessions; admins and owners find a few more places
    private static Refusal? Full(Room room, in JoinRequest request)
    {
        if (room.Occupants.Find(request.Nick) is { } own && own.BareJid.Equals(request.BareJid))
            return null;
        var places = room.Config.MaxUsers ?? room.Policy.MaxOccupants;
        if (room.AffiliationOf(request.BareJid) >= MucAffiliation.Admin)
            places += room.Policy.ReservedPlaces;
        return room.Occupants.Count < places ? null : NoPlace;
    }

    // 7.2.5, decision A24: owners too
    private static Refusal? Password(Room room, in JoinRequest request) =>
        !room.Exists || !room.Config.IsPasswordProtected || request.Password.ToStringOrNull() == room.Config.Password ? null : WrongPassword;

    // 7.2.8
    private static Refusal? Nick(Room room, in JoinRequest request) => Nicks.CheckFree(room, request.Nick, request.BareJid);

    private static readonly Refusal NoCreation = Refusal.NotAllowed("You may not create rooms here.");
    private static readonly Refusal NoFurtherRoom =
        new(StanzaErrorCondition.ResourceConstraint, StanzaErrorType.Wait, "You own as many rooms as one person may; destroy one of them first.");
    private static readonly Refusal NoPlace =
        new(StanzaErrorCondition.ServiceUnavailable, StanzaErrorType.Wait, "The room is full.");
    private static readonly Refusal WrongPassword =
        new(StanzaErrorCondition.NotAuthorized, StanzaErrorType.Auth, "The password is missing or wrong.");
}
