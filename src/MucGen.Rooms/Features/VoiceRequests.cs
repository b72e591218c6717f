using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Visitors ask for voice, and moderators grant it (XEP-0045 7.13, 8.6).</summary>
[Feature("http://jabber.org/protocol/muc#request")]
public static class VoiceRequests
{
    /// <summary>Takes a request, or a moderator's decision on one: both are submissions of the same form.</summary>
    [OnMessage(Order = 2)]
    public static bool Submit(RoomTurn turn, DataFormView form)
    {
        if (!turn.To.IsBare || form.Type != FormType.Submit || !MucRequestFormView.Matches(form))
            return false;
        if (!MucRequestFormView.TryRead(form, out var request, out var error))
            turn.Refuse(Refusal.BadRequest(error.ToString()));
        else if (turn.Sender is null && !Actor.Of(turn).IsModerator)
            turn.Refuse(OccupantRules.NotAnOccupant);
        else if (!request.Role.Equals("participant"u8))
            turn.Refuse(OnlyVoice);
        else if (request.Allow is { } allow)
            Answer(turn, request, allow);
        else
            Ask(turn);
        return true;
    }

    // 8.6: to the moderators alone, since the form shows a real address; those who have voice ask for nothing (muc-7.13-03).
    private static void Ask(RoomTurn turn)
    {
        if (turn.SenderRole != MucRole.Visitor)
            return;
        if (Check(turn) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        if (turn.Room.Config.VoiceRequestInterval > 0)
            turn.Record(new VoiceRequested(turn.From.Bare, turn.Now));

        var payload = turn.StartMessage(out var writer);
        var form = MucRequestFormWriter.Start(ref writer, FormType.Form, title: "Voice request", instructions: Instructions);
        form.Role("participant");
        form.Jid(turn.From);
        form.RoomNick(turn.SenderOccupant!.Nick);
        form.Allow(false);
        form.End();
        turn.EndMessage(payload, ref writer, reveals: turn.From.Bare);
        foreach (var session in turn.Room.Occupants.Sessions)
        {
            if (session.Occupant.Role == MucRole.Moderator)
                turn.Send(payload, session.FullJid);
        }

        payload.Dispose();
    }

    // 8.6 lets a room take no requests, or bound how often one person makes them.
    private static Refusal? Check(RoomTurn turn)
    {
        var config = turn.Room.Config;
        if (!config.TakesVoiceRequests)
            return NoRequests;
        return turn.Room.VoiceRequests.TryGetValue(turn.From.Bare, out var last) && turn.Now - last < TimeSpan.FromSeconds(config.VoiceRequestInterval)
            ? TooSoon
            : null;
    }

    // 8.6: the answer is for that person under that nick; whoever left, changed the nick or has voice by now is left alone.
    private static void Answer(RoomTurn turn, MucRequestFormView request, bool allow)
    {
        var actor = Actor.Of(turn);
        if (RoleChangeRules.CheckRight(actor.Affiliation, actor.IsModerator) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        if (!allow || request.Jid.ToJid() is not { } jid || turn.Room.Occupants.Find(jid) is not { Occupant: var occupant })
            return;
        if (occupant.Role == MucRole.Visitor && request.RoomNick.ToString() == occupant.Nick)
            turn.ChangeRole(occupant, MucRole.Participant, actor: actor.Occupant);
    }

    private const string Instructions = "Somebody asks for voice. Choose whether to grant it.";

    private static readonly Refusal NoRequests = Refusal.Forbidden("This room takes no requests for voice.");
    private static readonly Refusal TooSoon =
        new(StanzaErrorCondition.ResourceConstraint, StanzaErrorType.Wait, "You asked for voice not long ago.");
    private static readonly Refusal OnlyVoice = Refusal.BadRequest("Only the role of participant can be asked for.");
}
