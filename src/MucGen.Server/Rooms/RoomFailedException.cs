using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>A room failed on what it was told, or cannot be loaded: nothing came of it.</summary>
public sealed class RoomFailedException : Exception
{
    /// <summary>Creates the error for a room, with the failure that caused it.</summary>
    public RoomFailedException(Jid room, Exception innerException) : base($"The room {room} has failed.", innerException)
    {
    }

    /// <summary>Creates the error with a message.</summary>
    public RoomFailedException(string message) : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public RoomFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public RoomFailedException()
    {
    }
}
