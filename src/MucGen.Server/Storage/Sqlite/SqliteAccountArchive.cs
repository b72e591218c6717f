using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// Writes the table <c>account_message</c>, in the order of the messages of each account; as in the archives of rooms, times never go back. What is there goes with
/// its account, by <see cref="SqliteCredentialStore"/>.
/// </summary>
internal sealed class SqliteAccountArchive : SqliteArchive, IAccountArchive
{
    private readonly WriteQueue writer;
    private readonly Statement open;
    private readonly Statement insert;

    public SqliteAccountArchive(SqliteReader reader, WriteQueue writer, Database written)
        : base(reader, writer, written, new ArchiveTables("account_message", "archive", "account_archive", "owner"))
    {
        this.writer = writer;
        open = written.Prepare("INSERT OR IGNORE INTO account_archive (owner) SELECT jid FROM account WHERE jid = ?");
        insert = written.Prepare(
            """
            INSERT INTO account_message (archive, seq, id, at, occupant, sender, resource, retracted, stanza)
            SELECT archive.id, IFNULL(last.seq, 0) + 1, ?2, MAX(?3, IFNULL(last.at, ?3)), ?4, ?5, ?6, 0, ?7
            FROM account_archive archive
                LEFT JOIN account_message last ON last.archive = archive.id AND last.seq = (SELECT MAX(seq) FROM account_message WHERE archive = archive.id)
            WHERE archive.owner = ?1
            """);
    }

    public void Append(Jid owner, ArchivedMessage message) => writer.Post(() =>
    {
        open.BindText(1, owner.Utf8).Run();
        insert.BindText(1, owner.Utf8).Bind(2, message.Id).Bind(3, RoomArchiveTable.Milliseconds(message.At)).BindText(4, message.From.Utf8)
            .BindText(5, message.Sender.Bare.Utf8).Bind(6, message.Sender.Resource).BindBlob(7, message.Stanza.Utf8).Run();
    });
}
