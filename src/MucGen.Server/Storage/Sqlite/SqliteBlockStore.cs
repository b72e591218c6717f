using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>Blocked addresses in the table <c>blocked</c>; they are deleted with their account, by <see cref="SqliteCredentialStore"/>.</summary>
internal sealed class SqliteBlockStore : IBlockStore
{
    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly Statement load;
    private readonly Statement add;
    private readonly Statement remove;

    public SqliteBlockStore(SqliteReader reader, WriteQueue writer, Database written)
    {
        this.reader = reader;
        this.writer = writer;
        load = reader.Prepare("SELECT jid FROM blocked WHERE owner = ? ORDER BY jid");
        add = written.Prepare("INSERT OR IGNORE INTO blocked (owner, jid) SELECT jid, ? FROM account WHERE jid = ?");
        remove = written.Prepare("DELETE FROM blocked WHERE jid = ? AND owner = ?");
    }

    public ValueTask<IReadOnlyList<Jid>> LoadAsync(Jid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var addresses = new List<Jid>();
        lock (reader.Gate)
        {
            load.BindText(1, owner.Utf8);
            while (load.Step())
                addresses.Add(Jid.Parse(load.Text(0)!));
        }

        return ValueTask.FromResult<IReadOnlyList<Jid>>(addresses);
    }

    public async ValueTask ChangeAsync(Jid owner, IReadOnlyList<Jid> added, IReadOnlyList<Jid> removed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.RunAsync(() =>
        {
            foreach (var address in added)
                add.BindText(1, address.Utf8).BindText(2, owner.Utf8).Run();
            foreach (var address in removed)
                remove.BindText(1, address.Utf8).BindText(2, owner.Utf8).Run();
            return true;
        });
    }
}
