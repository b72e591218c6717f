using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Registering with a room, which reserves a nick and makes a member (XEP-0045 7.10, XEP-0077; decision A37). What each request comes to is
/// decided by <see cref="RegistrationRules"/>.
/// </summary>
[Feature("jabber:iq:register")]
[Feature("http://jabber.org/protocol/muc#register")]
public static class Registration
{
    private const string FormNamespace = "http://jabber.org/protocol/muc#register";

    /// <summary>Whether disco#info may list a feature of the room: what belongs to registering only where there is any.</summary>
    internal static bool Announces(string feature, Room room) =>
        feature is not (RegisterQueryView.Namespace or FormNamespace) || RegistrationRules.PolicyOf(room) != RegistrationPolicy.Off;

    /// <summary>The form, or what is registered already.</summary>
    [OnIq(IqType.Get)]
    public static void Get(RoomTurn turn, RegisterQueryView query)
    {
        if (RegistrationRules.CheckRight(turn.Room, turn.From.Bare) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        var payload = turn.StartResult(out var writer);
        var answer = RegisterQueryWriter.Start(ref writer);
        if (turn.Room.Affiliations.Find(turn.From.Bare)?.Nick is { } nick)
        {
            answer.Registered();
            answer.Username(nick);
        }
        else
        {
            RegistrationForm.Offer(turn.Room, turn.From.Bare, ref writer);
        }
        answer.End();
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Registers, changes the nick, or takes the registration back.</summary>
    [OnIq(IqType.Set)]
    public static void Set(RoomTurn turn, RegisterQueryView query)
    {
        if (query.Remove)
            Remove(turn, query);
        else if (RegistrationRules.CheckRight(turn.Room, turn.From.Bare) is { } refusal)
            turn.Refuse(refusal);
        else if (query.Form.Type == FormType.Cancel && query.Form.IsPresent)
            turn.Result();
        else if (RegistrationForm.Read(turn, query.Form, out var request) is { } invalid)
            turn.Refuse(invalid);
        else if (RegistrationRules.Register(turn.Room, request!, out var step) is { } denied)
            turn.Refuse(denied);
        else
            Register(turn, request!, step);
    }

    /// <summary>Makes somebody a registered member; everybody hears of it even when they were a member before (7.10).</summary>
    internal static void Admit(RoomTurn turn, RegistrationRequest request, in Actor by)
    {
        var (room, bareJid) = (turn.Room, request.BareJid);
        var (was, shown) = (room.Affiliations.Of(bareJid), room.AffiliationOf(bareJid));
        var to = was > MucAffiliation.Member ? was : MucAffiliation.Member;
        var reason = room.Affiliations.Find(bareJid)?.Reason;
        AffiliationChanges.Apply(turn, new AffiliationChange(was, new Affiliated(bareJid, to, request.Nick, reason)), by);
        if (LockedNicks.Enforce(turn, bareJid) || room.AffiliationOf(bareJid) != shown)
            return;
        foreach (var occupant in room.Occupants.Of(bareJid).ToArray())
            turn.Announce(occupant, occupant.Role);
    }

    private static void Register(RoomTurn turn, RegistrationRequest request, RegistrationStep step)
    {
        if (step == RegistrationStep.Ask)
            RegistrationApproval.Ask(turn, request);
        else if (step == RegistrationStep.Admit)
            Admit(turn, request, by: default);
        turn.Result();
    }

    // XEP-0077 3.2: membership and reservation end; admins and owners stay what they are (decision A37).
    private static void Remove(RoomTurn turn, in RegisterQueryView query)
    {
        var bareJid = turn.From.Bare;
        var refusal = RegistrationRules.Remove(turn.Room, bareJid, out var step);
        if (RegistrationRules.PolicyOf(turn.Room) != RegistrationPolicy.Off && HasOthers(query.Element))
            refusal = RemoveAlone;
        if (refusal is not null)
        {
            turn.Refuse(refusal);
            return;
        }
        if (step == RegistrationStep.Drop)
            turn.Record(new RegistrationAnswered(bareJid));
        else if (step == RegistrationStep.Expel)
            AffiliationChanges.Apply(turn, new AffiliationChange(MucAffiliation.Member, new Affiliated(bareJid, MucAffiliation.None)), default);
        else
            turn.DropReservation(bareJid);
        turn.Result();
    }

    private static bool HasOthers(in ElementView query)
    {
        var count = 0;
        foreach (var child in query.Children)
            count++;
        return count > 1;
    }

    private static readonly Refusal RemoveAlone = Refusal.BadRequest("<remove/> stands alone.");
}
