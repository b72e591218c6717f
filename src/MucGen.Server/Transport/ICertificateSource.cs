namespace MucGen.Server.Transport;

/// <summary>Knows the certificate in force.</summary>
internal interface ICertificateSource
{
    /// <summary>The certificate for the next handshake; null when the server has none and offers no TLS.</summary>
    ServerCertificate? Current { get; }
}
