using Microsoft.Extensions.Logging;
using MucGen.Server.Configuration;

namespace MucGen.Server.Transport;

/// <summary>What the transport tells the operator.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The certificate {File} has changed and is in force")]
    public static partial void CertificateReloaded(this ILogger log, string file);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "The certificate {File} has changed and cannot be used; the one before stays in force")]
    public static partial void CertificateNotReloaded(this ILogger log, Exception error, string file);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Made a self-signed certificate for {Domain}: {File}. Clients will ask whether to trust it; set MucGen:Tls:CertificateFile for a real one")]
    public static partial void SelfSignedMade(this ILogger log, string domain, string file);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Information, Message = "Clients connect at {Address}")]
    public static partial void ListeningAt(this ILogger log, ListenAddress address);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Information, Message = "Clients connect with direct TLS at {Address}")]
    public static partial void ListeningTlsAt(this ILogger log, ListenAddress address);
}
