using SQLitePCL;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>A prepared statement: bind by position from 1, step, read columns from 0, reset. Text is UTF-8 on both sides.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Binds a number.</summary>
    public Statement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    /// <summary>Binds text; null binds NULL.</summary>
    public Statement Bind(int index, string? value)
    {
        database.Check(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    /// <summary>Binds text that is UTF-8 already.</summary>
    public Statement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        database.Check(raw.sqlite3_bind_text(handle, index, utf8));
        return this;
    }

    /// <summary>Binds bytes; an empty span is an empty blob, not NULL.</summary>
    public Statement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        database.Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Binds NULL.</summary>
    public Statement BindNull(int index)
    {
        database.Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }

    /// <summary>Moves to the next row; false at the end, where the statement resets itself.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
        {
            var failure = database.Failure(result);
            Reset();
            throw failure;
        }

        Reset();
        return false;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        while (Step())
        {
            // A write with a RETURNING clause may give rows; they are skipped to let it finish.
        }
    }

    /// <summary>Ends reading before the last row.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
    }

    /// <summary>Whether a column is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>A column as a number; 0 for NULL.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A column as text; null for NULL.</summary>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>A column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Frees the native statement.</summary>
    public void Dispose() => handle.Dispose();
}
