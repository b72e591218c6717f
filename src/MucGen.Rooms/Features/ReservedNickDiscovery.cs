using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Asking for one's own reserved nick by service discovery (XEP-0045 7.12).</summary>
public static class ReservedNickDiscovery
{
    /// <summary>
    /// Answers disco#info on the node <c>x-roomuser-item</c>: one identity with the nick as its name, by bare JID and whether in the
    /// room or not; nothing for those without.
    /// </summary>
    public static void Answer(RoomTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (!IsSupported(turn.Policy))
        {
            turn.Refuse(NotSupported);
            return;
        }

        var payload = turn.StartResult(out var writer);
        if (turn.Room.Affiliations.Find(turn.From.Bare)?.Nick is { } nick)
        {
            var query = DiscoInfoQueryWriter.Start(ref writer); // without the node: that is the shape that clients compare with
            query.Identity(category: "conference", type: "text", name: nick);
            query.End();
        }
        else
        {
            DiscoInfoQueryWriter.Start(ref writer, node: "x-roomuser-item"u8).End();
        }
        turn.SendResult(payload, ref writer);
    }

    // Where nobody registers there is nothing to ask for, unless the service confines people to the nicks that admins gave them (18.1).
    private static bool IsSupported(RoomPolicy policy) => policy.Registration != RegistrationPolicy.Off || policy.LocksNicks;

    private static readonly Refusal NotSupported = new(
        StanzaErrorCondition.FeatureNotImplemented, StanzaErrorType.Cancel, "This room does not register nicknames.");
}
