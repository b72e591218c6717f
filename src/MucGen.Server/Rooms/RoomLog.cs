using Microsoft.Extensions.Logging;
using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>What rooms tell the operator.</summary>
internal static partial class RoomLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "A rule of room {Room} failed on an input of kind {Kind}")]
    public static partial void RuleFailed(this ILogger log, Exception error, Jid room, RoomInputKind kind);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "Room {Room} failed; it is loaded again when something comes for it")]
    public static partial void RoomFailed(this ILogger log, Exception error, Jid room);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Room {Room} withheld {Count} stanzas that would have shown an address to somebody who may not see it")]
    public static partial void Withheld(this ILogger log, Jid room, int count);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "A stanza of a room for {Account} could not be routed")]
    public static partial void DeliveryFailed(this ILogger log, Exception error, Jid account);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "Rooms that nobody came back to, or what is left of destroyed ones, could not be ended")]
    public static partial void ExpiryFailed(this ILogger log, Exception error);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Error, Message = "The archive of room {Room} could not be read; who asked was told so")]
    public static partial void ArchiveFailed(this ILogger log, Exception error, Jid room);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Error, Message = "Archives could not be rid of what they keep no longer")]
    public static partial void ArchiveExpiryFailed(this ILogger log, Exception error);

    [LoggerMessage(EventId = 2009, Level = LogLevel.Information, Message = "{Admin} acts in room {Room} with the rights of an admin of the service: {Changes}")]
    public static partial void AdminActed(this ILogger log, Jid admin, Jid room, string changes);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error, Message = "{Session} could not be told in which rooms something was said")]
    public static partial void ActivityFailed(this ILogger log, Exception error, Jid session);

    [LoggerMessage(EventId = 2010, Level = LogLevel.Error, Message = "A request to the MUC service failed")]
    public static partial void ServiceFailed(this ILogger log, Exception error);
}
