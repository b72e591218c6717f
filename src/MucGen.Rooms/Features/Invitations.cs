using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Invitations through the room, and their declines (XEP-0045 7.8.2, 7.9, 9.5; decisions A30, A31). Direct invitations (XEP-0249) pass
/// between users without the room, which grants nothing for them.
/// </summary>
public static class Invitations
{
    /// <summary>Relays the invitations or the decline in a message to the room; other content of that element is nobody's business here.</summary>
    [OnMessage]
    public static bool Relay(RoomTurn turn, MucUserView x)
    {
        if (!turn.To.IsBare || turn.Root.Attribute("type"u8).Equals("groupchat"u8))
            return false;
        if (x.Invites.Count > 0)
            Invite(turn, x);
        else if (x.Decline.IsPresent)
            Decline(turn, x.Decline);
        else
            return false;
        return true;
    }

    /// <summary>Sends one invitation from the room and remembers it, so that a decline finds its way back.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="inviter">Who invites.</param>
    /// <param name="invitee">The address to invite, full or bare.</param>
    /// <param name="reason">Why.</param>
    /// <param name="id">The id of the inviter's message.</param>
    /// <param name="continued">The one-to-one chat that moves into the room (7.9), as the inviter's client names it.</param>
    internal static void Send(
        RoomTurn turn, in Actor inviter, Jid invitee, XmlText reason = default, XmlText id = default, ElementView continued = default)
    {
        var room = turn.Room;
        var payload = turn.StartMessage(out var writer, id: id);
        var x = MucUserWriter.Start(ref writer);
        var invite = x.StartInvite(from: AddressOf(room, inviter));
        if (reason.IsPresent)
            invite.Reason(reason);
        if (continued.IsPresent)
            invite.Continue(thread: continued.Attribute("thread"u8));
        invite.End();
        if (room.Config.IsPasswordProtected)
            x.Password(room.Config.Password);
        x.End();
        turn.EndMessage(payload, ref writer);
        turn.Send(payload, invitee);
        payload.Dispose();
        turn.Record(new InvitationSent(turn.From, invitee.Bare, turn.Now, id.ToStringOrNull()));
    }

    /// <summary>
    /// 7.8.2: whoever invited somebody that cannot be reached is told why, under the id of their message. That the invitation of a new member
    /// (9.5) finds nobody at home is no news to the admin, who asked for a membership.
    /// </summary>
    internal static void Report(RoomTurn turn, StanzaErrorView error)
    {
        var id = turn.Root.Attribute("id"u8);
        if (turn.Room.Invitations.Find(turn.From.Bare, id.ToString(), turn.Now) is not { } invitation)
            return;
        var payload = turn.StartMessage(out var writer, type: "error"u8, id: id);
        var x = MucUserWriter.Start(ref writer);
        x.StartInvite(to: invitation.Invitee).End();
        x.End();
        writer.Element(error.Element);
        turn.EndMessage(payload, ref writer);
        turn.Send(payload, invitation.Inviter);
        payload.Dispose();
    }

    // All invitations of a message are judged before the first is sent.
    private static void Invite(RoomTurn turn, MucUserView x)
    {
        var actor = Actor.Of(turn);
        foreach (var invite in x.Invites)
        {
            if (Check(turn.Room, actor, turn.SenderRole, invite) is { } refusal)
            {
                turn.Refuse(refusal);
                return;
            }
        }

        foreach (var invite in x.Invites)
        {
            var invitee = invite.To.ToJid()!;
            Admit(turn, actor, invitee.Bare);
            Send(turn, actor, invitee, invite.Reason, turn.Root.Attribute("id"u8), invite.Continue.Element);
        }
    }

    private static Refusal? Check(Room room, in Actor actor, MucRole role, MucUserInviteView invite)
    {
        var config = room.Config;
        if (OccupantRules.CheckInvitation(role, actor.Affiliation, config.IsMembersOnly, config.MembersMayInvite) is { } refusal)
            return refusal;
        if (!invite.To.IsPresent)
            return NobodyInvited;
        return BanGate.CheckInvitee(room, invite.To.ToJid()!);
    }

    // 7.8.2, 9.5: only a members-only room makes members of those who are invited.
    private static void Admit(RoomTurn turn, Actor actor, Jid invitee)
    {
        if (!turn.Room.Config.IsMembersOnly || turn.Room.AffiliationOf(invitee) != MucAffiliation.None)
            return;
        turn.Record(new AffiliationChanged(invitee, MucAffiliation.Member, Nick: null, Reason: null));
        AffiliationVersions.Tell(turn, new Affiliated(invitee, MucAffiliation.Member));
    }

    // A31: the occupant JID where real addresses are kept from the others, unless there is none; otherwise the bare JID.
    private static Jid AddressOf(Room room, in Actor inviter) =>
        inviter.Occupant is { } occupant && !room.Config.IsNonAnonymous ? occupant.OccupantJid : inviter.BareJid;

    // A31: the room relays to those who did invite the sender lately, and to nobody else.
    private static void Decline(RoomTurn turn, MucUserDeclineView decline)
    {
        if (!decline.To.IsPresent)
        {
            turn.Refuse(NobodyInvited);
            return;
        }

        var to = decline.To.ToJid()!;
        var occupant = to.Bare.Equals(turn.Room.Address) ? turn.Room.Occupants.Find(to.Resource) : null;
        var inviter = occupant?.BareJid ?? to.Bare;
        if (!turn.Room.Invitations.Has(inviter, turn.From.Bare, turn.Now))
        {
            turn.Refuse(NotInvited);
            return;
        }

        var payload = turn.StartMessage(out var writer, id: turn.Root.Attribute("id"u8));
        var x = MucUserWriter.Start(ref writer);
        var relayed = x.StartDecline(from: turn.From.Bare);
        if (decline.Reason.IsPresent)
            relayed.Reason(decline.Reason);
        relayed.End();
        x.End();
        turn.EndMessage(payload, ref writer);
        if (occupant is null)
            turn.Send(payload, to);
        else
            SendToSessions(turn, payload, occupant);
        payload.Dispose();
    }

    private static void SendToSessions(RoomTurn turn, Payload payload, Occupant occupant)
    {
        foreach (var session in occupant.Sessions)
            turn.Send(payload, session.FullJid);
    }

    private static readonly Refusal NobodyInvited = Refusal.BadRequest("It does not say whom it is for.");
    private static readonly Refusal NotInvited = Refusal.ItemNotFound("There is no invitation to decline.");
}
