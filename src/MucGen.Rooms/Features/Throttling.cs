using System.Globalization;
using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// How much people may say: slow mode, which the owner sets (XEP-0500), and the service's rate limits (XEP-0045 14.6). Both go by account, over
/// sessions and nicks. What they refuse reaches nobody and is not kept.
/// </summary>
[Specification("XEP-0500", "0.1.1")]
internal static class Throttling
{
    /// <summary>Counts a message that may be sent otherwise; false when it is too much, which has been answered then.</summary>
    /// <param name="turn">The turn of a message by an occupant.</param>
    /// <param name="isSlowed">Whether slow mode applies: to messages for everybody.</param>
    public static bool TakeMessage(RoomTurn turn, bool isSlowed)
    {
        var (room, person) = (turn.Room, turn.Sender!.Occupant.BareJid);
        var slow = isSlowed ? SlowModeFor(turn) : TimeSpan.Zero;
        if (slow > TimeSpan.Zero && room.Traffic.SlowFor(person, slow, turn.Now) > TimeSpan.Zero)
        {
            turn.Refuse(TooSoon(slow)); // XEP-0500 6
            return false;
        }
        if (!turn.Policy.Admins.Contains(person) && !room.Traffic.TryTakeMessage(person, turn.Now))
            return TooMuch(turn);
        if (slow > TimeSpan.Zero)
            room.Traffic.CountBody(person, turn.Now);
        return true;
    }

    /// <summary>Counts an entry, or a change of nick or availability; false when it is too much, which has been answered then.</summary>
    public static bool TakePresence(RoomTurn turn) =>
        turn.Policy.Admins.Contains(turn.From.Bare) || turn.Room.Traffic.TryTakePresence(turn.From.Bare, turn.Now) || TooMuch(turn);

    /// <summary>Forgets those who sent nothing lately.</summary>
    public static void Sweep(RoomTurn turn) => turn.Room.Traffic.Sweep(turn.Room.Config.SlowMode, turn.Now);

    // XEP-0500 6: messages with a body; admins and owners are never slowed.
    private static TimeSpan SlowModeFor(RoomTurn turn)
    {
        var slow = turn.Room.Config.SlowMode;
        return slow > TimeSpan.Zero && turn.Root.HasChild(ContentKeys.Body) && turn.SenderAffiliation < MucAffiliation.Admin ? slow : TimeSpan.Zero;
    }

    private static bool TooMuch(RoomTurn turn)
    {
        if (!turn.Policy.Rates.IsSilent)
            turn.Refuse(TooFast);
        return false;
    }

    private static Refusal TooSoon(TimeSpan slow) => new(
        StanzaErrorCondition.PolicyViolation,
        StanzaErrorType.Wait,
        string.Create(CultureInfo.InvariantCulture, $"This room is in slow mode: wait {slow.TotalSeconds:0} seconds between messages."));

    private static readonly Refusal TooFast =
        new(StanzaErrorCondition.PolicyViolation, StanzaErrorType.Wait, "That was too much in a short time; try again later.");
}
