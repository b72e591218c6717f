using MucGen.Server.Configuration;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;

namespace MucGen.Server.Tests.Storage;

/// <summary>A data folder for one test; it goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private DataFolder? folder;

    /// <summary>The path, short enough for a socket in it.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("mg-").FullName;

    /// <summary>Opens a store in it; one at a time.</summary>
    public SqliteStore Open(StorageOptions? options = null)
    {
        folder ??= DataFolder.Open(Path);
        return SqliteStore.Open(folder, options ?? new StorageOptions(), TimeProvider.System);
    }

    public void Dispose()
    {
        folder?.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
