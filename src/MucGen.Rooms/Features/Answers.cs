using MucGen.Rooms.Archive;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Answers of the archive on their way back to the rule that asked.</summary>
internal static class Answers
{
    /// <summary>
    /// A room that was destroyed since has no past to tell, even if there is another one of that name; and a store that failed is never an empty result.
    /// </summary>
    public static void Decide(RoomTurn turn, RoomAnswer answer)
    {
        if (!answer.Question.IsOf(turn.Room))
            turn.Refuse(Tombstones.NotThere(turn.Room, turn.From));
        else if (answer.Page.Outcome == ArchiveOutcome.Failed)
            turn.Refuse(StoreFailed);
        else
            answer.Question.GoOn(turn, answer.Page);
    }

    private static readonly Refusal StoreFailed =
        new(StanzaErrorCondition.InternalServerError, StanzaErrorType.Wait, "The archive cannot be read now.");
}
