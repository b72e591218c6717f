using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>Messages that wait, in the table <c>offline_message</c>; they are deleted with their account, by <see cref="SqliteCredentialStore"/>.</summary>
internal sealed class SqliteOfflineStore : IOfflineStore
{
    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly Statement count;
    private readonly Statement load;
    private readonly Statement keep;
    private readonly Statement delete;

    public SqliteOfflineStore(SqliteReader reader, WriteQueue writer, Database written)
    {
        this.reader = reader;
        this.writer = writer;
        count = reader.Prepare("SELECT COUNT(*), IFNULL(SUM(LENGTH(stanza)), 0) FROM offline_message WHERE owner = ?");
        load = reader.Prepare("SELECT number, stanza FROM offline_message WHERE owner = ? ORDER BY number");
        keep = written.Prepare("INSERT INTO offline_message (owner, stanza) SELECT jid, ? FROM account WHERE jid = ?");
        delete = written.Prepare("DELETE FROM offline_message WHERE owner = ? AND number <= ?");
    }

    public ValueTask<WaitingMessages> CountAsync(Jid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (reader.Gate)
        {
            count.BindText(1, owner.Utf8);
            count.Step();
            var waiting = new WaitingMessages((int)count.Number(0), count.Number(1));
            count.Reset();
            return ValueTask.FromResult(waiting);
        }
    }

    public async ValueTask KeepAsync(Jid owner, byte[] message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.RunAsync(() =>
        {
            keep.BindBlob(1, message).BindText(2, owner.Utf8).Run();
            return true;
        });
    }

    public ValueTask<IReadOnlyList<KeptMessage>> LoadAsync(Jid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var messages = new List<KeptMessage>();
        lock (reader.Gate)
        {
            load.BindText(1, owner.Utf8);
            while (load.Step())
                messages.Add(new KeptMessage(load.Number(0), load.Blob(1).ToArray()));
        }

        return ValueTask.FromResult<IReadOnlyList<KeptMessage>>(messages);
    }

    public async ValueTask DeleteAsync(Jid owner, long last, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.RunAsync(() =>
        {
            delete.BindText(1, owner.Utf8).Bind(2, last).Run();
            return true;
        });
    }
}
