using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Where a person stands with the registration of a room.</summary>
public enum RegistrationState : byte
{
    /// <summary>Neither member nor waiting.</summary>
    Outsider,

    /// <summary>Asked, and waits for an admin; the nick is not theirs yet.</summary>
    Waiting,

    /// <summary>Member, admin or owner without a nick of their own.</summary>
    Listed,

    /// <summary>Member, admin or owner for whom a nick is reserved.</summary>
    Registered,

    /// <summary>Outcast.</summary>
    Banned,
}

/// <summary>What a request of registration comes to.</summary>
public enum RegistrationStep : byte
{
    /// <summary>Nothing changes, and that is what was asked for.</summary>
    Nothing,

    /// <summary>The request is put to the admins: <see cref="RegistrationState.Waiting"/>.</summary>
    Ask,

    /// <summary>Membership and nick at once: <see cref="RegistrationState.Registered"/>.</summary>
    Admit,

    /// <summary>The request is taken back or refused: <see cref="RegistrationState.Outsider"/>.</summary>
    Drop,

    /// <summary>Membership and nick end: <see cref="RegistrationState.Outsider"/>.</summary>
    Expel,

    /// <summary>The nick is given up, the affiliation stays: <see cref="RegistrationState.Listed"/>.</summary>
    GiveUpNick,
}

/// <summary>
/// Registration, reservation, approval, enforcement, unsetting and removal: one state machine (XEP-0045 7.10, 9.3, 9.5, 9.9; XEP-0077 3.2;
/// decisions A37, A38). A person is in one state; the columns are what happens.
/// <code>
///              registers                    removes            admin approves   admin refuses   admin lists as    admin lists as     admin bans   account
///              (7.10, by policy)            (XEP-0077 3.2)     (9.9)            (9.9)           member or more    none               (9.1)        deleted
///                                                                                               with / no nick
/// Outsider     Open: Registered             registration-      item-not-found   item-not-found  Registered/Listed Outsider           Banned       Outsider
///              Approval: Waiting            required
///              Members: not-allowed
/// Waiting      Open: Registered             Outsider           Registered, or   Outsider        Registered/Listed Waiting            Banned       Outsider
///              Approval: Waiting, anew                         conflict and
///              Members: not-allowed                            Waiting
/// Listed       Registered                   member: Outsider,  item-not-found   item-not-found  Registered/Listed Outsider           Banned       Outsider
///                                           others: Listed
/// Registered   Registered, other nick       member: Outsider,  item-not-found   item-not-found  Registered, with  Outsider           Banned       Outsider
///                                           others: Listed                                      nick='' Listed
/// Banned       forbidden                    forbidden          item-not-found   item-not-found  Registered/Listed Outsider           Banned       Outsider
/// </code>
/// Where nobody may register, registering and removing are service-unavailable in every state. Registering under a nick that somebody else
/// holds, reserved, or reserved a look-alike of is a conflict in every state, and changes nothing; so does an admin's listing with a nick that is
/// reserved (9.3). What an admin reserves takes the nick from whoever uses it (decision A38). A room that locks nicks renames its occupants to
/// the nick that they come to hold (<see cref="LockedNicks"/>). Each arrow is one journal event: none can be half done.
/// </summary>
public static class RegistrationRules
{
    private const int MostWaiting = 200; // what an admin could look through; a queue without bound would be anybody's to fill

    /// <summary>Where this person stands.</summary>
    public static RegistrationState StateOf(Room room, Jid bareJid)
    {
        ArgumentNullException.ThrowIfNull(room);
        var affiliation = room.AffiliationOf(bareJid);
        if (BanGate.Check(affiliation) is not null)
            return RegistrationState.Banned;
        if (room.Affiliations.Find(bareJid)?.Nick is not null)
            return RegistrationState.Registered;
        if (affiliation >= MucAffiliation.Member)
            return RegistrationState.Listed;
        return room.PendingRegistrations.Find(bareJid) is null ? RegistrationState.Outsider : RegistrationState.Waiting;
    }

    /// <summary>Who may register: the stricter of what the service allows and what the room says.</summary>
    public static RegistrationPolicy PolicyOf(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        var own = room.Config.Registration switch
        {
            RoomRegistration.Open => RegistrationPolicy.Open,
            RoomRegistration.Approval => RegistrationPolicy.Approval,
            RoomRegistration.Members => RegistrationPolicy.Members,
            RoomRegistration.Nobody => RegistrationPolicy.Off,
            _ => room.Config.IsMembersOnly ? RegistrationPolicy.Approval : RegistrationPolicy.Open,
        };
        return own > room.Policy.Registration ? own : room.Policy.Registration;
    }

    /// <summary>Whether this person may register at all, which is judged before what they submit.</summary>
    public static Refusal? CheckRight(Room room, Jid bareJid)
    {
        var policy = PolicyOf(room);
        return policy == RegistrationPolicy.Off
            ? NotOffered
            : EntryRules.CheckRegistration(room.AffiliationOf(bareJid), isOpen: policy < RegistrationPolicy.Members);
    }

    /// <summary>Registers, or changes what was registered or asked for.</summary>
    /// <returns>Why not; null when <paramref name="step"/> is to be taken.</returns>
    public static Refusal? Register(Room room, RegistrationRequest request, out RegistrationStep step)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(request);
        step = RegistrationStep.Nothing;
        if (CheckRight(room, request.BareJid) is { } refusal)
            return refusal;
        if (Nicks.CheckReservable(room, request.Nick, request.BareJid) is { } taken)
            return taken;
        var mustWait = StateOf(room, request.BareJid) is RegistrationState.Outsider or RegistrationState.Waiting
            && PolicyOf(room) == RegistrationPolicy.Approval;
        if (!mustWait)
            step = RegistrationStep.Admit;
        else if (room.PendingRegistrations.Find(request.BareJid) is not { } asked)
            step = RegistrationStep.Ask;
        else if (asked != request)
            step = RegistrationStep.Ask;
        return step == RegistrationStep.Ask && IsFull(room, request.BareJid) ? QueueFull : null;
    }

    /// <summary>Takes a registration, or the request for one, back.</summary>
    /// <returns>Why not; null when <paramref name="step"/> is to be taken.</returns>
    public static Refusal? Remove(Room room, Jid bareJid, out RegistrationStep step)
    {
        ArgumentNullException.ThrowIfNull(room);
        step = RegistrationStep.Nothing;
        if (PolicyOf(room) == RegistrationPolicy.Off)
            return NotOffered;
        switch (StateOf(room, bareJid))
        {
            case RegistrationState.Banned:
                return BanGate.Check(room, bareJid);
            case RegistrationState.Outsider:
                return NeverRegistered;
            case RegistrationState.Waiting:
                step = RegistrationStep.Drop;
                return null;
            default:
                step = room.Affiliations.Of(bareJid) == MucAffiliation.Member ? RegistrationStep.Expel : RegistrationStep.GiveUpNick;
                return null;
        }
    }

    /// <summary>An admin's decision on a request: whoever decides second finds none any more.</summary>
    /// <param name="room">The room.</param>
    /// <param name="request">The request as it waits; null when it does not.</param>
    /// <param name="isApproved">The decision.</param>
    /// <param name="step">What is to be done.</param>
    /// <returns>Why nothing can be done.</returns>
    public static Refusal? Decide(Room room, RegistrationRequest? request, bool isApproved, out RegistrationStep step)
    {
        ArgumentNullException.ThrowIfNull(room);
        step = RegistrationStep.Nothing;
        if (request is null || StateOf(room, request.BareJid) != RegistrationState.Waiting)
            return NoRequest;
        if (isApproved && Nicks.CheckReservable(room, request.Nick, request.BareJid) is { } taken)
            return taken;
        step = isApproved ? RegistrationStep.Admit : RegistrationStep.Drop;
        return null;
    }

    private static bool IsFull(Room room, Jid bareJid) =>
        room.PendingRegistrations.Count >= MostWaiting && room.PendingRegistrations.Find(bareJid) is null;

    private static readonly Refusal NotOffered =
        new(StanzaErrorCondition.ServiceUnavailable, StanzaErrorType.Cancel, "This room does not take registrations.");
    private static readonly Refusal NeverRegistered = Refusal.RegistrationRequired("You are not registered with this room.");
    private static readonly Refusal NoRequest = Refusal.ItemNotFound("Nobody asks for this nickname any more.");
    private static readonly Refusal QueueFull =
        new(StanzaErrorCondition.ResourceConstraint, StanzaErrorType.Wait, "Too many registrations wait for the admins of this room.");
}
