using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// Writes the table <c>room_message</c>, on the writer's thread: what the journal relays and retracts, in the same transaction. Rows are in the order of the
/// journal's sequence; their times never go back, whatever the clock does, so that each bound in time is one in sequence.
/// </summary>
internal sealed class RoomArchiveTable
{
    private readonly Statement insert;
    private readonly Statement findById;
    private readonly Statement listOfSender;
    private readonly Statement retract;
    private readonly Statement deleteRoom;

    public RoomArchiveTable(Database written)
    {
        insert = written.Prepare(
            """
            INSERT INTO room_message (room, seq, id, at, occupant, sender, resource, retracted, stanza)
            VALUES (?1, ?2, ?3, MAX(?4, IFNULL((SELECT at FROM room_message WHERE room = ?1 ORDER BY seq DESC LIMIT 1), ?4)), ?5, ?6, ?7, 0, ?8)
            """);
        findById = written.Prepare("SELECT seq, sender, stanza FROM room_message WHERE room = ? AND id = ? AND retracted = 0");
        listOfSender = written.Prepare("SELECT seq, stanza FROM room_message WHERE room = ? AND sender = ? AND retracted = 0 ORDER BY seq LIMIT 1");
        retract = written.Prepare("UPDATE room_message SET retracted = 1, stanza = ? WHERE room = ? AND seq = ?");
        deleteRoom = written.Prepare("DELETE FROM room_message WHERE room = ?");
    }

    /// <summary>Adds a message, given as the journal encodes it.</summary>
    public void Add(long room, long sequence, ReadOnlySpan<byte> body)
    {
        var message = EventEncoding.ReadMessage(body);
        var slash = message.Sender.IndexOf((byte)'/');
        var bare = slash < 0 ? message.Sender : message.Sender[..slash];
        insert.Bind(1, room).Bind(2, sequence).BindText(3, RelayedStanza.IdOf(message.Stanza)).Bind(4, Milliseconds(message.At)).BindText(5, message.From).BindText(6, bare);
        if (slash < 0)
            insert.BindNull(7);
        else
            insert.BindText(7, message.Sender[(slash + 1)..]);
        insert.BindBlob(8, message.Stanza).Run();
    }

    /// <summary>Puts a tombstone in the place of one message, if it is there and the author's.</summary>
    public void Retract(long room, MessageRetracted retraction)
    {
        findById.Bind(1, room).Bind(2, retraction.Id);
        if (!findById.Step())
            return;
        if (retraction.Author is null || findById.Text(1) == retraction.Author.ToString())
            Replace(room, findById.Number(0), findById.Blob(2), retraction.Tombstone);
        findById.Reset();
    }

    /// <summary>Puts tombstones in the place of all that a person said.</summary>
    public void Retract(long room, SenderRetracted retraction)
    {
        // One row a query: what is being read is not changed meanwhile.
        while (listOfSender.Bind(1, room).Bind(2, retraction.Sender.ToString()).Step())
        {
            var sequence = listOfSender.Number(0);
            Replace(room, sequence, listOfSender.Blob(1), retraction.Tombstone);
            listOfSender.Reset();
        }
    }

    /// <summary>Removes the archive of a room.</summary>
    public void Delete(long room) => deleteRoom.Bind(1, room).Run();

    /// <summary>Times as the table has them.</summary>
    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private void Replace(long room, long sequence, ReadOnlySpan<byte> stanza, Markup retracted)
    {
        using var tombstone = new PooledBufferWriter();
        RelayedStanza.WriteTombstone(stanza, retracted.Utf8, tombstone);
        retract.BindBlob(1, tombstone.WrittenSpan).Bind(2, room).Bind(3, sequence).Run();
    }
}
