namespace MucGen.Server.Storage;

/// <summary>The store could not write and has stopped accepting changes: memory and disk must not drift apart. The daemon ends on it.</summary>
public sealed class StorageFailedException : Exception
{
    /// <summary>Creates the error with a message for the operator.</summary>
    public StorageFailedException(string message) : base(message)
    {
    }

    /// <summary>Creates the error with the failure that caused it.</summary>
    public StorageFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public StorageFailedException()
    {
    }
}
