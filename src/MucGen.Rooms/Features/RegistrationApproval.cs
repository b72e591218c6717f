using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Admins decide who may register with a members-only room (XEP-0045 9.9).</summary>
public static class RegistrationApproval
{
    /// <summary>Keeps the request and puts it to the admins: those present, or else all of them wherever they are.</summary>
    internal static void Ask(RoomTurn turn, Jid bareJid, string nick)
    {
        turn.Record(new RegistrationRequested(bareJid, nick));
        var payload = turn.StartMessage(out var writer);
        writer.TextElement("body"u8, $"{bareJid} asks to be registered as {nick}.");
        var form = MucRegisterFormWriter.Start(
            ref writer, FormType.Form, title: "Registration request", instructions: $"{bareJid} asks to be registered with this room.");
        form.Allow(value: false);
        form.RoomNick(nick);
        form.End();
        turn.EndMessage(payload, ref writer, reveals: bareJid);
        foreach (var admin in Admins(turn.Room))
            turn.Send(payload, admin);
        payload.Dispose();
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
        else
            Decide(turn, answer);
        return true;
    }

    private static void Decide(RoomTurn turn, in MucRegisterFormView answer)
    {
        if (Nicks.Prepare(answer.RoomNick.ToString(), turn.Policy, out var nick) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        var bareJid = turn.Room.PendingRegistrations.FirstOrDefault(pending => pending.Value == nick).Key;
        if (bareJid is null)
            turn.Refuse(NoRequest);
        else if (answer.Allow != true)
            turn.Record(new RegistrationAnswered(bareJid));
        else if (Nicks.CheckFree(turn.Room, nick, bareJid) is { } taken)
            turn.Refuse(taken);
        else
            Registration.Admit(turn, bareJid, nick, Actor.Of(turn));
    }

    private static List<Jid> Admins(Room room)
    {
        List<Jid> present = [];
        foreach (var session in room.Occupants.Sessions)
        {
            if (room.AffiliationOf(session.Occupant.BareJid) >= MucAffiliation.Admin)
                present.Add(session.FullJid);
        }
        return present.Count > 0
            ? present
            : [.. room.Affiliations.All.Where(entry => entry.Affiliation >= MucAffiliation.Admin).Select(entry => entry.BareJid)];
    }

    private static readonly Refusal OnlyAdmins = Refusal.Forbidden("Only admins decide about registrations.");
    private static readonly Refusal NoRequest = Refusal.ItemNotFound("Nobody asks for this nickname any more.");
}
