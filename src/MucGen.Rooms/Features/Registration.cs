using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Registering with a room, which reserves a nick and makes a member (XEP-0045 7.10, XEP-0077; decision A37). Reservation, membership and their
/// end are one event, so that none can be half done.
/// </summary>
[Feature("jabber:iq:register")]
[Feature("http://jabber.org/protocol/muc#register")]
public static class Registration
{
    private const string FormNamespace = "http://jabber.org/protocol/muc#register";

    /// <summary>Whether disco#info may list a feature of the rooms: what belongs to registering only where there is any.</summary>
    internal static bool Announces(string feature, RoomPolicy policy) =>
        policy.Registration != RegistrationPolicy.Off || feature is not (RegisterQueryView.Namespace or FormNamespace);

    /// <summary>The form, or what is registered already.</summary>
    [OnIq(IqType.Get)]
    public static void Get(RoomTurn turn, RegisterQueryView query)
    {
        if (Check(turn) is { } refusal)
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
            var form = MucRegisterFormWriter.Start(ref writer, FormType.Form);
            form.RoomNick();
            form.End();
        }
        answer.End();
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Registers, changes the nick, or takes the registration back.</summary>
    [OnIq(IqType.Set)]
    public static void Set(RoomTurn turn, RegisterQueryView query)
    {
        if (turn.Policy.Registration == RegistrationPolicy.Off)
            turn.Refuse(NotOffered);
        else if (query.Remove)
            Remove(turn, query);
        else if (Check(turn) is { } refusal)
            turn.Refuse(refusal);
        else if (!query.Form.IsPresent)
            turn.Refuse(NoForm);
        else if (query.Form.Type == FormType.Cancel)
            turn.Result();
        else if (ReadNick(turn, query.Form, out var nick) is { } invalid)
            turn.Refuse(invalid);
        else
            Register(turn, nick);
    }

    private static void Register(RoomTurn turn, string nick)
    {
        var room = turn.Room;
        var bareJid = turn.From.Bare;
        if (Nicks.CheckFree(room, nick, bareJid) is { } taken)
        {
            turn.Refuse(taken);
            return;
        }
        if (turn.SenderAffiliation == MucAffiliation.None && room.Config.IsMembersOnly)
        {
            RegistrationApproval.Ask(turn, bareJid, nick);
            turn.Result();
            return;
        }
        Admit(turn, bareJid, nick, by: default);
        turn.Result();
    }

    /// <summary>Makes somebody a registered member; everybody hears of it even when they were a member before (7.10).</summary>
    internal static void Admit(RoomTurn turn, Jid bareJid, string nick, in Actor by)
    {
        var room = turn.Room;
        var (was, shown) = (room.Affiliations.Of(bareJid), room.AffiliationOf(bareJid));
        var to = was > MucAffiliation.Member ? was : MucAffiliation.Member;
        var reason = room.Affiliations.Find(bareJid)?.Reason;
        AffiliationChanges.Apply(turn, new AffiliationChange(was, new Affiliated(bareJid, to, nick, reason)), by);
        foreach (var occupant in room.Occupants.Of(bareJid).ToArray())
        {
            if (turn.Policy.LocksNicks && occupant.Nick != nick)
                Confine(turn, occupant, nick);
            else if (room.AffiliationOf(bareJid) == shown)
                turn.Announce(occupant, occupant.Role);
        }
    }

    // 7.10, decision A34: a change of nick whose new presence says to everybody that the service did it.
    private static void Confine(RoomTurn turn, Occupant occupant, string nick)
    {
        foreach (var session in occupant.Sessions.ToArray())
            NickChange.Rename(turn, session, nick, [210], [], content: null);
    }

    // XEP-0077 3.2: membership and reservation end; admins and owners stay what they are (decision A37).
    private static void Remove(RoomTurn turn, in RegisterQueryView query)
    {
        var bareJid = turn.From.Bare;
        var affiliation = turn.Room.Affiliations.Of(bareJid);
        if (HasOthers(query.Element))
        {
            turn.Refuse(RemoveAlone);
            return;
        }
        if (affiliation == MucAffiliation.Outcast)
        {
            turn.Refuse(EntryRules.CheckRegistration(affiliation, isOpen: true)!);
            return;
        }
        if (affiliation == MucAffiliation.None && !turn.Room.PendingRegistrations.ContainsKey(bareJid))
        {
            turn.Refuse(NeverRegistered);
            return;
        }
        if (affiliation == MucAffiliation.None)
            turn.Record(new RegistrationAnswered(bareJid));
        else if (affiliation == MucAffiliation.Member)
            AffiliationChanges.Apply(turn, new AffiliationChange(affiliation, new Affiliated(bareJid, MucAffiliation.None)), default);
        else
            turn.DropReservation(bareJid);
        turn.Result();
    }

    private static Refusal? Check(RoomTurn turn) => turn.Policy.Registration == RegistrationPolicy.Off
        ? NotOffered
        : EntryRules.CheckRegistration(turn.SenderAffiliation, isOpen: turn.Policy.Registration == RegistrationPolicy.Open);

    // 7.10: a form of the right kind with the one field that is asked for.
    private static Refusal? ReadNick(RoomTurn turn, in DataFormView form, out string nick)
    {
        nick = "";
        if (form.Type != FormType.Submit)
            return NoForm;
        if (!MucRegisterFormView.TryRead(form, out var submitted, out var error))
            return error.Condition == StanzaErrorCondition.JidMalformed ? Refusal.JidMalformed(error.ToString()) : NoForm;
        if (!submitted.RoomNick.IsPresent)
            return NoForm;
        return Nicks.Prepare(submitted.RoomNick.ToString(), turn.Policy, out nick);
    }

    private static bool HasOthers(in ElementView query)
    {
        var count = 0;
        foreach (var child in query.Children)
            count++;
        return count > 1;
    }

    private static readonly Refusal NotOffered =
        new(StanzaErrorCondition.ServiceUnavailable, StanzaErrorType.Cancel, "This room does not take registrations.");
    private static readonly Refusal NoForm = Refusal.BadRequest($"A submitted form of type {FormNamespace} with a nickname is needed.");
    private static readonly Refusal RemoveAlone = Refusal.BadRequest("<remove/> stands alone.");
    private static readonly Refusal NeverRegistered = Refusal.RegistrationRequired("You are not registered with this room.");
}
