using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Admins decide who may register, where the room asks for it (XEP-0045 9.9). Requests wait until they are decided, across restarts too.</summary>
public static class RegistrationApproval
{
    /// <summary>Keeps the request and puts it to the admins: those present, or else all of them wherever they are.</summary>
    internal static void Ask(RoomTurn turn, RegistrationRequest request)
    {
        turn.Record(new RegistrationRequested(request.BareJid, request.Nick, request.Details));
        var payload = Compose(turn, request);
        foreach (var admin in Admins(turn.Room))
            turn.Send(payload, admin);
        payload.Dispose();
    }

    /// <summary>Shows an admin who enters, or who has just become one, what waits for a decision.</summary>
    internal static void Show(RoomTurn turn, OccupantSession session)
    {
        if (turn.Room.AffiliationOf(session.Occupant.BareJid) < MucAffiliation.Admin)
            return;
        foreach (var request in turn.Room.PendingRegistrations)
        {
            if (!turn.Room.MaySeeAddress(session.FullJid, request.BareJid))
                continue;
            var payload = Compose(turn, request);
            turn.Send(payload, session.FullJid);
            payload.Dispose();
        }
    }

    /// <summary>An admin's answer: approving makes a member with the nick reserved, anything else ends the matter.</summary>
    [OnMessage(Order = 1)]
    public static bool Answer(RoomTurn turn, DataFormView form)
    {
        if (form.Type != FormType.Submit || !MucRegisterFormView.Matches(form))
            return false;
        if (turn.SenderAffiliation < MucAffiliation.Admin)
            turn.Refuse(OnlyAdmins);
        else if (!MucRegisterFormView.TryRead(form, out var answer, out var error))
            turn.Refuse(Refusal.BadRequest(error.ToString()));
        else if (Nicks.Prepare(answer.RoomNick.ToString(), turn.Policy, out var nick) is { } refusal)
            turn.Refuse(refusal);
        else
            Decide(turn, answer, nick);
        return true;
    }

    private static void Decide(RoomTurn turn, in MucRegisterFormView answer, string nick)
    {
        var request = Find(turn.Room, answer, nick);
        if (RegistrationRules.Decide(turn.Room, request, answer.Allow == true, out var step) is { } refusal)
            turn.Refuse(refusal);
        else if (step == RegistrationStep.Admit)
            Registration.Admit(turn, request!, Actor.Of(turn));
        else
            turn.Record(new RegistrationAnswered(request!.BareJid));
    }

    // The form names whose request it is; a client that returns only the registered fields means the oldest for that nick. Somebody who asked
    // for another nick meanwhile has made another request.
    private static RegistrationRequest? Find(Room room, in MucRegisterFormView answer, string nick)
    {
        if (answer.Jid.ToJid() is not { } jid)
            return room.PendingRegistrations.FindFirst(nick);
        return room.PendingRegistrations.Find(jid.Bare) is { } request && request.Nick == nick ? request : null;
    }

    private static Payload Compose(RoomTurn turn, RegistrationRequest request)
    {
        var payload = turn.StartMessage(out var writer);
        writer.TextElement("body"u8, $"{request.BareJid} asks to be registered as {request.Nick}.");
        RegistrationForm.Ask(request, ref writer);
        return turn.EndMessage(payload, ref writer, reveals: request.BareJid);
    }

    private static List<Jid> Admins(Room room)
    {
        List<Jid> present = [];
        foreach (var session in room.Occupants.Sessions)
        {
            // An admin who was made a participant of a semi-anonymous room does not see addresses there.
            if (room.AffiliationOf(session.Occupant.BareJid) >= MucAffiliation.Admin && (room.Config.IsNonAnonymous || session.Occupant.Role == MucRole.Moderator))
                present.Add(session.FullJid);
        }
        return present.Count > 0
            ? present
            : [.. room.Affiliations.All.Where(entry => entry.Affiliation >= MucAffiliation.Admin).Select(entry => entry.BareJid)];
    }

    private static readonly Refusal OnlyAdmins = Refusal.Forbidden("Only admins decide about registrations.");
}
