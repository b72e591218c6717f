using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// What follows when a hat is made, changed, removed, given or taken back (XEP-0317): those in the room see it at once on whoever wears it, and a change of
/// the list is one of the configuration. Who may is decided before (<see cref="HatCommand"/>).
/// </summary>
[Feature("urn:xmpp:hats:0", Context = typeof(RoomTurn))]
public static class Hats
{
    /// <summary>Adds a hat to the list, or replaces the one with its URI (3.2).</summary>
    public static void Put(RoomTurn turn, Hat hat)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(hat);
        if (turn.Room.Hats.Find(hat.Uri) == hat)
            return;
        turn.Record(new HatChanged(hat));
        ConfigurationNotice.Send(turn, [104]);
        foreach (var wearer in turn.Room.Hats.WearersOf(hat.Uri))
            Show(turn, wearer);
    }

    /// <summary>Removes a hat from the list and from every head (3.3).</summary>
    public static void Remove(RoomTurn turn, Hat hat)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(hat);
        Jid[] wearers = [.. turn.Room.Hats.WearersOf(hat.Uri)];
        turn.Record(new HatRemoved(hat.Uri));
        ConfigurationNotice.Send(turn, [104]);
        foreach (var wearer in wearers)
            Show(turn, wearer);
    }

    /// <summary>Gives a hat to a person, in the room or not (3.5).</summary>
    public static void Give(RoomTurn turn, Jid bareJid, Hat hat)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (turn.Room.Hats.Of(bareJid).Contains(hat))
            return;
        turn.Record(new HatGiven(bareJid, hat.Uri));
        Show(turn, bareJid);
    }

    /// <summary>Takes a hat from a person (3.6).</summary>
    public static void Take(RoomTurn turn, Jid bareJid, Hat hat)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(hat);
        turn.Record(new HatTaken(bareJid, hat.Uri));
        Show(turn, bareJid);
    }

    private static void Show(RoomTurn turn, Jid wearer)
    {
        foreach (var occupant in turn.Room.Occupants.Of(wearer))
            PresenceComposer.CurrentToAll(turn, occupant);
    }
}
