using System.Text.Json;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>Contacts in the table <c>contact</c>; the time an account was last seen in <c>account</c>.</summary>
internal sealed class SqliteRosterStore : IRosterStore
{
    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly Statement load;
    private readonly Statement findSeen;
    private readonly Statement save;
    private readonly Statement delete;
    private readonly Statement saveSeen;

    public SqliteRosterStore(SqliteReader reader, WriteQueue writer, Database written)
    {
        this.reader = reader;
        this.writer = writer;
        load = reader.Prepare("SELECT jid, subscription, listed, name, groups, request FROM contact WHERE owner = ? ORDER BY jid");
        findSeen = reader.Prepare("SELECT seen_at, seen_status FROM account WHERE jid = ? AND seen_at IS NOT NULL");
        save = written.Prepare(
            "INSERT OR REPLACE INTO contact (owner, jid, subscription, listed, name, groups, request) VALUES (?, ?, ?, ?, ?, ?, ?)");
        delete = written.Prepare("DELETE FROM contact WHERE owner = ? AND jid = ?");
        saveSeen = written.Prepare("UPDATE account SET seen_at = ?, seen_status = ? WHERE jid = ?");
    }

    public ValueTask<IReadOnlyList<Contact>> LoadAsync(Jid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var contacts = new List<Contact>();
        lock (reader.Gate)
        {
            load.BindText(1, owner.Utf8);
            while (load.Step())
                contacts.Add(Read(load));
        }

        return ValueTask.FromResult<IReadOnlyList<Contact>>(contacts);
    }

    public async ValueTask SaveAsync(Jid owner, Contact contact, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.RunAsync(() =>
        {
            save.BindText(1, owner.Utf8).BindText(2, contact.Jid.Utf8).Bind(3, (long)contact.Subscription)
                .Bind(4, contact.IsListed ? 1 : 0).Bind(5, contact.Name).Bind(6, Pack(contact.Groups));
            (contact.Request.IsEmpty ? save.BindNull(7) : save.BindBlob(7, contact.Request.Span)).Run();
            return true;
        });
    }

    public async ValueTask DeleteAsync(Jid owner, Jid contact, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await writer.RunAsync(() =>
        {
            delete.BindText(1, owner.Utf8).BindText(2, contact.Utf8).Run();
            return true;
        });
    }

    public ValueTask<LastSeen?> FindLastSeenAsync(Jid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (reader.Gate)
        {
            findSeen.BindText(1, owner.Utf8);
            if (!findSeen.Step())
                return ValueTask.FromResult<LastSeen?>(null);
            var seen = new LastSeen(DateTimeOffset.FromUnixTimeMilliseconds(findSeen.Number(0)), findSeen.Text(1));
            findSeen.Reset();
            return ValueTask.FromResult<LastSeen?>(seen);
        }
    }

    public void SaveLastSeen(Jid owner, LastSeen lastSeen) => writer.Post(() =>
        saveSeen.Bind(1, lastSeen.At.ToUnixTimeMilliseconds()).Bind(2, lastSeen.Status).BindText(3, owner.Utf8).Run());

    private static Contact Read(Statement row) => new(
        Jid.Parse(row.Text(0)!),
        (SubscriptionState)row.Number(1),
        row.Text(3),
        Unpack(row.Text(4)),
        row.Number(2) != 0,
        row.Blob(5).ToArray());

    private static string? Pack(IReadOnlyList<string> groups) =>
        groups.Count == 0 ? null : JsonSerializer.Serialize(groups, RowJson.Default.IReadOnlyListString);

    private static IReadOnlyList<string> Unpack(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, RowJson.Default.IReadOnlyListString) ?? [];
}
