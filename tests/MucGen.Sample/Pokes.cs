using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Sample;

/// <summary>An occupant pokes another, who is told of it in a message that only they see.</summary>
[Feature("urn:example:poke:0")]
public static class Pokes
{
    [OnIq(IqType.Set)]
    public static void Poke(RoomTurn turn, PokeView poke)
    {
        if (turn.SenderOccupant is not { } sender)
        {
            turn.Refuse(StanzaErrorCondition.NotAcceptable);
            return;
        }
        if (turn.Room.Occupants.Find(poke.Nick.ToString()) is not { } poked)
        {
            turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        var message = turn.StartMessage(out var writer, "headline", sender.OccupantJid);
        PokeWriter.Write(ref writer, sender.Nick);
        turn.EndMessage(message, ref writer, sender.OccupantJid);
        foreach (var session in poked.Sessions)
            turn.Send(message, session.FullJid);
        message.Dispose();
        turn.Result();
    }
}
