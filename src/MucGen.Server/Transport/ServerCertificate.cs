using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MucGen.Server.Transport;

/// <summary>A certificate with its chain and private key, ready for handshakes.</summary>
internal sealed class ServerCertificate
{
    /// <summary>Takes the leaf with its private key and the intermediates that are sent along.</summary>
    public ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection? intermediates)
    {
        Leaf = leaf;
        Context = SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
        EndPointBinding = BindingOf(leaf);
    }

    /// <summary>The server's own certificate.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>What a handshake uses.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Channel binding data tls-server-end-point: the hash of the certificate (RFC 5929 4.1); empty when its hash is not defined.</summary>
    public ReadOnlyMemory<byte> EndPointBinding { get; }

    /// <summary>MD5 and SHA-1 signatures count as SHA-256; a signature without one hash has no binding.</summary>
    private static byte[] BindingOf(X509Certificate2 leaf) => leaf.SignatureAlgorithm.Value switch
    {
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => leaf.GetCertHash(HashAlgorithmName.SHA384),
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => leaf.GetCertHash(HashAlgorithmName.SHA512),
        "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1"
            or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => leaf.GetCertHash(HashAlgorithmName.SHA256),
        _ => [],
    };
}
