using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>Accounts in the table <c>account</c>.</summary>
internal sealed class SqliteCredentialStore : ICredentialStore
{
    private const string Keys =
        "sha1_salt, sha1_iterations, sha1_stored, sha1_server, sha256_salt, sha256_iterations, sha256_stored, sha256_server";

    // What goes with its owner.
    private static readonly string[] Belongings =
    [
        "contact WHERE owner = ?", "vcard WHERE owner = ?", "blocked WHERE owner = ?", "offline_message WHERE owner = ?",
        "account_message WHERE archive = (SELECT id FROM account_archive WHERE owner = ?)", "account_archive WHERE owner = ?",
    ];

    private readonly SqliteReader reader;
    private readonly WriteQueue writer;
    private readonly TimeProvider time;
    private readonly Database written;
    private readonly Statement find;
    private readonly Statement list;
    private readonly Statement listDisabled;
    private readonly Statement findLogin;
    private readonly Statement saveLogin;
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement disable;
    private readonly Statement delete;
    private readonly Statement[] deleteBelongings;

    public SqliteCredentialStore(SqliteReader reader, WriteQueue writer, Database written, TimeProvider time)
    {
        this.reader = reader;
        this.writer = writer;
        this.written = written;
        this.time = time;
        find = reader.Prepare($"SELECT {Keys}, disabled FROM account WHERE jid = ?");
        list = reader.Prepare("SELECT jid FROM account ORDER BY jid");
        listDisabled = reader.Prepare("SELECT jid FROM account WHERE disabled != 0 ORDER BY jid");
        findLogin = reader.Prepare("SELECT login_at FROM account WHERE jid = ? AND login_at IS NOT NULL");
        saveLogin = written.Prepare("UPDATE account SET login_at = ? WHERE jid = ?");
        disable = written.Prepare("UPDATE account SET disabled = ? WHERE jid = ?");
        insert = written.Prepare($"INSERT OR IGNORE INTO account ({Keys}, created, jid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        update = written.Prepare(
            """
            UPDATE account SET sha1_salt = ?, sha1_iterations = ?, sha1_stored = ?, sha1_server = ?,
                sha256_salt = ?, sha256_iterations = ?, sha256_stored = ?, sha256_server = ? WHERE jid = ?
            """);
        delete = written.Prepare("DELETE FROM account WHERE jid = ?");
        deleteBelongings = [.. Belongings.Select(rows => written.Prepare($"DELETE FROM {rows}"))];
    }

    public ValueTask<Credentials?> FindAsync(Jid bare, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (reader.Gate)
        {
            find.BindText(1, bare.Utf8);
            if (!find.Step())
                return ValueTask.FromResult<Credentials?>(null);
            var credentials = new Credentials(ReadKeys(find, 0), ReadKeys(find, 4)) { IsDisabled = find.Number(8) != 0 };
            find.Reset();
            return ValueTask.FromResult<Credentials?>(credentials);
        }
    }

    public ValueTask<bool> CreateAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var created = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.RunAsync(() =>
        {
            BindKeys(insert, credentials).Bind(9, created).BindText(10, bare.Utf8).Run();
            return written.Changes == 1;
        });
    }

    public ValueTask<bool> SetPasswordAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return writer.RunAsync(() =>
        {
            BindKeys(update, credentials).BindText(9, bare.Utf8).Run();
            return written.Changes == 1;
        });
    }

    public ValueTask<bool> SetDisabledAsync(Jid bare, bool isDisabled, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return writer.RunAsync(() =>
        {
            disable.Bind(1, isDisabled ? 1 : 0).BindText(2, bare.Utf8).Run();
            return written.Changes == 1;
        });
    }

    public ValueTask<DateTimeOffset?> FindLastLoginAsync(Jid bare, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (reader.Gate)
        {
            findLogin.BindText(1, bare.Utf8);
            if (!findLogin.Step())
                return ValueTask.FromResult<DateTimeOffset?>(null);
            var at = DateTimeOffset.FromUnixTimeMilliseconds(findLogin.Number(0));
            findLogin.Reset();
            return ValueTask.FromResult<DateTimeOffset?>(at);
        }
    }

    public void SaveLogin(Jid bare, DateTimeOffset at) =>
        writer.Post(() => saveLogin.Bind(1, at.ToUnixTimeMilliseconds()).BindText(2, bare.Utf8).Run());

    public ValueTask<bool> DeleteAsync(Jid bare, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return writer.RunAsync(() =>
        {
            foreach (var belongings in deleteBelongings)
                belongings.BindText(1, bare.Utf8).Run();
            delete.BindText(1, bare.Utf8).Run();
            return written.Changes == 1;
        });
    }

    public ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken cancellationToken) => ReadAddresses(list, cancellationToken);

    public ValueTask<IReadOnlyList<Jid>> ListDisabledAsync(CancellationToken cancellationToken) => ReadAddresses(listDisabled, cancellationToken);

    private ValueTask<IReadOnlyList<Jid>> ReadAddresses(Statement addresses, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var accounts = new List<Jid>();
        lock (reader.Gate)
        {
            while (addresses.Step())
                accounts.Add(Jid.Parse(addresses.Text(0)!));
        }

        return ValueTask.FromResult<IReadOnlyList<Jid>>(accounts);
    }

    private static ScramKeys ReadKeys(Statement row, int first) => new(
        row.Blob(first).ToArray(), (int)row.Number(first + 1), row.Blob(first + 2).ToArray(), row.Blob(first + 3).ToArray());

    private static Statement BindKeys(Statement statement, Credentials credentials)
    {
        var index = 1;
        foreach (var keys in (ReadOnlySpan<ScramKeys>)[credentials.Sha1, credentials.Sha256])
        {
            statement.BindBlob(index++, keys.Salt).Bind(index++, keys.Iterations)
                .BindBlob(index++, keys.StoredKey).BindBlob(index++, keys.ServerKey);
        }

        return statement;
    }
}
