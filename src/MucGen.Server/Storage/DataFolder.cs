namespace MucGen.Server.Storage;

/// <summary>A data folder that this process alone owns until disposed; the kernel gives it up when the process dies, however it dies.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The file whose lock means ownership.</summary>
    public const string LockFileName = "mucgen.lock";

    /// <summary>The database.</summary>
    public const string DatabaseFileName = "mucgen.db";

    /// <summary>The socket of the running daemon, for the command line.</summary>
    public const string ControlSocketName = "control.sock";

    private readonly FileStream lockFile;

    private DataFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The database file in it.</summary>
    public string DatabasePath => System.IO.Path.Combine(Path, DatabaseFileName);

    /// <summary>The control socket in it.</summary>
    public string ControlSocketPath => System.IO.Path.Combine(Path, ControlSocketName);

    /// <summary>Creates the folder when missing, for its owner only, and takes it.</summary>
    /// <exception cref="DataFolderException">Another process owns it, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (!Directory.Exists(full))
                Create(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {full} cannot be created: {e.Message.TrimEnd('.')}. Give --data (MucGen:DataFolder) a folder that this user may write.", e);
        }

        var lockPath = System.IO.Path.Combine(full, LockFileName);
        try
        {
            // FileShare.None is an advisory lock (flock) on Unix and a share mode on Windows; both end with the process.
            return new DataFolder(full, new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderException($"The data folder {full} cannot be written: {e.Message.TrimEnd('.')}. Run as the user who owns it, or give --data (MucGen:DataFolder) another folder.", e);
        }
        catch (IOException e)
        {
            throw new DataFolderException(
                $"The data folder {full} is in use by another mucgen (it holds {LockFileName}). Stop that one, or give --data (MucGen:DataFolder) another folder.", e);
        }
    }

    /// <summary>Gives the folder up.</summary>
    public void Dispose() => lockFile.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataFolderException : Exception
{
    /// <summary>Creates the error with its cause.</summary>
    public DataFolderException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error with a message for the operator.</summary>
    public DataFolderException(string message) : base(message)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public DataFolderException()
    {
    }
}
