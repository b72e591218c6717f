using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>vCards in the table <c>vcard</c>; they are deleted with their account, by <see cref="SqliteCredentialStore"/>.</summary>
internal sealed class SqliteVCardStore : IVCardStore
{
    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly Statement find;
    private readonly Statement save;

    public SqliteVCardStore(SqliteReader reader, WriteQueue writer, Database written)
    {
        this.reader = reader;
        this.writer = writer;
        find = reader.Prepare("SELECT card FROM vcard WHERE owner = ?");
        save = written.Prepare("INSERT OR REPLACE INTO vcard (owner, card) SELECT jid, ? FROM account WHERE jid = ?");
    }

    public ValueTask<byte[]?> FindAsync(Jid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (reader.Gate)
        {
            find.BindText(1, owner.Utf8);
            if (!find.Step())
                return ValueTask.FromResult<byte[]?>(null);
            var card = find.Blob(0).ToArray();
            find.Reset();
            return ValueTask.FromResult<byte[]?>(card);
        }
    }

    public async ValueTask SaveAsync(Jid owner, byte[] card, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.RunAsync(() =>
        {
            save.BindBlob(1, card).BindText(2, owner.Utf8).Run();
            return true;
        });
    }
}
