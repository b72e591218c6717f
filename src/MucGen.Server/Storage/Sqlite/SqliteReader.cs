namespace MucGen.Server.Storage.Sqlite;

/// <summary>The reading connection, which sees every finished commit. Reads are short and take turns on <see cref="Gate"/>.</summary>
internal sealed class SqliteReader(Database database) : IDisposable
{
    /// <summary>Held from the first bind of a statement to its last step.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Prepares a statement that lives as long as the reader.</summary>
    public Statement Prepare(string sql) => database.Prepare(sql);

    /// <summary>Closes the connection.</summary>
    public void Dispose() => database.Dispose();
}
