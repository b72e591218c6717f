using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>Presence to the room or to an occupant JID: where each kind goes (XEP-0045 17.3).</summary>
internal static class PresenceRules
{
    public static void Decide(RoomTurn turn)
    {
        if (!PresenceView.TryRead(turn.Root, out var presence, out var error))
        {
            turn.Malformed(error);
            return;
        }
        switch (presence.Type)
        {
            case null:
                Available(turn);
                break;
            case PresenceType.Unavailable:
                Leaving.Leave(turn);
                break;
            case PresenceType.Error:
                Bounces.Presence(turn);
                break;
            case PresenceType.Probe:
                Probe(turn);
                break;
            default:
                break; // subscriptions to rooms do not exist (18.2); any answer would start one
        }
    }

    private static void Available(RoomTurn turn)
    {
        if (!Throttling.TakePresence(turn))
            return;
        var tag = turn.Root.Child(MucJoinView.Key);
        if (tag.IsPresent)
            Joining.Join(turn, tag);
        else if (turn.Sender is null)
            Desynchronised.Answer(turn);
        else if (turn.To.Resource is null || turn.To.Resource == turn.Sender.Occupant.Nick)
            Availability.Update(turn, turn.Sender);
        else
            NickChange.Change(turn, turn.Sender, turn.To.Resource, turn.Root.Attribute("id"u8));
    }

    // 17.3: an occupant may ask for the presence of another one.
    private static void Probe(RoomTurn turn)
    {
        if (turn.Sender is { } sender && turn.Room.Occupants.Find(turn.To.Resource) is { } occupant
            && turn.Room.Config.PresenceBroadcast.Has(occupant.Role))
        {
            PresenceComposer.CurrentTo(turn, occupant, sender);
        }
    }
}
