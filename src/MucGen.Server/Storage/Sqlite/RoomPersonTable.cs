using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>Writes the table <c>room_person</c>, on the writer's thread: who is on the lists of which room as a member or more.</summary>
internal sealed class RoomPersonTable
{
    private readonly Statement insert;
    private readonly Statement countOwned;
    private readonly Statement delete;
    private readonly Statement deleteRoom;

    public RoomPersonTable(Database written)
    {
        insert = written.Prepare("INSERT OR REPLACE INTO room_person (person, room, owner) VALUES (?, ?, ?)");
        countOwned = written.Prepare("SELECT person, COUNT(*) FROM room_person WHERE owner = 1 GROUP BY person");
        delete = written.Prepare("DELETE FROM room_person WHERE person = ? AND room = ?");
        deleteRoom = written.Prepare("DELETE FROM room_person WHERE room = ?");
    }

    /// <summary>The person belongs to the room.</summary>
    public void Add(long room, Jid person, MucAffiliation affiliation) =>
        insert.BindText(1, person.Utf8).Bind(2, room).Bind(3, affiliation == MucAffiliation.Owner ? 1 : 0).Run();

    /// <summary>The person does not.</summary>
    public void Remove(long room, Jid person) => delete.BindText(1, person.Utf8).Bind(2, room).Run();

    /// <summary>The room is gone.</summary>
    public void Delete(long room) => deleteRoom.Bind(1, room).Run();

    /// <summary>Counts the rooms that each person owns; before the writer begins.</summary>
    public void Count(OwnedRooms owned)
    {
        while (countOwned.Step())
            owned.Add(Jid.Parse(countOwned.Text(0)!), checked((int)countOwned.Number(1)));
    }

    /// <summary>Those of a snapshot belong to the room, and nobody else.</summary>
    public void Replace(long room, RoomSnapshot snapshot)
    {
        Delete(room);
        foreach (var entry in snapshot.Affiliations)
        {
            if (entry is { Affiliation: >= MucAffiliation.Member, BareJid.Local: not null })
                Add(room, entry.BareJid, entry.Affiliation);
        }
    }
}
