using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Owners configure the room, accept it as it is, or destroy it (XEP-0045 10.1.2, 10.1.3, 10.2, 10.9).</summary>
[Feature("http://jabber.org/protocol/muc#owner")]
[Feature("http://jabber.org/protocol/muc#roomconfig")]
public static class RoomConfiguration
{
    /// <summary>Gives the form with the values in force, to owners wherever they are (10.2).</summary>
    [OnIq(IqType.Get)]
    public static void Show(RoomTurn turn, MucOwnerQueryView query)
    {
        var room = turn.Room;
        if (ListRules.CheckOwner(room.AffiliationOf(turn.From)) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var answer = MucOwnerQueryWriter.Start(ref writer);
        if (OffersOptions(turn))
            WriteForm(room, ref writer);
        answer.End();
        turn.SendResult(payload, ref writer);
    }

    private static void WriteForm(Room room, ref XmppWriter writer)
    {
        var form = MucRoomConfigFormWriter.Start(ref writer, FormType.Form, title: "Configuration of the room");
        room.Config.WriteForm(ref form);
        form.RoomAdmins(room.Affiliations.Listed(MucAffiliation.Admin));
        form.RoomOwners(room.Affiliations.Listed(MucAffiliation.Owner));
        form.End();
    }

    // 10.1.1, 10.1.3, 10.2: without options the query is empty.
    private static bool OffersOptions(RoomTurn turn) => turn.Policy.Admins.Contains(turn.From.Bare) || turn.Policy.OwnersConfigure switch
    {
        OwnerConfiguration.Always => true,
        OwnerConfiguration.AtCreation => turn.Room.IsLocked,
        _ => false,
    };

    /// <summary>Takes a configuration, a cancellation, or the order to destroy the room.</summary>
    [OnIq(IqType.Set)]
    public static void Change(RoomTurn turn, MucOwnerQueryView query)
    {
        if (ListRules.CheckOwner(turn.Room.AffiliationOf(turn.From)) is { } refusal)
            turn.Refuse(refusal);
        else if (query.Destroy.IsPresent)
            Destroy(turn, query.Destroy);
        else if (query.Form.IsPresent && query.Form.Type == FormType.Cancel)
            Cancel(turn);
        else if (query.Form.IsPresent && query.Form.Type == FormType.Submit)
            Submit(turn, query.Form);
        else
            turn.Refuse(NoOrder);
    }

    // 10.9, decision A29: all presences, then the result.
    private static void Destroy(RoomTurn turn, MucOwnerDestroyView order)
    {
        var alternate = order.Jid.IsPresent ? order.Jid.ToJid() : null;
        RoomLifetime.Destroy(turn, new RoomDestruction(alternate, order.Password.ToStringOrNull(), order.Reason.ToStringOrNull()));
        turn.Result();
    }

    // 10.1.3: a new room that is not configured does not come to be; 10.2: a running one stays as it is.
    private static void Cancel(RoomTurn turn)
    {
        if (turn.Room.IsLocked)
            RoomLifetime.Destroy(turn, new RoomDestruction(null, null, "The configuration was cancelled"));
        turn.Result();
    }

    // Decision A26: everything is checked before anything is changed.
    private static void Submit(RoomTurn turn, DataFormView form)
    {
        var actor = Actor.Of(turn);
        if (!OffersOptions(turn) && HasOptions(form))
        {
            turn.Refuse(NoOptions);
            return;
        }

        var plan = new ConfigurationPlan(turn.Room, actor);
        if (plan.Read(form) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        ConfigurationEffects.Apply(turn, plan, actor);
        turn.Result();
    }

    // What is submitted beside the kind of form; a form without options still unlocks a new room (10.1.2).
    private static bool HasOptions(DataFormView form)
    {
        foreach (var field in form.Fields)
        {
            if (!field.Var.Equals("FORM_TYPE"u8))
                return true;
        }

        return false;
    }

    private static readonly Refusal NoOptions = Refusal.NotAcceptable("This room has no options to configure.", StanzaErrorType.Modify);
    private static readonly Refusal NoOrder = Refusal.BadRequest("A form to submit or cancel, or an order to destroy, is expected.");
}
