using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;

namespace MucGen.Server.Streams;

/// <summary>What streams tell the operator. Addresses of peers appear here and nowhere else.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "A client stream failed")]
    public static partial void StreamFailed(this ILogger log, Exception error);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Debug, Message = "A client stream is encrypted with {Protocol}")]
    public static partial void Encrypted(this ILogger log, SslProtocols protocol);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Debug, Message = "A TLS handshake failed: {Reason}")]
    public static partial void HandshakeFailed(this ILogger log, string reason);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Information, Message = "A login from {Peer} failed: {Condition}")]
    public static partial void LoginFailed(this ILogger log, string peer, SaslCondition condition);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "A login could not be checked")]
    public static partial void LoginUnavailable(this ILogger log, Exception error);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Warning, Message = "A connection from {Peer} was refused: {Limit} is reached")]
    public static partial void ConnectionRefused(this ILogger log, string peer, string limit);
}
