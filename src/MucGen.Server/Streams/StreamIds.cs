using System.Buffers.Text;
using System.Security.Cryptography;

namespace MucGen.Server.Streams;

/// <summary>Identifiers that nobody can guess: of streams (RFC 6120 4.7.3) and of resources that the server chooses (7.6).</summary>
internal static class StreamIds
{
    /// <summary>A fresh identifier of 128 random bits.</summary>
    public static string Next() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
