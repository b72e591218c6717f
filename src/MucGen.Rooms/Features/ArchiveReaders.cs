using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>Since when people belong to the room, where the service bounds reading by that (XEP-0313 6.1.2).</summary>
internal static class ArchiveReaders
{
    /// <summary>Ends a turn: whoever came or went in it is noted.</summary>
    public static void Follow(RoomTurn turn)
    {
        var room = turn.Room;
        if (!turn.Policy.BoundsArchiveReading || !room.Exists)
            return;
        var events = turn.Events.Count;
        for (var i = 0; i < events; i++)
        {
            if (Concerned(turn.Events[i]) is { } person)
                Note(turn, person);
            else if (turn.Events[i] is OccupantsCleared)
                NoteAll(turn);
        }
    }

    /// <summary>The time from which on this person may read; the present when the room never saw them come.</summary>
    public static DateTimeOffset Since(RoomTurn turn, Jid person) => turn.Room.Readers.TryGetValue(person, out var at) ? at : turn.Now;

    private static Jid? Concerned(RoomEvent change) => change switch
    {
        SessionJoined joined => joined.FullJid.Bare,
        SessionLeft left => left.FullJid.Bare,
        AffiliationChanged changed => changed.BareJid,
        RoomCreated created => created.Creator,
        _ => null,
    };

    private static void NoteAll(RoomTurn turn)
    {
        Jid[] readers = [.. turn.Room.Readers.Keys];
        foreach (var person in readers)
            Note(turn, person);
    }

    private static void Note(RoomTurn turn, Jid person)
    {
        var room = turn.Room;
        var belongs = room.AffiliationOf(person) >= MucAffiliation.Member || room.Occupants.Of(person).Any();
        if (belongs && !room.Readers.ContainsKey(person))
            turn.Record(new ReaderCame(person, turn.Now));
        else if (!belongs && room.Readers.ContainsKey(person))
            turn.Record(new ReaderWent(person));
    }
}
