namespace MucGen.Server.Storage.Sqlite;

/// <summary>A call to SQLite that did not succeed.</summary>
internal sealed class SqliteFailure : Exception
{
    /// <summary>Creates the error from SQLite's result code and message.</summary>
    public SqliteFailure(int code, string message) : base($"SQLite: {message} (code {code})") => Code = code;

    /// <summary>Creates the error with a message.</summary>
    public SqliteFailure(string message) : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public SqliteFailure(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public SqliteFailure()
    {
    }

    /// <summary>SQLite's (extended) result code.</summary>
    public int Code { get; }
}
