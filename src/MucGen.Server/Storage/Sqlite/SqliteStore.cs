namespace MucGen.Server.Storage.Sqlite;

/// <summary>The embedded store: one file in the data folder, one connection that writes and one that reads.</summary>
public sealed class SqliteStore : IDisposable
{
    private readonly WriteQueue writer;
    private readonly SqliteReader reader;

    private SqliteStore(Database written, Database read, Configuration.StorageOptions options, TimeProvider time)
    {
        var archive = new RoomArchiveTable(written);
        writer = new WriteQueue(written, archive, options.GatherTime);
        reader = new SqliteReader(read);
        Credentials = new SqliteCredentialStore(reader, writer, written, time);
        Rosters = new SqliteRosterStore(reader, writer, written);
        VCards = new SqliteVCardStore(reader, writer, written);
        Blocked = new SqliteBlockStore(reader, writer, written);
        Offline = new SqliteOfflineStore(reader, writer, written);
        Rooms = new SqliteRoomJournal(reader, writer, written, archive);
        Archives = new SqliteRoomArchive(reader, writer, written);
        AccountArchives = new SqliteAccountArchive(reader, writer, written);
        Values = new SqliteValueStore(reader, writer, written);
        writer.Start();
    }

    /// <summary>The accounts.</summary>
    public ICredentialStore Credentials { get; }

    /// <summary>The contacts.</summary>
    public IRosterStore Rosters { get; }

    /// <summary>The vCards of the accounts.</summary>
    public IVCardStore VCards { get; }

    /// <summary>Whom accounts have blocked.</summary>
    public IBlockStore Blocked { get; }

    /// <summary>The messages that wait for accounts.</summary>
    public IOfflineStore Offline { get; }

    /// <summary>The rooms.</summary>
    public IRoomJournal Rooms { get; }

    /// <summary>What was said in the rooms.</summary>
    public IRoomArchive Archives { get; }

    /// <summary>What accounts have sent and got.</summary>
    public IAccountArchive AccountArchives { get; }

    /// <summary>Values of the server itself.</summary>
    public IValueStore Values { get; }

    /// <summary>Completes with the cause when a write has failed; the daemon then ends, for memory and disk would drift apart.</summary>
    public Task<Exception> Failed => writer.Failed;

    /// <summary>Opens the database of a data folder, creating or upgrading it.</summary>
    /// <exception cref="StorageFailedException">It cannot be opened, is damaged, or was written by a newer version.</exception>
    public static SqliteStore Open(DataFolder folder, Configuration.StorageOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        Database? written = null;
        try
        {
            written = OpenWriter(folder.DatabasePath, options);
            Schema.Upgrade(written, folder.DatabasePath);
            return new SqliteStore(written, Database.Open(folder.DatabasePath, readOnly: true), options, time);
        }
        catch (SqliteFailure e)
        {
            written?.Dispose();
            throw new StorageFailedException($"The database {folder.DatabasePath} cannot be used: {e.Message}", e);
        }
        catch (StorageFailedException)
        {
            written?.Dispose();
            throw;
        }
    }

    /// <summary>Writes what is queued and closes the file.</summary>
    public void Dispose()
    {
        reader.Dispose();
        writer.Dispose();
    }

    private static Database OpenWriter(string path, Configuration.StorageOptions options)
    {
        var database = Database.Open(path, readOnly: false);
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            database.Execute("PRAGMA busy_timeout = 5000");
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute(options.SyncEveryCommit ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            return database;
        }
        catch (SqliteFailure)
        {
            database.Dispose();
            throw;
        }
    }
}
