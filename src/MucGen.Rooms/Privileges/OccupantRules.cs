using MucGen.Protocol;

namespace MucGen.Rooms.Privileges;

/// <summary>What an occupant may do by its role (XEP-0045 5.1.1). <see cref="MucRole.None"/> stands for somebody who is not in the room.</summary>
public static class OccupantRules
{
    /// <summary>Sending to everybody. A visitor is silent in every room, so that moderators can silence someone (decisions A15, A21).</summary>
    public static Refusal? CheckSpeaking(MucRole role) => role switch
    {
        MucRole.None => NotAnOccupant,
        MucRole.Visitor => NoVoice,
        _ => null,
    };

    /// <summary>Changing the subject (8.1, decision A46).</summary>
    /// <param name="role">The role of the one who asks.</param>
    /// <param name="participantsMay">The room's <c>muc#roomconfig_changesubject</c>.</param>
    public static Refusal? CheckSubject(MucRole role, bool participantsMay) => role switch
    {
        MucRole.None => NotAnOccupant,
        MucRole.Moderator => null,
        MucRole.Participant when participantsMay => null,
        _ => NoSubject,
    };

    /// <summary>Sending a private message (7.5, decisions A18, A21). Messages to one's own occupants always pass.</summary>
    /// <param name="role">The sender's role.</param>
    /// <param name="lowest">The lowest role that the room's <c>muc#roomconfig_allowpm</c> admits; null when it admits nobody.</param>
    /// <param name="isSelf">Whether the addressee is an occupant of the sender's own bare JID.</param>
    public static Refusal? CheckPrivateMessage(MucRole role, MucRole? lowest, bool isSelf)
    {
        if (role == MucRole.None)
            return NotAnOccupant;
        return isSelf || role >= lowest ? null : NoPrivateMessages;
    }

    /// <summary>Sending a private message as a visitor, in a room that tells visitors apart (<c>allow_private_messages_from_visitors</c>).</summary>
    /// <param name="role">The sender's role.</param>
    /// <param name="to">The addressee's role.</param>
    /// <param name="allow">Whom visitors may write to.</param>
    /// <param name="isSelf">Whether the addressee is an occupant of the sender's own bare JID.</param>
    public static Refusal? CheckVisitorMessage(MucRole role, MucRole to, VisitorPm allow, bool isSelf)
    {
        var passes = isSelf || role != MucRole.Visitor || allow == VisitorPm.Anyone || (allow == VisitorPm.Moderators && to == MucRole.Moderator);
        return passes ? null : NoPrivateMessages;
    }

    /// <summary>Changing the nick (7.6): visitors, when the room lets them.</summary>
    public static Refusal? CheckNickChange(MucRole role, bool visitorsMay) => role == MucRole.Visitor && !visitorsMay ? NoNickChange : null;

    /// <summary>
    /// Inviting through the room (7.8.2, 9.5, decision A30): in an open room every occupant; in a members-only room admins and
    /// owners, and members when the room says so. Admins and owners need not be present.
    /// </summary>
    public static Refusal? CheckInvitation(MucRole role, MucAffiliation affiliation, bool isMembersOnly, bool membersMay)
    {
        if (affiliation >= MucAffiliation.Admin)
            return null;
        if (role == MucRole.None)
            return NotAnOccupant;
        if (!isMembersOnly)
            return null;
        return membersMay && affiliation == MucAffiliation.Member ? null : NoInvitations;
    }

    /// <summary>The answer to messages of those who are not in the room (7.4, 7.5; decision A21).</summary>
    public static readonly Refusal NotAnOccupant = Refusal.NotAcceptable("Only occupants may send messages to this room.");

    private static readonly Refusal NoVoice = Refusal.Forbidden("Visitors have no voice in this room.");
    private static readonly Refusal NoSubject = Refusal.Forbidden("You may not change the subject of this room.");
    private static readonly Refusal NoPrivateMessages = Refusal.Forbidden("You may not send private messages in this room.");
    private static readonly Refusal NoNickChange = Refusal.NotAllowed("Visitors may not change their nickname in this room.");
    private static readonly Refusal NoInvitations = Refusal.Forbidden("Only admins may invite into this room.");
}
