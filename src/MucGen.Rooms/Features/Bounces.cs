using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// Errors that come back from an occupant: the session is not there any more, so it leaves with status 333 (XEP-0045 18.1.2, 11.1; decisions A02
/// and A44). Errors are never answered; one that comes back for an invitation is reported to whoever invited.
/// </summary>
internal static class Bounces
{
    public static void Presence(RoomTurn turn) => Remove(turn);

    public static void Message(RoomTurn turn)
    {
        if (!StanzaErrorView.TryRead(turn.Root.Child(StanzaErrorView.Key), out var error, out _))
            return;
        if (turn.Sender is null && turn.To.IsBare)
            Invitations.Report(turn, error);
        else if (MeansGone(error.Condition))
            Remove(turn);
    }

    private static void Remove(RoomTurn turn)
    {
        if (turn.Sender is { } session)
            Leaving.End(turn, session, [333], default, tellSelf: true);
    }

    private static bool MeansGone(StanzaErrorCondition? condition) => condition is
        StanzaErrorCondition.Gone or StanzaErrorCondition.ItemNotFound or StanzaErrorCondition.RecipientUnavailable
        or StanzaErrorCondition.Redirect or StanzaErrorCondition.RemoteServerNotFound or StanzaErrorCondition.RemoteServerTimeout
        or StanzaErrorCondition.ServiceUnavailable;
}
