namespace MucGen.Server.Storage.Sqlite;

/// <summary>Values in the table <c>setting</c>.</summary>
internal sealed class SqliteValueStore : IValueStore
{
    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly Statement find;
    private readonly Statement insert;
    private readonly Statement replace;
    private readonly Statement delete;

    public SqliteValueStore(SqliteReader reader, WriteQueue writer, Database written)
    {
        this.reader = reader;
        this.writer = writer;
        find = reader.Prepare("SELECT value FROM setting WHERE name = ?");
        insert = written.Prepare("INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)");
        replace = written.Prepare("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)");
        delete = written.Prepare("DELETE FROM setting WHERE name = ?");
    }

    public async ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create)
    {
        if (Find(name) is { } present)
            return present;
        var created = create();
        await writer.RunAsync(() =>
        {
            insert.Bind(1, name).BindBlob(2, created).Run();
            return true;
        });
        return Find(name)!;
    }

    public ValueTask<byte[]?> FindAsync(string name) => ValueTask.FromResult(Find(name));

    public async ValueTask SetAsync(string name, byte[]? value) => await writer.RunAsync(() =>
    {
        if (value is null)
            delete.Bind(1, name).Run();
        else
            replace.Bind(1, name).BindBlob(2, value).Run();
        return true;
    });

    private byte[]? Find(string name)
    {
        lock (reader.Gate)
        {
            find.Bind(1, name);
            if (!find.Step())
                return null;
            var value = find.Blob(0).ToArray();
            find.Reset();
            return value;
        }
    }
}
