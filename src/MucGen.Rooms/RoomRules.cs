using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>The rules of a room: the one entry for everything that a room is told.</summary>
public static class RoomRules
{
    /// <summary>
    /// Decides one input: same room, time, ids and input, same events and deliveries. No clock, no I/O, no waiting; it never throws
    /// for what clients send.
    /// </summary>
    /// <param name="turn">A turn that <see cref="RoomTurn.Begin"/> started.</param>
    /// <param name="input">What the room is told.</param>
    public static void Decide(RoomTurn turn, in RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var lists = turn.Room.AffiliationLog.Version;
        // Of what is due nobody hears who is gone: their address may be somebody else's session by now.
        if (input.Kind != RoomInputKind.Restored)
            RoomTimers.Settle(turn);
        switch (input.Kind)
        {
            case RoomInputKind.Stanza:
                turn.Take(input);
                DecideStanza(turn);
                break;
            case RoomInputKind.SessionGone:
                Leaving.Gone(turn, input.From!, input.Reason);
                break;
            case RoomInputKind.TimerDue:
                RoomLifetime.Due(turn, input.Timer);
                break;
            case RoomInputKind.Destroy:
                RoomLifetime.Destroy(turn, new RoomDestruction(input.To, null, input.Reason));
                break;
            case RoomInputKind.AccountDeleted:
                RoomLifetime.ForgetAccount(turn, input.From!);
                break;
            case RoomInputKind.Shutdown:
                RoomLifetime.Shutdown(turn, input.Reason);
                break;
            case RoomInputKind.Restored:
                RoomLifetime.Restore(turn, input.Gone);
                break;
            case RoomInputKind.Interrupted:
                RoomLifetime.Interrupt(turn);
                break;
            case RoomInputKind.Answered:
                turn.Take(input);
                Answers.Decide(turn, input.Answer!);
                break;
        }
        RoomLifetime.EndIfEmpty(turn);
        ArchiveReaders.Follow(turn);
        AffiliationVersions.Follow(turn, lists);
    }

    /// <summary>Answers a stanza that will not be decided, because the room failed, if it may be answered at all.</summary>
    /// <param name="turn">A turn that <see cref="RoomTurn.Begin"/> started.</param>
    /// <param name="input">A stanza.</param>
    public static void Refuse(RoomTurn turn, in RoomInput input)
    {
        ArgumentNullException.ThrowIfNull(turn);
        turn.Take(input);
        turn.Refuse(StanzaErrorCondition.InternalServerError);
    }

    /// <summary>The first thing that the room waits for, and until when; null when it waits for nothing. The host asks after every turn and after loading.</summary>
    public static (RoomTimerKind Kind, DateTimeOffset Due)? NextTimer(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return RoomTimers.Next(room);
    }

    /// <summary>Whether the room waits for its own end, and so must not leave memory; what else it waits for is settled when it comes back.</summary>
    public static bool AwaitsEnd(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return RoomTimers.End(room) is not null;
    }

    private static void DecideStanza(RoomTurn turn)
    {
        switch (turn.Root.Key)
        {
            case PresenceView.Key:
                PresenceRules.Decide(turn);
                break;
            case MessageView.Key:
                MessageRules.Decide(turn);
                break;
            case IqView.Key:
                IqRules.Decide(turn);
                break;
        }
    }
}
