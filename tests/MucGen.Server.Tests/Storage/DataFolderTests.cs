using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;

namespace MucGen.Server.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public void One_process_owns_a_folder_and_gives_it_up()
    {
        var path = Path.Combine(temporary.Path, "data");
        using (DataFolder.Open(path))
        {
            var refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(path));
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
            Assert.Contains("in use by another mucgen", refused.Message, StringComparison.Ordinal);
            Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        }

        DataFolder.Open(path).Dispose();
    }

    [Fact]
    public void A_new_folder_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(temporary.Path, "data");
        using var folder = DataFolder.Open(path);
        using var store = SqliteStore.Open(folder, new(), TimeProvider.System);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.DatabasePath));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_its_name()
    {
        using var folder = DataFolder.Open(temporary.Path);
        File.WriteAllText(folder.DatabasePath, new string('x', 5000));
        var refused = Assert.Throws<StorageFailedException>(() => SqliteStore.Open(folder, new(), TimeProvider.System));
        Assert.Contains(folder.DatabasePath, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        using var folder = DataFolder.Open(temporary.Path);
        SqliteStore.Open(folder, new(), TimeProvider.System).Dispose();
        using (var database = Database.Open(folder.DatabasePath, readOnly: false))
            database.Execute("PRAGMA user_version = 99");
        var refused = Assert.Throws<StorageFailedException>(() => SqliteStore.Open(folder, new(), TimeProvider.System));
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        using var after = Database.Open(folder.DatabasePath, readOnly: false);
        Assert.Equal(99, after.QueryNumber("PRAGMA user_version"));
    }

    [Fact]
    public void The_database_writes_ahead_and_syncs_every_commit()
    {
        using var folder = DataFolder.Open(temporary.Path);
        using var store = SqliteStore.Open(folder, new(), TimeProvider.System);
        using var database = Database.Open(folder.DatabasePath, readOnly: true);
        Assert.Equal("wal", database.Prepare("PRAGMA journal_mode").ReadFirstText());
        Assert.Equal(Schema.Version, database.QueryNumber("PRAGMA user_version"));
    }

    public void Dispose() => temporary.Dispose();
}

/// <summary>Reading one value, for tests.</summary>
internal static class StatementReading
{
    public static string? ReadFirstText(this Statement statement)
    {
        var text = statement.Step() ? statement.Text(0) : null;
        statement.Reset();
        return text;
    }
}
