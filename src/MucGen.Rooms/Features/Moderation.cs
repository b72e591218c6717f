using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Moderators retract what others said (XEP-0425).</summary>
[Feature("urn:xmpp:message-moderate:0")]
[Feature("urn:xmpp:message-moderate:1")]
public static class Moderation
{
    /// <summary>Takes a request (3).</summary>
    [OnIq(IqType.Set)]
    public static void Moderate(RoomTurn turn, ModerateView request) =>
        Retract(turn, request.Id.ToString(), request.Reason.ToStringOrNull());

    /// <summary>Takes a request as version 0.2 had it.</summary>
    [OnIq(IqType.Set)]
    public static void ModerateAsBefore(RoomTurn turn, ApplyToView request)
    {
        if (!request.Moderate.IsPresent)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
        else if (!IsRetraction(request.Moderate.Payload))
            turn.Refuse(NothingToDo);
        else
            Retract(turn, request.Id.ToString(), request.Moderate.Reason.ToStringOrNull());
    }

    // The message is among the recent ones, or else the archive is asked.
    private static void Retract(RoomTurn turn, string id, string? reason)
    {
        var room = turn.Room;
        if (CheckRight(turn) is { } refusal)
            turn.Refuse(refusal);
        else if (room.History.Find(id) is >= 0 and var index)
            Retract(turn, id, reason, room.History[index].IsRetracted);
        else if (room.Config.IsLogged)
            turn.Ask(new ArchiveQuery { Ids = [id], Max = 1, NotBefore = RoomArchive.Oldest(turn) }, (later, page) => Answer(later, id, reason, page));
        else
            turn.Refuse(NoSuchMessage);
    }

    private static void Answer(RoomTurn turn, string id, string? reason, ArchivePage page)
    {
        if (CheckRight(turn) is { } refusal)
            turn.Refuse(refusal);
        else if (page.Messages is not [var message])
            turn.Refuse(NoSuchMessage);
        else if (message.From.IsBare)
            turn.Refuse(OfTheRoom);
        else
            Retract(turn, id, reason, message.IsRetracted);
    }

    private static void Retract(RoomTurn turn, string id, string? reason, bool isRetracted)
    {
        if (!isRetracted)
            Retractions.ByModerator(turn, id, Actor.Of(turn).Occupant, reason);
        turn.Result();
    }

    private static Refusal? CheckRight(RoomTurn turn)
    {
        var actor = Actor.Of(turn);
        return RoleChangeRules.CheckRight(actor.Affiliation, actor.IsModerator) is null ? null : OnlyModerators;
    }

    private static bool IsRetraction(in ElementView act) =>
        act.LocalName.SequenceEqual("retract"u8) && act.Namespace.SequenceEqual("urn:xmpp:message-retract:0"u8);

    private static readonly Refusal OnlyModerators = Refusal.Forbidden("Only moderators may retract what others said.");
    private static readonly Refusal NothingToDo = Refusal.BadRequest("Retracting is the one thing that can be done to a message.");
    private static readonly Refusal NoSuchMessage = Refusal.ItemNotFound("The room has no message with this id.");
    private static readonly Refusal OfTheRoom = Refusal.NotAllowed("This is a message of the room itself.");
}
