using SQLitePCL;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>One connection to the database file, used by one thread at a time. A thin layer over the native API: a statement costs no allocation.</summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 handle;
    private readonly List<Statement> statements = [];

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle) => this.handle = handle;

    /// <summary>Rows changed by the statement that ran last.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>Opens, and creates when missing, a database file.</summary>
    /// <exception cref="SqliteFailure">The file cannot be opened or is no database.</exception>
    public static Database Open(string path, bool readOnly)
    {
        var flags = (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (result != raw.SQLITE_OK)
        {
            var reason = handle is null ? raw.sqlite3_errstr(result).utf8_to_string() : raw.sqlite3_errmsg(handle).utf8_to_string();
            handle?.Dispose();
            throw new SqliteFailure(result, $"cannot open {path}: {reason}");
        }

        return new Database(handle);
    }

    /// <summary>Runs statements that return no rows anybody reads.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var prepared = new Statement(this, statement);
        statements.Add(prepared);
        return prepared;
    }

    /// <summary>The number in the first column of the first row.</summary>
    public long QueryNumber(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var native));
        using var statement = new Statement(this, native);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>Throws what SQLite says when a call has not succeeded.</summary>
    public void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw Failure(result);
    }

    /// <summary>What SQLite says about the call that has just failed.</summary>
    public SqliteFailure Failure(int result) => new(result, raw.sqlite3_errmsg(handle).utf8_to_string());

    /// <summary>Finalizes the statements and closes the connection.</summary>
    public void Dispose()
    {
        foreach (var statement in statements)
            statement.Dispose();
        statements.Clear();
        handle.Dispose();
    }
}
